"""The form of a document's options. Each kind of document heeds some of them, and only those are asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, Form, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from a2p.definition.model import LANGUAGE_NAMES, Questionnaire
from a2p.definition.numbering import question_numbers
from a2p.documents.order import FORMATS, PDF, Order, kind_of
from a2p.documents.pack.options import LENGTH_NAMES, PART_NAMES, PARTS
from a2p.documents.words import shorten
from a2p.ordering.languages import Languages
from a2p.scoring.releases import LEVELS, Figures, To, figures_at
from a2p.web.clock_field import ClockField
from a2p.web.partner_forms import choices
from a2p.web.release_forms import AUDIENCES, LEVEL_WORDS

SIZES = {"a5": "A5, two to a page with a line to cut along", "a4": "A4, one to a page"}
PER = {"question": "A question to a poster", "section": "A section to a poster"}


ENGLISH = Languages("en")
READERS = {"": "Ourselves: all that you may see"} | {
    f"{to}:{level}": f"{AUDIENCES[to][0].upper()}{AUDIENCES[to][1:]}: {LEVEL_WORDS[to, level].short.lower()}"
    for to in To
    for level in LEVELS[to]
    if figures_at(to, level) is not Figures.NONE
}
"""Whom a report can be for: the audience and level of a release."""
_WHOLE = "A single section is printed for yourselves alone, and of one questionnaire: choose all sections"


class DocumentForm(Form):
    """What may be chosen of a document. Fields of options that the kind does not heed are taken off."""

    several = BooleanField(default=False)
    readers = SelectField(choices=choices(READERS), default="")
    section = SelectField(default="")
    language = SelectField(default="")
    length = RadioField(choices=choices({str(each): name for each, name in LENGTH_NAMES.items()}), default="ninety")
    start = ClockField("The start")
    parts = SelectMultipleField(
        choices=choices({str(part): PART_NAMES[part] for part in PARTS}),
        default=PARTS,
        validators=[DataRequired("Choose at least one part")],
    )
    per = RadioField(choices=choices(PER), default="question")
    size = RadioField(choices=choices(SIZES), default="a5")
    backs = BooleanField(default=False)
    topics = SelectMultipleField()
    comments = BooleanField(default=True)
    names = BooleanField(default=False)
    large_print = BooleanField(default=False)
    draft = BooleanField(default=False)
    format = RadioField(default=PDF)

    _languages = ENGLISH

    def of(
        self,
        kind: str,
        definition: Questionnaire | None,
        *,
        may_name: bool = False,
        several: bool = False,
        previews: bool = False,
        languages: Languages = ENGLISH,
    ) -> DocumentForm:
        """The form, asking what this kind of document heeds; `may_name`: where each organisation stands is known;
        `several`: the round has other questionnaires; `previews`: it may be had as others would see it; `languages`:
        in which ones. Of a snapshot there is no definition."""
        options = kind_of(kind).options
        self._languages = languages
        offers = {"names": may_name, "readers": previews, "language": languages.offered}
        closed = {name for name, offered in offers.items() if not offered}
        heeded = (options | ({"several"} if several and "also" in options else set())) - closed
        for name in [field.name for field in self if field.name not in heeded | {"format"}]:
            del self[name]
        self.format.choices = choices({each: FORMATS[each] for each in kind_of(kind).formats})
        if definition is None:
            return self
        if "section" in self:
            self.section.choices = choices({"": "All sections"} | {each.id: each.title for each in definition.sections})
        if "language" in self:
            self.language.choices = language_choices(languages.offered, languages.asked)
        if "topics" in self:
            self.topics.choices = choices(_questions(definition))
        return self

    def order(self, kind: str, others: tuple[int, ...] = ()) -> Order:
        """The order, once the form is valid; `others` are the results of the round's other questionnaires."""
        given: dict[str, Any] = dict(self.data)
        lists = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
        if "start" in self:
            given["start"] = self.start.clock
        several, (to, _, level) = given.pop("several", False), given.pop("readers", "").partition(":")
        if several or to == To.PUBLIC:  # what is public of a round is one paper
            lists["also"] = others
        return Order(kind, **given | lists, readers=to, level=level)

    def validate_section(self, field: SelectField) -> None:
        """A section is of the whole report of one questionnaire."""
        if field.data and not field.errors and (self._says("several") or self._says("readers")):
            raise ValidationError(_WHOLE)

    def validate_language(self, field: SelectField) -> None:
        """Every questionnaire that stands in a document is there in its language."""
        readers = self.readers.data if "readers" in self else ""
        several = self._says("several") or str(readers).startswith(To.PUBLIC)
        if field.data and not field.errors and field.data not in self._languages.of(several=several):
            name = LANGUAGE_NAMES[field.data]
            raise ValidationError(f"Not every questionnaire of the round is there in {name}: choose another language")

    def validate_names(self, field: BooleanField) -> None:
        """Organisations are named to nobody else."""
        if field.data and self._says("readers"):
            raise ValidationError("Organisations are never named to others")

    def _says(self, name: str) -> bool:
        return name in self and bool(self[name].data)


def language_choices(offered: Iterable[str], asked: str = "") -> list[SelectChoice]:
    """The languages to choose from, the first being that in which partners were asked, whichever it was."""
    own = f"{LANGUAGE_NAMES[asked]}, as partners were asked" if asked else "As partners were asked"
    return choices({"": own} | {each: LANGUAGE_NAMES[each] for each in offered})


def _questions(definition: Questionnaire) -> dict[str, str]:
    """The scale questions by id, each with its number."""
    numbers = question_numbers(definition)
    return {
        asked.id: f"{numbers[asked.id]} {shorten(asked.ask, 110)}"
        for section in definition.sections
        if not section.is_facts
        for asked in section.scale_questions
    }

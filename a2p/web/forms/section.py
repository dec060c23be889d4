"""The form of one section: made once for each definition, in its language, and section, then kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from jinja2.utils import LRUCache
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form

from a2p.definition.model import Question, Questionnaire, ScaleQuestion, Section
from a2p.scoring.answers import Answer, EvidenceNote, State
from a2p.scoring.shown import shown_facts, shown_questions
from a2p.web.forms.kept import BLANK, Kept, Seen
from a2p.web.forms.parts import ALWAYS, Asked, FieldError, Values
from a2p.web.forms.registry import kind_of
from a2p.web.forms.render import question_html
from a2p.web.tongue import told


@dataclass(frozen=True, slots=True)
class Reading:
    """What a posted form says: the answers in order, what its page had shown, and what is wrong with the others."""

    answers: Mapping[str, Answer]
    seen: Mapping[str, Seen]
    errors: Mapping[str, tuple[FieldError, ...]]
    values: Values

    @property
    def changed(self) -> dict[str, Answer]:
        """The answers that are not as the page showed them. Only they are saved: who left a question alone, whatever
        others did to it meanwhile, changes nothing and clashes with nobody."""
        return {question: answer for question, answer in self.answers.items() if not self.seen[question].was(answer)}

    @property
    def editions(self) -> dict[str, int]:
        """The editions that the page showed."""
        return {question: seen.edition for question, seen in self.seen.items()}


class SectionForm:
    """The questions of one section as fields, and back: `asked` in the definition's order."""

    def __init__(self, sha256: str, section: Section, asked: tuple[Asked, ...]) -> None:
        self.sha256 = sha256
        self.section = section
        self.asked = asked
        self._named = {field: question.id for question in asked for field in kind_of(question).fields(question)}
        fields = {name: field for question in asked for name, field in kind_of(question).fields(question).items()}
        self._form = type("AnswersForm", (Form,), fields)

    def values(self, kept: Mapping[str, Kept]) -> Values:
        """What the fields hold for stored answers, by question id."""
        values: dict[str, tuple[str, ...]] = {}
        for question in self.asked:
            values.update(kind_of(question).values(question, kept.get(question.id, Kept())))
        return values

    def read(self, posted: Mapping[str, Sequence[str]], on_page: Iterable[str]) -> Reading:
        """Read what a browser posted for the questions that its page showed; fields of other questions change nothing.

        An answer that its own page hides (its condition isn't met) is kept if it is in order and left alone if not.
        """
        values = {name: tuple(posted[name]) for name in self._named if name in posted}
        form = self._form(MultiDict([(name, text) for name, texts in values.items() for text in texts]))
        form.validate()
        shown = [q for q in self.asked if q.id in set(on_page) and q.field("v") in values]
        read = {question.id: kind_of(question).read(question, form) for question in shown}
        answers = {question: found for question, found in read.items() if isinstance(found, Answer)}
        hidden = {q.id for q in shown if not _followed(q, answers)}
        errors = {q: found for q, found in read.items() if isinstance(found, tuple) and q not in hidden}
        seen = {question.id: Seen.read("".join(values[question.field("v")])) for question in shown}
        return Reading(answers, seen, errors, values)

    def html(
        self, on_page: Iterable[str], values: Values, errors: Mapping[str, tuple[FieldError, ...]] | None = None
    ) -> list[Markup]:
        """The questions of the page, one fragment each, in order."""
        wanted = set(on_page)
        wrong = errors or {}
        return [question_html(self.sha256, q, values, wrong.get(q.id, ())) for q in self.asked if q.id in wanted]


def section_form(definition: Questionnaire, sha256: str, section: Section, *, evidence: bool = False) -> SectionForm:
    """The kept form of a section; `evidence` asks for the coordinator's evidence on its scale questions instead."""
    key = (sha256, section.id, evidence)
    form: SectionForm | None = _forms.get(key)
    if form is None:
        form = _forms[key] = SectionForm(
            ":".join(map(str, key)), section, _asked(definition, section, evidence=evidence)
        )
    return form


_forms: LRUCache = LRUCache(256)


def questions_on_page(
    definition: Questionnaire, section: Section, answers: Mapping[str, Answer], *, councillor: bool = False
) -> list[str]:
    """The questions that a section's page shows: those asked, and those that an answer on this page would open."""
    own = {question.id for question in section.questions}
    # Where every answer of the page is given, only conditions on other pages can hide a question.
    elsewhere = {question: answer for question, answer in answers.items() if question not in own}
    opened = {
        **elsewhere,
        **{source: _all_of(ids) for source, ids in _wanted(section.questions).items() if source in own},
    }
    shown = _shown(definition, section, councillor=councillor)(opened)
    return [question.id for question in shown if question.id in own]


def asked_questions(
    definition: Questionnaire, section: Section, answers: Mapping[str, Answer], *, councillor: bool = False
) -> list[Asked]:
    """The questions of a section that count with these answers, as its form puts them."""
    shown = {question.id for question in _shown(definition, section, councillor=councillor)(answers)}
    return [asked for asked in _asked(definition, section, evidence=False) if asked.id in shown]


def evidence_kept(evidence: EvidenceNote, edition: int) -> Kept:
    """Stored evidence as its form shows it: the level and below it the links as the answer, the note as its comment."""
    given = evidence.level is not None or evidence.links
    value = "\n".join([evidence.level or "", *evidence.links]) if given else ""
    return Kept(Answer(State.GIVEN if given else State.BLANK, value, evidence.note), edition)


def evidence_of(answer: Answer) -> EvidenceNote:
    """The other way: evidence as it is stored."""
    level, *links = answer.value.split("\n")
    return EvidenceNote(level or None, answer.comment, tuple(links))


def _shown(
    definition: Questionnaire, section: Section, *, councillor: bool
) -> Callable[[Mapping[str, Answer]], tuple[Question, ...]]:
    if section.is_facts:
        return lambda answers: shown_facts(definition, answers)
    return lambda answers: shown_questions(definition, councillor=councillor, answers=answers)


def _wanted(questions: Iterable[Question]) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for question in questions:
        for source, ids in question.show_if.items():
            wanted.setdefault(source, set()).update(ids)
    return wanted


def _all_of(ids: Iterable[str]) -> Answer:
    return Answer(State.GIVEN, " ".join(sorted(ids)))


def _asked(definition: Questionnaire, section: Section, *, evidence: bool) -> tuple[Asked, ...]:
    if evidence:
        plain = {"dont_know": False, "not_applicable": False}
        scored = [question.model_copy(update=plain) for question in section.scale_questions]
        language = definition.language
        return tuple(
            Asked(question, definition.scale_of(question), evidence=True, language=language) for question in scored
        )
    return tuple(_ask(definition, section, question) for question in section.questions)


def _ask(definition: Questionnaire, section: Section, question: Question) -> Asked:
    own = {each.id for each in section.questions}
    follows = tuple((source, ids) for source, ids in question.show_if.items() if source in own)
    words = [_in_words(definition, definition.question(source), ids) for source, ids in follows]
    condition = Markup("Answer this if you chose {}.").format(Markup(", and ").join(words)) if words else ALWAYS
    levels = definition.scale_of(question) if isinstance(question, ScaleQuestion) else ()
    return Asked(question, levels, condition, follows, language=definition.language)


def _in_words(definition: Questionnaire, source: Question, ids: tuple[str, ...]) -> Markup:
    """ "Working" or "Embedded" for "Is it clear ...?", by the labels that the page shows."""
    parts = definition.scale_of(source) if isinstance(source, ScaleQuestion) else getattr(source, "options", ())
    said = [told(part.label, definition.language) for part in parts if part.id in ids]
    labels = Markup(" or ").join(Markup("“{}”").format(each) for each in said)
    return Markup("{} for “{}”").format(labels, told(source.ask, definition.language))


def _followed(asked: Asked, answers: Mapping[str, Answer]) -> bool:
    """Whether the conditions on the same page are met by what was posted with it."""
    return all(set(answers.get(source, BLANK).value.split()) & set(ids) for source, ids in asked.follows)

"""A filled form against its questionnaire: what stands in its fields, in the shape in which the site's form posts it.

Nothing is guessed. What can't be put into that shape (two levels ticked, a tick that the form doesn't offer) is left
out and said in `unclear`; a number or date that makes no sense stays as it was written, and whoever reads the values
says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from a2p.definition.form_fields import (
    COUNCILLOR,
    DATE_BOXES,
    LONGEST_LINE,
    NOT_APPLICABLE,
    ORGANISATION,
    SECTOR,
    FormField,
    FormMark,
    fields_of,
    part_of,
    partners_questions,
)
from a2p.definition.model import ChoiceQuestion, ChoicesQuestion, DateQuestion, Question, Questionnaire, ScaleQuestion
from a2p.definition.numbering import question_numbers
from a2p.exchange.pdf_form import FormError, RawForm
from a2p.exchange.table import quoted
from a2p.scoring.answers import Councillor, Sector

_SECTORS: tuple[Sector, ...] = get_args(Sector)
_COUNCILLORS: tuple[Councillor, ...] = get_args(Councillor)
_UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_STATES = {"dont-know": "Don’t know", "not-applicable": "Not applicable"}


@dataclass(frozen=True, slots=True)
class About:
    """What somebody says of themselves; `unclear` what can't be told. `councillor_said`: whether they said at all."""

    organisation: str = ""
    sector: Sector | None = None
    councillor: Councillor | None = None
    councillor_said: bool = False
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form. `values`: what stands in the fields, by the name under which the site's form posts it; `unclear`:
    by question id, why what is ticked there can't be taken."""

    values: Mapping[str, tuple[str, ...]]
    unclear: Mapping[str, str]
    about: About = field(default_factory=About)


def filled_form(raw: RawForm, definition: Questionnaire) -> Filled:
    """What a form of this very questionnaire says. FormError if fields are missing: pages of it are lost."""
    _refuse_incomplete(raw, definition)
    values: dict[str, tuple[str, ...]] = {}
    unclear: dict[str, str] = {}
    for asked in partners_questions(definition):
        found, wrong = _question(raw, definition, asked)
        values |= found
        if wrong:
            unclear[asked.id] = wrong
    return Filled(values, unclear, _about(raw))


def refuse_other(
    mark: FormMark, definition: Questionnaire, known: Collection[str], round_id: int = 0, site: str = ""
) -> None:
    """FormError if a form is not of this questionnaire and version in words whose hash is among `known`, or was made
    for another round than this one, or for a round of another installation than that with the mark `site`."""
    if mark.questionnaire != definition.questionnaire:
        raise FormError(f"it is a form of another questionnaire, {mark.questionnaire}, and not of {definition.title}")
    if mark.version != definition.version:
        older = "an older" if mark.version < definition.version else "a newer"
        raise FormError(
            f"it is a form of {older} version of {definition.title}: version {mark.version}, and version "
            f"{definition.version} is asked. Send the form of that version, or key in by hand what still fits"
        )
    if mark.sha256 not in known:
        raise FormError(
            f"it calls itself version {mark.version} of {definition.title}, but its questions are not those of that "
            "version here: key it in by hand, comparing them"
        )
    if round_id and mark.round_id and site and mark.site and mark.site != site:
        raise FormError(
            "it was made on another site, for a round of its own: ask for a form of this round, or key it in"
        )
    if round_id and mark.round_id and mark.round_id != round_id:
        raise FormError("it was made for another round: ask for a form of this one, or key it in by hand")


def _refuse_incomplete(raw: RawForm, definition: Questionnaire) -> None:
    numbers = question_numbers(definition)
    there = raw.texts.keys() | raw.ticked.keys()
    gone = [
        numbers[asked.id]
        for asked in partners_questions(definition)
        if not {each.name for each in fields_of(definition, asked)} <= there
    ]
    if gone:
        raise FormError(f"pages of it are missing: there are no fields for {', '.join(gone)}. Ask for the whole file")


def _question(raw: RawForm, definition: Questionnaire, asked: Question) -> tuple[dict[str, tuple[str, ...]], str]:
    """A question's values, and what is wrong with what is ticked there."""
    values: dict[str, tuple[str, ...]] = {}
    wrong = ""
    for each in fields_of(definition, asked):
        if each.kind == "text":
            values[each.posted] = (tidy(raw.texts.get(each.name, "")),)
            continue
        ticked = _ticked(raw, each)
        if ticked is None:
            wrong = f"a tick that this form doesn’t offer: {quoted(' '.join(raw.ticked.get(each.name, ())))}"
        elif len(ticked) > 1:
            together = [value for value in each.values if value in ticked]
            wrong = f"more than one answer is ticked: {', '.join(_labels(definition, asked, together))}"
        else:
            values[each.posted] = (*values.get(each.posted, ()), *ticked)
    return values, wrong or _contradiction(asked, values)


def _ticked(raw: RawForm, each: FormField) -> tuple[str, ...] | None:
    """What is ticked of a field; None if it is nothing that the field offers."""
    found = raw.ticked.get(each.name, ())
    return found if set(found) <= set(each.values) else None


def _contradiction(asked: Question, values: Mapping[str, tuple[str, ...]]) -> str:
    """What is said in two ways at once, "" if nothing is."""
    said = said_of(asked, values)
    states = [_STATES[each] for each in said.states]
    if states and (said.given or len(states) > 1):
        return f"an answer is given, and {' and '.join(states)} is ticked" if said.given else "both boxes are ticked"
    if said.reason and NOT_APPLICABLE not in said.states:
        return f"a reason why it is not applicable is given, {quoted(said.reason)}, but that box is not ticked"
    return ""


@dataclass(frozen=True, slots=True)
class Said:
    """A question's values by what they mean: `given` is what was chosen or typed, in a list (a date's three boxes are
    three, and empty ones are left in where another is not)."""

    given: tuple[str, ...]
    states: tuple[str, ...]
    reason: str
    comment: str


def said_of(asked: Question, values: Mapping[str, tuple[str, ...]]) -> Said:
    """What the values of a form say on one question."""
    picked = values.get(part_of(asked, "a"), ())
    if isinstance(asked, ScaleQuestion | ChoiceQuestion | ChoicesQuestion):
        given = tuple(each for each in picked if each not in _STATES)
        states = tuple(each for each in picked if each in _STATES)
    else:
        boxes = DATE_BOXES if isinstance(asked, DateQuestion) else ("a",)
        typed = tuple("".join(values.get(part_of(asked, box), ())) for box in boxes)
        given, states = typed if any(typed) else (), values.get(part_of(asked, "s"), ())
    reason, comment = ("".join(values.get(part_of(asked, part), ())) for part in ("r", "c"))
    return Said(given, states, reason, comment)


def _labels(definition: Questionnaire, asked: Question, values: Iterable[str]) -> list[str]:
    labels = dict(_STATES)
    if isinstance(asked, ScaleQuestion):
        labels |= {level.id: level.label for level in definition.scale_of(asked)}
    elif isinstance(asked, ChoiceQuestion | ChoicesQuestion):
        labels |= {option.id: option.label for option in asked.options}
    return [labels.get(value, value) for value in values]


def tidy(text: str) -> str:
    """What was written, with line ends as everywhere, without those at its ends and without controls."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNKEPT.sub("", lines).strip()


def _about(raw: RawForm) -> About:
    organisation = " ".join(tidy(raw.texts.get(ORGANISATION, "")).split())
    unclear = []
    if len(organisation) > LONGEST_LINE:
        unclear.append(f"the organisation’s name has {len(organisation):,} characters; the most is {LONGEST_LINE}")
    sector, councillor = raw.ticked.get(SECTOR, ()), raw.ticked.get(COUNCILLOR, ())
    if len(sector) > 1 or not set(sector) <= set(_SECTORS):
        unclear.append(f"more than one sector is ticked: {', '.join(sector)}"[:LONGEST_LINE])
    if len(councillor) > 1 or not set(councillor) <= {*_COUNCILLORS, "no"}:
        unclear.append("whether this is a councillor is answered in more than one way")
    return About(
        organisation=organisation[:LONGEST_LINE],
        sector=next((each for each in _SECTORS if sector == (each,)), None),
        councillor=next((each for each in _COUNCILLORS if councillor == (each,)), None),
        councillor_said=len(councillor) == 1,
        unclear=tuple(unclear),
    )

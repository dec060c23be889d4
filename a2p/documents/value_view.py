"""Unscored questions as documents show them: choices counted, numbers and dates listed, facts in a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from a2p.definition.model import ChoiceQuestion, ChoicesQuestion, NumberQuestion, Question
from a2p.documents.language import gettext
from a2p.documents.question_view import not_shown
from a2p.documents.words import day, people
from a2p.scoring.frozen import ValueResult
from a2p.scoring.remarks import Remark


@dataclass(frozen=True, slots=True)
class ValueView:
    """An unscored question: `rows` of (option, people), or `values` in words; `said` counts who gave one."""

    id: str
    number: str
    ask: str
    help: str
    said: str
    rows: tuple[tuple[str, int], ...] = ()
    values: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class FactView:
    """One of the coordinator's facts. `given`: it says something, be it that nobody knows."""

    number: str
    ask: str
    answer: str
    given: bool = True


def value_view(
    asked: Question, result: ValueResult, number: str, remarks: tuple[Remark, ...] = (), *, respondents: int
) -> ValueView:
    """The view of one unscored question put to partners or councillors, of whom `respondents` answered anything."""
    if result.withheld:
        return ValueView(asked.id, number, asked.ask, asked.help or "", not_shown(result.answered))
    said = _said(result, has_texts=bool(remarks)) if respondents else gettext("No answers.")
    rows: tuple[tuple[str, int], ...] = ()
    if isinstance(asked, ChoiceQuestion | ChoicesQuestion) and result.given:
        rows = tuple((option.label, result.options.get(option.id, 0)) for option in asked.options)
    return ValueView(asked.id, number, asked.ask, asked.help or "", said, rows, _values(asked, result), remarks)


def fact_view(asked: Question, result: ValueResult, number: str) -> FactView:
    """The coordinator's answer to a fact, in words; also when it was not given or not known."""
    answer: str | None = None
    if result.dont_know:
        answer = gettext("Not known")
    elif result.not_applicable:
        answer = gettext("Does not apply")
    elif isinstance(asked, ChoiceQuestion | ChoicesQuestion) and result.given:
        answer = "; ".join(option.label for option in asked.options if result.options.get(option.id))
    elif result.values:
        answer = _values(asked, result)
    if answer is None:
        return FactView(number, asked.ask, gettext("Not given"), given=False)
    return FactView(number, asked.ask, answer)


def _said(result: ValueResult, *, has_texts: bool) -> str:
    if not result.shown:
        return gettext("Nobody who answered was asked this.")
    if not result.given and result.dont_know:
        return gettext("No answer given: %(people)s did not know.", people=people(result.dont_know))
    if not result.given:
        return gettext("Nobody answered this.")
    given, unknown = people(result.given), result.dont_know
    said = (
        gettext("%(people)s answered, %(number)s did not know.", people=given, number=unknown)
        if unknown
        else gettext("%(people)s answered.", people=given)
    )
    if result.type == "text" and not has_texts:
        unsaid = gettext("What they wrote is not part of this report.")
        return f"{said} {unsaid}"
    return said


def _values(asked: Question, result: ValueResult) -> str:
    values = result.values
    if result.type == "date":
        return ", ".join(day(date.fromisoformat(value)) for value in values)
    unit = f" {asked.unit}" if isinstance(asked, NumberQuestion) and asked.unit and values else ""
    return ("\n\n" if result.type == "text" else ", ").join(values) + unit

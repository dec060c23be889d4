"""An answer in words, the same on pages, on paper and in exports."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from a2p.definition.model import (
    ChoiceQuestion,
    ChoicesQuestion,
    DateQuestion,
    Level,
    NumberQuestion,
    Question,
    Questionnaire,
    ScaleQuestion,
)
from a2p.scoring.answers import Answer, State

_STATES = {State.DONT_KNOW: "Don’t know", State.NOT_APPLICABLE: "Does not apply", State.BLANK: "Not answered"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer in words: the answer itself, and the comment or reason below it. `labels`: it is in the questionnaire's
    own words, and so in its language."""

    text: str
    note: str = ""
    labels: bool = field(default=False, compare=False)


def in_words(question: Question, levels: Sequence[Level], answer: Answer) -> Shown:
    """A stored answer in words; `levels` are those of a scale question's scale."""
    text = _STATES[answer.state] if answer.state in _STATES else _given(question, levels, answer.value)
    labels = answer.state is State.GIVEN and isinstance(question, ScaleQuestion | ChoiceQuestion | ChoicesQuestion)
    return Shown(text, answer.comment, labels)


def levels_of(definition: Questionnaire, question: Question) -> tuple[Level, ...]:
    """The levels of a question's scale, lowest first; none for a question of another type."""
    return definition.scale_of(question) if isinstance(question, ScaleQuestion) else ()


def _given(question: Question, levels: Sequence[Level], value: str) -> str:
    """Labels of what was chosen, a number with its unit ("1,200 people"), a date ("1 March 2026"), or the text."""
    if isinstance(question, ScaleQuestion):
        return ", ".join(level.label for level in levels if level.id == value)
    if isinstance(question, ChoiceQuestion | ChoicesQuestion):
        labels = {option.id: option.label for option in question.options}
        return ", ".join(labels[chosen] for chosen in value.split())
    if isinstance(question, NumberQuestion):
        number = f"{Decimal(value):,f}"
        return f"{number} {question.unit}" if question.unit else number
    if isinstance(question, DateQuestion):
        stored = date.fromisoformat(value)
        return f"{stored.day} {calendar.month_name[stored.month]} {stored.year}"
    return value

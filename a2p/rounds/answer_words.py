"""An answer as a person reads it: labels for ids, units behind numbers, states in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from a2p.definition.model import (
    ChoiceQuestion,
    ChoicesQuestion,
    DateQuestion,
    NumberQuestion,
    Question,
    Questionnaire,
    ScaleQuestion,
)
from a2p.scoring.answers import Answer, State

STATES = {State.DONT_KNOW: "Don’t know", State.NOT_APPLICABLE: "Doesn’t apply", State.BLANK: ""}


def in_words(definition: Questionnaire, question: Question, answer: Answer) -> str:
    """What was answered, in the questionnaire's words."""
    if answer.state is not State.GIVEN:
        return STATES[answer.state]
    match question:
        case ScaleQuestion():
            labels = {level.id: level.label for level in definition.scale_of(question)}
            return f"{labels[answer.value]}: {question.levels[answer.value]}"
        case ChoiceQuestion() | ChoicesQuestion():
            chosen = answer.value.split()
            return ", ".join(option.label for option in question.options if option.id in chosen)
        case NumberQuestion():
            return f"{Decimal(answer.value):,f} {question.unit or ''}".strip()
        case DateQuestion():
            day = date.fromisoformat(answer.value)
            return f"{day.day} {day:%B %Y}"
        case _:
            return answer.value

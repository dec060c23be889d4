"""One answer as a file writes it, checked against its question: the same for answers and for facts."""

from __future__ import annotations

import re
from collections.abc import Collection
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
from a2p.exchange.table import quoted, suggestion
from a2p.scoring.answers import Answer, State

LONGEST_TEXT = 20_000
LONGEST_NUMBER = 30
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class CellError(ValueError):
    """A cell that can't be used; the text says why."""


def parse_answer(definition: Questionnaire, question: Question, text: str, comment: str) -> Answer:
    """The answer that a cell holds. CellError if the question offers no such answer or the text is too long."""
    if len(comment) > LONGEST_TEXT:
        raise CellError(f"a comment of {len(comment):,} characters; the most is {LONGEST_TEXT:,}")
    if text == "":
        return Answer(State.BLANK, comment=comment)
    if text == State.DONT_KNOW:
        return _state(question, State.DONT_KNOW, comment, offered=question.dont_know)
    if text == State.NOT_APPLICABLE:
        return _state(question, State.NOT_APPLICABLE, comment, offered=question.not_applicable)
    return Answer(State.GIVEN, _value(definition, question, text), comment)


def _state(question: Question, state: State, comment: str, *, offered: bool) -> Answer:
    if not offered:
        raise CellError(f"question {quoted(question.id)} does not offer {quoted(state)}")
    return Answer(state, comment=comment)


def _value(definition: Questionnaire, question: Question, text: str) -> str:
    match question:
        case ScaleQuestion():
            return _one_of(text, [level.id for level in definition.scale_of(question)], "level", question)
        case ChoiceQuestion():
            return _one_of(text, [option.id for option in question.options], "option", question)
        case ChoicesQuestion():
            return _several(text, question)
        case NumberQuestion():
            return _number(text, question)
        case DateQuestion():
            return _date(text)
        case _:
            return _text(text)


def _one_of(text: str, known: Collection[str], what: str, question: Question) -> str:
    if text not in known:
        raise CellError(f"question {quoted(question.id)} has no {what} {quoted(text)}{suggestion(text, known)}")
    return text


def _several(text: str, question: ChoicesQuestion) -> str:
    known = [option.id for option in question.options]
    chosen = [_one_of(part, known, "option", question) for part in text.split()]
    if len(set(chosen)) < len(chosen):
        raise CellError(f"question {quoted(question.id)} has an option chosen twice: {quoted(text)}")
    return " ".join(chosen)


def _number(text: str, question: NumberQuestion) -> str:
    if not _NUMBER.fullmatch(text) or len(text) > LONGEST_NUMBER:
        raise CellError(f"{quoted(text)} is not a number (write it like 1250 or 12.5)")
    value = Decimal(text)
    if question.min is not None and value < question.min:
        raise CellError(f"{text} is below the least, {question.min}, of question {quoted(question.id)}")
    if question.max is not None and value > question.max:
        raise CellError(f"{text} is above the most, {question.max}, of question {quoted(question.id)}")
    return text


def _date(text: str) -> str:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise CellError(f"{quoted(text)} is not a date: {error}") from None
    raise CellError(f"{quoted(text)} is not a date (write it like 2026-03-01)")


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise CellError(f"a text of {len(text):,} characters; the most is {LONGEST_TEXT:,}")
    return text

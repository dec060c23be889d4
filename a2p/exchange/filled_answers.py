"""The answers that a filled form gives, checked against its questionnaire, and what of it can't be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from a2p.definition.form_fields import LONGEST_TEXT, partners_questions
from a2p.definition.model import (
    ChoicesQuestion,
    DateQuestion,
    NumberQuestion,
    Question,
    Questionnaire,
    TextQuestion,
)
from a2p.exchange.filled_form import Filled, Said, said_of
from a2p.exchange.table import quoted
from a2p.exchange.typed import date_of, number_of
from a2p.scoring.answers import Answer, State
from a2p.scoring.shown import shown_questions


class _Wrong(ValueError):
    """An answer that can't be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class FilledAnswers:
    """What a form says, by question id: `answers` that aren't blank, `wrong` in words what can't be taken, `blank` what
    was put to this person and left empty, and `not_asked` what they answered all the same."""

    answers: Mapping[str, Answer]
    wrong: Mapping[str, str]
    blank: tuple[str, ...]
    not_asked: tuple[str, ...]


def filled_answers(definition: Questionnaire, filled: Filled, *, councillor: bool) -> FilledAnswers:
    """The answers of somebody who answers as a councillor, or not as one."""
    answers: dict[str, Answer] = {}
    wrong = dict(filled.unclear)
    for asked in partners_questions(definition):
        if asked.id in wrong:
            continue
        try:
            answer = _answer(asked, said_of(asked, filled.values))
        except _Wrong as problem:
            wrong[asked.id] = str(problem)
            continue
        if answer.state is not State.BLANK or answer.comment:
            answers[asked.id] = answer
    shown = {question.id for question in shown_questions(definition, councillor=councillor, answers=answers)}
    silent = {q.id for q in partners_questions(definition) if q.id not in answers or answers[q.id].state is State.BLANK}
    order = [asked.id for asked in partners_questions(definition)]
    return FilledAnswers(
        answers=answers,
        wrong={question: wrong[question] for question in order if question in wrong},
        blank=tuple(each for each in order if each in shown & silent - wrong.keys()),
        not_asked=tuple(each for each in order if each in answers.keys() - shown),
    )


def _answer(asked: Question, said: Said) -> Answer:
    for what, text in (("comment", said.comment), ("reason", said.reason)):
        _refuse_long(what, text)
    if said.states:
        note = "\n\n".join(part for part in (said.reason, said.comment) if part)
        return Answer(State(said.states[0]), comment=note)
    if not said.given:
        return Answer(State.BLANK, comment=said.comment)
    return Answer(State.GIVEN, _value(asked, said), said.comment)


def _value(asked: Question, said: Said) -> str:
    match asked:
        case DateQuestion():
            return _date(said.given)
        case NumberQuestion():
            return _number(asked, said.given[0])
        case TextQuestion():
            _refuse_long("answer", said.given[0])
            return said.given[0]
        case ChoicesQuestion():
            return " ".join(option.id for option in asked.options if option.id in said.given)
        case _:
            return said.given[0]


def _number(asked: NumberQuestion, text: str) -> str:
    number = number_of(text)
    if number is None:
        raise _Wrong(f"{quoted(text)} is not a number (write it like 1250 or 12.5)")
    low, high = asked.min, asked.max
    if (low is not None and number < low) or (high is not None and number > high):
        least = f" from {low:,f}" if low is not None else ""
        most = f" up to {high:,f}" if high is not None else ""
        raise _Wrong(f"{quoted(text)} is not a number{least}{most}")
    return format(Decimal(number).normalize(), "f")


def _date(boxes: tuple[str, ...]) -> str:
    day, month, year = boxes
    found = date_of(day, month, year) if len(year) == 4 else None
    if found is None:
        raise _Wrong(f"{quoted(' '.join(filter(None, boxes)))} is not a whole date (write it like 27 3 2026)")
    return found.isoformat()


def _refuse_long(what: str, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise _Wrong(f"the {what} has {len(text):,} characters; the most is {LONGEST_TEXT:,}")

"""Remarks: the free text that travels beside a frozen result, never inside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from a2p.definition.model import Question, Questionnaire
from a2p.scoring.answers import Answer, Respondent, State
from a2p.scoring.shown import shown_questions


@dataclass(frozen=True, slots=True)
class Remark:
    """One text on a question, unattributed: a comment, the reason of a not-applicable, or a text question's answer."""

    section: str
    question: str
    text: str
    kind: Literal["comment", "reason", "answer"]


def remarks_of(definition: Questionnaire, respondents: Iterable[Respondent]) -> tuple[Remark, ...]:
    """What people wrote on the questions they were shown, in the order of the alphabet, so that no order tells who."""
    found = [
        remark
        for person in respondents
        for question in shown_questions(definition, councillor=person.councillor is not None, answers=person.answers)
        for remark in _said(definition, question, person.answers.get(question.id))
    ]
    return tuple(sorted(found, key=lambda remark: (remark.kind, remark.text)))


def _said(definition: Questionnaire, question: Question, answer: Answer | None) -> Iterator[Remark]:
    if answer is None:
        return
    section = next(section.id for section in definition.sections if question in section.questions)
    if answer.state is State.GIVEN and question.type == "text":
        yield Remark(section, question.id, answer.value, "answer")
    if answer.comment:
        yield Remark(
            section, question.id, answer.comment, "reason" if answer.state is State.NOT_APPLICABLE else "comment"
        )

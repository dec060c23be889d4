"""A response seen as a whole: how far each section is, and every answer in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from a2p.definition.model import Questionnaire, Section, TextQuestion
from a2p.scoring.answers import Answer, State
from a2p.web.forms.kind import Shown
from a2p.web.forms.registry import kind_of
from a2p.web.forms.section import BLANK, asked_questions


class Progress(StrEnum):
    """How far a section is, in the words of the task list."""

    NOT_STARTED = "Not started"
    IN_PROGRESS = "In progress"
    DONE = "Done"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of check-your-answers."""

    question: str
    ask: str
    shown: Shown
    answered: bool


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """A section with its progress and its lines; `unanswered` counts the blank questions that are not free text."""

    section: Section
    progress: Progress
    unanswered: int
    rows: tuple[Row, ...]


def summarise(
    definition: Questionnaire, section: Section, answers: Mapping[str, Answer], *, councillor: bool = False
) -> SectionSummary:
    """A section with these answers (by question id). Free text may stay empty in a section that is done."""
    asked = asked_questions(definition, section, answers, councillor=councillor)
    given = {each.id: answers.get(each.id, BLANK) for each in asked}
    rows = tuple(
        Row(
            each.id,
            each.question.ask,
            kind_of(each).shown(each, given[each.id]),
            given[each.id].state is not State.BLANK,
        )
        for each in asked
    )
    needed = [each.id for each in asked if not isinstance(each.question, TextQuestion)] or list(given)
    unanswered = sum(given[question].state is State.BLANK for question in needed)
    return SectionSummary(section, _progress(given, unanswered), unanswered, rows)


def _progress(given: Mapping[str, Answer], unanswered: int) -> Progress:
    if not unanswered:
        return Progress.DONE
    started = any(answer.state is not State.BLANK or answer.comment for answer in given.values())
    return Progress.IN_PROGRESS if started else Progress.NOT_STARTED

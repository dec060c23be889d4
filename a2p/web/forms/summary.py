"""A response seen as a whole: every answer in words, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from a2p.definition.model import Questionnaire, Section, TextQuestion
from a2p.scoring.answer_words import Shown
from a2p.scoring.answers import Answer, State
from a2p.web.forms.kept import BLANK
from a2p.web.forms.registry import kind_of
from a2p.web.forms.section import asked_questions


@dataclass(frozen=True, slots=True)
class Row:
    """One line of check-your-answers."""

    question: str
    ask: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """A section with its lines; `unanswered` counts the questions left blank that are not free text."""

    section: Section
    unanswered: int
    rows: tuple[Row, ...]


def summarise(
    definition: Questionnaire, section: Section, answers: Mapping[str, Answer], *, councillor: bool = False
) -> SectionSummary:
    """A section with these answers (by question id): the questions that count, in order."""
    asked = asked_questions(definition, section, answers, councillor=councillor)
    given = {each.id: answers.get(each.id, BLANK) for each in asked}
    rows = tuple(Row(each.id, each.question.ask, kind_of(each).shown(each, given[each.id])) for each in asked)
    blank = [each for each in asked if given[each.id].state is State.BLANK]
    return SectionSummary(section, sum(not isinstance(each.question, TextQuestion) for each in blank), rows)

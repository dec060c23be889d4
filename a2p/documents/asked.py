"""Questions picked for cards and posters from a definition alone, in the questionnaire's order; facts are left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from a2p.definition.model import ChoiceQuestion, ChoicesQuestion, Question, Questionnaire, ScaleQuestion, Section
from a2p.definition.numbering import question_numbers
from a2p.documents.language import gettext
from a2p.documents.measure import shortened, width
from a2p.documents.question_view import LevelText

Respondents = Literal["partners", "councillors"]


class NothingToPrint(ValueError):
    """No question is left to print, or one was picked that the questionnaire does not put to anybody."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its number and section. `levels`: its levels, lowest first, or options; none if it is open."""

    number: str
    section: Section
    question: Question
    levels: tuple[LevelText, ...]

    @property
    def has_levels(self) -> bool:
        """Levels have an order and so a colour each; options have none."""
        return isinstance(self.question, ScaleQuestion)


def asked_of(
    definition: Questionnaire, picked: Collection[str] | None = None, audience: Respondents | None = None
) -> tuple[Asked, ...]:
    """The questions with these ids, or all; of the sections put to the audience, or to anybody but the coordinator.

    Raises NothingToPrint where an id is of no such section, or none is left.
    """
    numbers = question_numbers(definition)
    every = [
        Asked(numbers[question.id], section, question, levels_of(definition, question))
        for section in definition.sections
        if not section.is_facts and (audience is None or audience in section.answered_by)
        for question in section.questions
    ]
    unknown = sorted(set(picked or ()) - {each.question.id for each in every})
    if unknown:
        raise NothingToPrint(f"No question to print has the id {', '.join(unknown)}")
    chosen = tuple(each for each in every if picked is None or each.question.id in picked)
    if not chosen:
        raise NothingToPrint("No question is left to print")
    return chosen


def levels_of(definition: Questionnaire, asked: Question) -> tuple[LevelText, ...]:
    """The labels with what each looks like for this question; options have labels alone."""
    if isinstance(asked, ScaleQuestion):
        return tuple(LevelText(level.label, asked.levels[level.id]) for level in definition.scale_of(asked))
    if isinstance(asked, ChoiceQuestion | ChoicesQuestion):
        return tuple(LevelText(option.label, "") for option in asked.options)
    return ()


def source_of(definition: Questionnaire, size: float, across: float) -> str:
    """`Aspire, version 2, unpiloted` for a head: the title is shortened so that all of it is no longer than that."""
    room = across - width(_version("", definition), size)
    return _version(shortened(definition.title, size, room), definition)


def _version(title: str, definition: Questionnaire) -> str:
    if definition.status == "unpiloted":
        return gettext("%(title)s, version %(version)s, unpiloted", title=title, version=definition.version)
    return gettext("%(title)s, version %(version)s", title=title, version=definition.version)

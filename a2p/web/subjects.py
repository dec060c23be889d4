"""What an action can be about: each section and question of what a round asks; as a choice, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from a2p.definition.model import Questionnaire, Section
from a2p.definition.numbering import question_numbers
from a2p.rounds.actions import About
from a2p.store.definitions import definition_of
from a2p.store.round_tables import QuestionnaireVersion, Round

LONGEST_LABEL = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """A choice: its value in a form or an address, its label, and what it means."""

    value: str
    label: str
    about: About


@dataclass(frozen=True, slots=True)
class SubjectGroup:
    """A section with its questions; the first of its `subjects` is the section as a whole."""

    title: str
    subjects: tuple[Subject, ...]


def subjects_of(round_: Round) -> tuple[SubjectGroup, ...]:
    """What partners were asked a level on, by section; with the questionnaire’s title where there are several."""
    several = len(round_.versions) > 1
    return tuple(group for version in round_.versions for group in _groups(version, several=several))


def find(groups: Sequence[SubjectGroup], value: str) -> About | None:
    """What a value means among these; None if it is none of them."""
    return next((each.about for group in groups for each in group.subjects if each.value == value), None)


def value_of(groups: Sequence[SubjectGroup], about: About | None) -> str:
    """The value by which this is chosen, "" if it is none of these."""
    return next((each.value for group in groups for each in group.subjects if each.about == about), "")


def words(version: QuestionnaireVersion, about: About) -> str:
    """What an action is about, in full: the question as it was asked, or the section's title."""
    definition = definition_of(version)
    if about.section:
        return f"The section “{definition.section(about.section).title}”"
    return f"{question_numbers(definition)[about.question]} {definition.question(about.question).ask}"


def _groups(version: QuestionnaireVersion, *, several: bool) -> Iterator[SubjectGroup]:
    definition = definition_of(version)
    numbers = question_numbers(definition)
    for number, section in enumerate(definition.sections, start=1):
        if section.scale_questions and not section.is_facts:
            title = f"{number} {section.title}"
            yield SubjectGroup(
                f"{definition.title}: {title}" if several else title,
                (_whole(version, definition, section), *_questions(version, definition, section, numbers)),
            )


def _whole(version: QuestionnaireVersion, definition: Questionnaire, section: Section) -> Subject:
    value = f"{definition.questionnaire}/section/{section.id}"
    return Subject(value, f"All of “{section.title}”", About(version.id, section=section.id))


def _questions(
    version: QuestionnaireVersion, definition: Questionnaire, section: Section, numbers: dict[str, str]
) -> Iterator[Subject]:
    for question in section.scale_questions:
        value = f"{definition.questionnaire}/{question.id}"
        yield Subject(value, _short(f"{numbers[question.id]} {question.ask}"), About(version.id, question.id))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"

"""The minimums below which a private round's figures aren't shown (disclosure.md): every number of them stands here."""

from __future__ import annotations

from a2p.definition.model import Section
from a2p.scoring.frozen import QuestionResult, ValueResult

RESPONDENTS = 5
VOICES = 3
COUNCILLORS = 5


def meets_minimum(section: Section, question: QuestionResult) -> bool:
    """Five respondents answered (don't know counts) and three voices have a level; five where councillors alone answer.

    The councillors' five are voices with a level: each is one person, so fewer would be shown almost by name.
    """
    return missing_respondents(question) == 0 and missing_voices(section, question) == 0


def missing_respondents(question: QuestionResult) -> int:
    """How many more respondents must answer."""
    return max(0, RESPONDENTS - question.answers - question.dont_know)


def missing_voices(section: Section, question: QuestionResult) -> int:
    """How many more voices must have a level."""
    return max(0, (COUNCILLORS if section.voices_are_councillors else VOICES) - question.voices)


def value_meets_minimum(value: ValueResult) -> bool:
    """The same for a question that isn't scored: five people answered, and answers came from three voices."""
    return value.given + value.dont_know >= RESPONDENTS and value.voices >= VOICES


def most_voices(section: Section, answered: int | None) -> int:
    """The most voices that a question below its minimum can have, as anybody can tell from how many answered."""
    if answered is None:
        return RESPONDENTS - 1
    if section.voices_are_councillors:
        return min(answered, COUNCILLORS - 1)
    return answered if answered < RESPONDENTS else VOICES - 1

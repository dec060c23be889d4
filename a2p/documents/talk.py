"""What a workshop talks about, and in which order: picked questions, or those that a stated rule finds in the result.

The first of these that finds anything: the five widest disagreements; the weakest questions; those that many don't
know; the lowest scores; else the key questions or, where there are none, the first of each section.
So a partnership that answered together talks about what is weak, and one without figures about what was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from a2p.definition.model import ScaleQuestion, Section
from a2p.definition.numbering import question_numbers
from a2p.documents.asked import NothingToPrint
from a2p.documents.picture import Pick, all_picks, pairs, picture
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult, QuestionResult

MOST = 5


class Why(StrEnum):
    """The rule by which the questions were found."""

    PICKED = "picked"
    WIDEST = "widest"
    WEAKEST = "weakest"
    UNKNOWN = "unknown"
    LOWEST = "lowest"
    BEGIN = "begin"


@dataclass(frozen=True, slots=True)
class Topic:
    """A question to talk about. Its result has no figures where it was withheld or nobody answered."""

    number: str
    section: Section
    asked: ScaleQuestion
    result: QuestionResult


@dataclass(frozen=True, slots=True)
class Talk:
    """The topics in order, at least one, and why they are these."""

    why: Why
    topics: tuple[Topic, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        """The topics' ids."""
        return tuple(topic.asked.id for topic in self.topics)


def talk_of(disclosed: Disclosed, picked: Sequence[str] | None = None) -> Talk:
    """The picked questions in their order, or what the rules find.

    Raises NothingToPrint where a picked id is no scale question put to anybody but the coordinator, or none is picked.
    """
    result = disclosed.result
    every = {topic.asked.id: topic for topic in _every(result)}
    if picked is not None:
        unknown = [question for question in picked if question not in every]
        if unknown or not picked:
            raise NothingToPrint(f"Not a question to talk about: {', '.join(unknown) or 'none was picked'}")
        return Talk(Why.PICKED, tuple(every[question] for question in dict.fromkeys(picked)))
    for why, find in _RULES:
        found = find(disclosed)
        if found:
            return Talk(why, tuple(every[question] for question in found))
    raise NothingToPrint("No question of this questionnaire has levels to talk about")


def _every(result: FrozenResult) -> list[Topic]:
    numbers = question_numbers(result.definition)
    return [
        Topic(numbers[asked.id], section, asked, question)
        for section, outcome in pairs(result)
        if not section.is_facts
        for asked, question in zip(section.scale_questions, outcome.questions, strict=True)
    ]


def _ids(picks: Sequence[Pick]) -> list[str]:
    return [pick.asked.id for pick in picks]


def _lowest(disclosed: Disclosed) -> list[str]:
    least = 1 if disclosed.result.together else 3
    scored = [p for p in all_picks(disclosed.result) if p.result.score is not None and p.result.voices >= least]
    return _ids(sorted(scored, key=lambda pick: pick.score)[:MOST])


def _begin(disclosed: Disclosed) -> list[str]:
    every = _every(disclosed.result)
    keys = [topic.asked.id for topic in every if topic.asked.key]
    firsts = {topic.section.id: topic.asked.id for topic in reversed(every)}
    return (keys or [*reversed(firsts.values())])[:MOST]


_RULES: tuple[tuple[Why, Callable[[Disclosed], list[str]]], ...] = (
    (Why.WIDEST, lambda disclosed: _ids(picture(disclosed, widest=MOST).widest)),
    (Why.WEAKEST, lambda disclosed: _ids(picture(disclosed, weak=MOST).weak)),
    (Why.UNKNOWN, lambda disclosed: _ids(picture(disclosed).gaps[:MOST])),
    (Why.LOWEST, _lowest),
    (Why.BEGIN, _begin),
)

"""Organisations' levels by name in an open round: the one place that decides what of them is shown, and a pure one.

They are for the partnership's coordinator, chair and facilitator; who answered, the region and the public never see
them. What is named is an organisation's voice, never a person's answer. Nothing is named

- in a private round, in one that was made private since, and in one answered together;
- in a section for councillors alone, where each voice is a person;
- of a question of which nothing else is shown (`disclosure`);
- of a question asked only after certain answers to another: that somebody was asked it tells those answers;
- in a result that stands beside an earlier one of its round: from an organisation's step between the two, what one of
  its people said could be worked out;
- of those who answered for no organisation.

What remains, and the promise says: where one person answered for an organisation its level is that person's, and of
two people either may work out what the other said. A result computed again without somebody who was erased may, beside
what was seen before, tell what they said; so may its figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from a2p.definition.model import ScaleQuestion, Section
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.editions import Said
from a2p.scoring.frozen import QuestionResult, Voice
from a2p.scoring.voices import nearest_level


class NoLevel(StrEnum):
    """Where an organisation stands that has no level on a question: what any of its people said, the first of these."""

    DONT_KNOW = "dont-know"
    NOT_APPLICABLE = "not-applicable"
    BLANK = "blank"
    NOT_ASKED = "not-asked"


class Unnamed(StrEnum):
    """Why nothing of a result is named."""

    PRIVATE = "private"
    SUCCESSOR = "beside an earlier result"
    ERASED = "erased"


class Silence(StrEnum):
    """Why nobody is named on a question."""

    COUNCILLORS = "councillors"
    WITHHELD = "withheld"
    CONDITIONAL = "conditional"


Stand: TypeAlias = int | NoLevel
"""A level's number, 1 for the lowest; or why there is none."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of who said what: voices and marks of responses, and organisations' names by their ids."""

    voices: tuple[Voice, ...]
    said: Mapping[str, Said]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """A scale question with a stand for each organisation, in the same order; none where there is a `silence`."""

    section: str
    id: str
    silence: Silence | None
    stands: tuple[Stand, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedLevels:
    """Organisations' names in the order of the alphabet, and the scale questions that partners were asked, in order."""

    organisations: tuple[str, ...]
    questions: tuple[NamedQuestion, ...]


def named_levels(shown: Disclosed, kept: Kept | None, *, open_now: bool, first: bool) -> NamedLevels | Unnamed:
    """Where each organisation stands in a result, or why that isn't shown.

    `kept` is None once it is erased; `open_now` says whether the round is still an open one, `first` whether no earlier
    result of it was shown.
    """
    result = shown.result
    if not open_now or result.attribution != "open" or result.together:
        return Unnamed.PRIVATE
    if not first:
        return Unnamed.SUCCESSOR
    if kept is None:
        return Unnamed.ERASED
    asked = list(_asked(shown))
    named = [question.id for _, question, silence in asked if silence is None]
    voices = _by_organisation(kept, named)
    return NamedLevels(
        tuple(kept.names[organisation] for organisation in voices),
        tuple(
            NamedQuestion(
                section.id,
                question.id,
                silence,
                () if silence else tuple(_stand(question.id, people, kept.said) for people in voices.values()),
            )
            for section, question, silence in asked
        ),
    )


def _asked(shown: Disclosed) -> Iterator[tuple[Section, ScaleQuestion, Silence | None]]:
    for section, figures in zip(shown.result.definition.sections, shown.result.sections, strict=True):
        if not section.is_facts:
            for question, result in zip(section.scale_questions, figures.questions, strict=True):
                yield section, question, _silence(section, question, result)


def _silence(section: Section, question: ScaleQuestion, figures: QuestionResult) -> Silence | None:
    if section.voices_are_councillors:
        return Silence.COUNCILLORS
    if question.show_if:
        return Silence.CONDITIONAL
    return Silence.WITHHELD if figures.withheld else None


def _by_organisation(kept: Kept, named: Sequence[str]) -> dict[str, list[Voice]]:
    """The responses of each organisation that was asked any of these questions, by the organisations' names."""
    found: dict[str, list[Voice]] = {}
    for voice in kept.voices:
        if voice.organisation in kept.names:
            found.setdefault(voice.organisation, []).append(voice)
    asked = {
        organisation: people
        for organisation, people in found.items()
        if any(question in kept.said[each.respondent].marks for each in people for question in named)
    }
    return dict(sorted(asked.items(), key=lambda item: (kept.names[item[0]].casefold(), item[0])))


def _stand(question: str, people: Sequence[Voice], said: Mapping[str, Said]) -> Stand:
    levels = [each.levels[question] for each in people if question in each.levels]
    if levels:
        return nearest_level(sum(levels), len(levels))
    marks = {said[each.respondent].marks.get(question, NoLevel.NOT_ASKED.value) for each in people}
    return next(stand for stand in NoLevel if stand.value in marks)

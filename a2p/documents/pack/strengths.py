"""What is strong, to begin a workshop with: the three strongest questions, or the highest scores where none is."""

from __future__ import annotations

from dataclasses import dataclass

from a2p.documents.picture import Pick, all_picks, picture
from a2p.documents.words import shorten, whole
from a2p.scoring.disclosure import Disclosed

_MOST = 3


@dataclass(frozen=True, slots=True)
class Strength:
    """A question with its score, and the level reached in its own words (None where the scale has no words for it)."""

    id: str
    number: str
    ask: str
    score: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Strengths:
    """Heading, a sentence, and the questions; none where too few answered."""

    title: str
    lede: str
    rows: tuple[Strength, ...]


def strengths_of(disclosed: Disclosed) -> Strengths:
    """The three strongest questions, or those with the highest scores above 0 where none scores 67 or more."""
    chosen = picture(disclosed, strong=_MOST)
    if chosen.strong:
        number = chosen.strong_count
        lede = f"{number} of {chosen.scored} questions score{'s' if number == 1 else ''} 67 or more."
        if number > _MOST:
            lede += " These are the highest."
        return Strengths("What is strong", lede, _rows(disclosed, chosen.strong))
    rows = _rows(disclosed, _highest(disclosed))
    return Strengths("What goes best", "No question scores 67 or more yet. These score highest.", rows)


def _highest(disclosed: Disclosed) -> tuple[Pick, ...]:
    fewest = 1 if disclosed.result.together else 3
    scored = [p for p in all_picks(disclosed.result) if p.result.voices >= fewest and p.score > 0]
    return tuple(sorted(scored, key=lambda pick: -pick.score)[:_MOST])


def _rows(disclosed: Disclosed, picks: tuple[Pick, ...]) -> tuple[Strength, ...]:
    return tuple(_strength(disclosed, pick) for pick in picks)


def _strength(disclosed: Disclosed, pick: Pick) -> Strength:
    reached = pick.result.reached
    levels = disclosed.result.definition.scale_of(pick.asked)
    return Strength(
        id=pick.asked.id,
        number=pick.number,
        ask=shorten(pick.asked.ask, 160),
        score=whole(pick.result.score),
        label=next((level.label for level in levels if level.id == reached), ""),
        text=shorten(pick.asked.levels[reached], 260) if reached else "",
    )

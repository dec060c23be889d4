"""What is strong, to begin a workshop with: the three strongest questions, or the highest scores where none is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from a2p.documents.language import gettext, ngettext
from a2p.documents.picture import WEAK, Pick, all_picks, picture
from a2p.documents.topics import Topic
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


def strengths_of(disclosed: Disclosed, topics: Sequence[Topic] = ()) -> Strengths:
    """The three strongest questions, or those with the highest scores of 50 or more where none is strong.

    A question that is a topic is not among them: nobody is asked to be glad of what others see otherwise.
    """
    taken = {topic.asked.id for topic in topics}
    chosen = picture(disclosed, strong=len(all_picks(disclosed.result)))
    strong = [pick for pick in chosen.strong if pick.asked.id not in taken]
    if not strong:
        highest = [pick for pick in _highest(disclosed) if pick.asked.id not in taken]
        said = (
            gettext("These score highest.")
            if chosen.strong
            else gettext("No question scores 67 or more yet. These score highest.")
        )
        return Strengths(gettext("What goes best"), said, _rows(disclosed, highest[:_MOST]))
    number = chosen.strong_count
    lede = ngettext(
        "%(num)s of %(all)s questions scores 67 or more.",
        "%(num)s of %(all)s questions score 67 or more.",
        number,
        all=chosen.scored,
    )
    if number > len(strong):
        lede += " " + gettext("These are the highest, without the topics.")
    elif number > _MOST:
        lede += " " + gettext("These are the highest.")
    return Strengths(gettext("What is strong"), lede, _rows(disclosed, strong[:_MOST]))


def _highest(disclosed: Disclosed) -> list[Pick]:
    fewest = 1 if disclosed.result.together else 3
    scored = [p for p in all_picks(disclosed.result) if p.result.voices >= fewest and p.score >= WEAK]
    return sorted(scored, key=lambda pick: -pick.score)


def _rows(disclosed: Disclosed, picks: Sequence[Pick]) -> tuple[Strength, ...]:
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

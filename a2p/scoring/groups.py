"""Differences between groups of respondents (scoring rule 6), and which of them may be shown together.

The rule's minimum is five respondents with an answer in every group. Taken alone it leaks: the people outside all
groups (no sector, no layer, no councillor), or where two groupings cross, can be had by subtraction from the question's
own histogram. So a comparison is kept only if the people who answered, parted by every grouping kept so far and by
belonging to none of its groups, never leave a part of one to four people. Groupings are tried in a fixed order.

Nor is a part one of fewer than three voices, for five people of one organisation are that organisation; except for the
councils' own, which the promise names ("however few the councils are").

Councillors and layers count people, the question's histogram voices. The one less the other leaves the organisations
for which several people answered: who they are is known, and two colleagues' levels less their voice would tell both.
So where people are counted there are none of these or three, and where councils are told from others, on either side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from a2p.scoring.answers import Respondent
from a2p.scoring.frozen import Comparison, Group
from a2p.scoring.minimums import RESPONDENTS, VOICES
from a2p.scoring.points import histogram_score
from a2p.scoring.questions import ScaleContext
from a2p.scoring.voices import Person, Tally, histogram, voice_of

COUNCILS = frozenset({"county-council", "district-council", "unitary-council", "parish-town"})

_Part: TypeAlias = tuple[str | None, ...]
_THE_COUNCILS: _Part = ("councils",)
Grouping: TypeAlias = Literal["councils", "councillors", "layer"]


def _by_sector(respondent: Respondent) -> str | None:
    if respondent.sector is None:
        return None
    return "councils" if respondent.sector in COUNCILS else "others"


def _by_councillor(respondent: Respondent) -> str | None:
    return respondent.councillor


def _by_layer(respondent: Respondent) -> str | None:
    return respondent.layer


_GROUPINGS: tuple[tuple[Grouping, Callable[[Respondent], str | None], tuple[str, ...]], ...] = (
    ("councils", _by_sector, ("councils", "others")),
    ("councillors", _by_councillor, ("executive", "other")),
    ("layer", _by_layer, ("board", "executive-group", "theme-group")),
)


def comparisons(context: ScaleContext, counted: Tally) -> tuple[Comparison, ...]:
    """The comparisons of one question that may be shown."""
    found: list[Comparison] = []
    if len(counted.given) < 2 * RESPONDENTS:
        return ()
    voices = [voice_of(context.section, person) for person, _ in counted.given]
    parts: list[_Part] = [() for _ in counted.given]
    sides = parts
    for by, group_of, ids in _GROUPINGS:
        labels = [group_of(person.respondent) for person, _ in counted.given]
        present = [each for each in ids if each in labels]
        finer = [(*part, label) for part, label in zip(parts, labels, strict=True)]
        if len(present) < 2 or not _are_crowds(finer, voices):
            continue
        if not (_are_apart(labels, voices) if by == "councils" else _hide_colleagues(sides, voices)):
            continue
        parts, sides = finer, (finer if by == "councils" else sides)
        groups = tuple(_group(context, by, each, _members(counted, labels, each)) for each in present)
        scores = [group.score for group in groups]
        found.append(Comparison(question=context.question.id, by=by, groups=groups, gap=max(scores) - min(scores)))
    return tuple(found)


def _are_crowds(parts: Sequence[_Part], voices: Sequence[str]) -> bool:
    """Whether every part has people enough, and voices enough unless it is the councils as a whole."""
    heard = {part: {voice for each, voice in zip(parts, voices, strict=True) if each == part} for part in parts}
    return min(Counter(parts).values()) >= RESPONDENTS and all(
        len(those) >= VOICES or part == _THE_COUNCILS for part, those in heard.items()
    )


def _are_apart(labels: Sequence[str | None], voices: Sequence[str]) -> bool:
    """Whether no voice is on two sides: else the sides' voices would be more than the question's."""
    return len(set(zip(labels, voices, strict=True))) == len(set(voices))


def _hide_colleagues(sides: Sequence[_Part], voices: Sequence[str]) -> bool:
    """Whether on each side several people speak for no voice, or for enough of them."""
    people = Counter(zip(sides, voices, strict=True))
    several = Counter(side for (side, _), number in people.items() if number > 1)
    return all(number >= VOICES for number in several.values())


def _members(counted: Tally, labels: Sequence[str | None], group: str) -> list[tuple[Person, int]]:
    return [given for given, label in zip(counted.given, labels, strict=True) if label == group]


def _group(context: ScaleContext, by: Grouping, group: str, members: Sequence[tuple[Person, int]]) -> Group:
    """One side: councils and others in voices, councillors and layers each respondent for themselves."""
    voices = histogram(
        (
            (voice_of(context.section, person) if by == "councils" else person.respondent.id, level)
            for person, level in members
        ),
        len(context.level_ids),
    )
    score = histogram_score(voices, context.points)
    if score is None:
        raise ValueError("a group needs somebody who answered")
    return Group(id=group, people=len(members), levels=dict(zip(context.level_ids, voices, strict=True)), score=score)

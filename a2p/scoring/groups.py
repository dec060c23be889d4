"""Differences between groups of respondents (scoring rule 6), and which of them may be shown together.

The rule's minimum is five respondents with an answer in every group. Taken alone it leaks: the people outside all
groups (no sector, no layer, no councillor), or where two groupings cross, can be had by subtraction from the question's
own histogram. So a comparison is kept only if the people who answered, parted by every grouping kept so far and by
belonging to none of its groups, never leave a part of one to four people. Groupings are tried in a fixed order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from a2p.scoring.answers import Respondent
from a2p.scoring.frozen import Comparison, Group
from a2p.scoring.minimums import RESPONDENTS
from a2p.scoring.points import histogram_score
from a2p.scoring.questions import ScaleContext
from a2p.scoring.voices import Person, Tally, histogram, voice_of

COUNCILS = frozenset({"county-council", "district-council", "unitary-council", "parish-town"})

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
    parts: list[tuple[str | None, ...]] = [() for _ in counted.given]
    for by, group_of, ids in _GROUPINGS:
        labels = [group_of(person.respondent) for person, _ in counted.given]
        present = [each for each in ids if each in labels]
        finer = [(*part, label) for part, label in zip(parts, labels, strict=True)]
        if len(present) < 2 or min(Counter(finer).values()) < RESPONDENTS:
            continue
        parts = finer
        groups = tuple(_group(context, by, each, _members(counted, labels, each)) for each in present)
        scores = [group.score for group in groups]
        found.append(Comparison(question=context.question.id, by=by, groups=groups, gap=max(scores) - min(scores)))
    return tuple(found)


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

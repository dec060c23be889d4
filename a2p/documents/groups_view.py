"""Gaps between groups of respondents, from the comparisons that disclosure left in the result. Scores only: a group is
small, and its own histogram would come near to single people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from a2p.documents.charts import ScoreTrack, score_track
from a2p.documents.language import gettext, noted
from a2p.documents.layout import Layout
from a2p.documents.picture import Pick, all_picks
from a2p.documents.words import NONE, people, shorten, whole
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import Comparison, FrozenResult, Group

FAR = Fraction(100, 3)  # from here on a gap is listed, as the coordinator's evidence is
MOST = 4
GROUP_NAMES = {
    "councils": noted("Councils"),
    "others": noted("Other organisations"),
    "executive": noted("Councillors in the executive"),
    "other": noted("Other councillors"),
    "board": noted("The board"),
    "executive-group": noted("The executive group"),
    "theme-group": noted("Theme groups"),
}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: how many of its people answered, and its score among the bands."""

    name: str
    people: str
    score: str
    track: ScoreTrack


@dataclass(frozen=True, slots=True)
class GroupGap:
    """A question on which groups stand apart, and by how many points."""

    id: str
    number: str
    ask: str
    gap: str
    rows: tuple[GroupRow, ...]


def group_gaps(disclosed: Disclosed, layout: Layout) -> tuple[GroupGap, ...]:
    """The widest gaps of a third of the scale or more, four at most, each question once."""
    picks = {pick.asked.id: pick for pick in all_picks(disclosed.result)}
    found: dict[str, Comparison] = {}
    for comparison in sorted(disclosed.result.comparisons, key=lambda each: -each.gap):
        if comparison.gap >= FAR and comparison.question in picks:
            found.setdefault(comparison.question, comparison)
    return tuple(
        GroupGap(
            id=f"{question}-{comparison.by}",
            number=picks[question].number,
            ask=shorten(picks[question].asked.ask, 150),
            gap=whole(comparison.gap),
            rows=tuple(_row(group, disclosed.result, layout) for group in comparison.groups),
        )
        for question, comparison in list(found.items())[:MOST]
    )


def _row(group: Group, result: FrozenResult, layout: Layout) -> GroupRow:
    name = gettext(GROUP_NAMES[group.id])
    track = score_track(
        float(group.score),
        [("", float(band.start)) for band in result.bands],
        title=gettext("%(group)s: score %(score)s of 100", group=name, score=whole(group.score)),
        width=layout.track_width,
        height=layout.track_height,
    )
    return GroupRow(name, people(group.people), whole(group.score), track)


BY_NAMES = {
    "councils": noted("Councils and other organisations"),
    "councillors": noted("Councillors in the executive and others"),
    "layer": noted("The board, the executive group and theme groups"),
}


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """A question with each group's score, in the order of the table's groups (`–` for a group of too few people), and
    by how many points they stand apart; `far` from a third of the scale on."""

    id: str
    number: str
    ask: str
    scores: tuple[str, ...]
    gap: str
    far: bool


@dataclass(frozen=True, slots=True)
class GroupTable:
    """All questions on which the same kind of groups may be compared, in the questionnaire's order."""

    title: str
    groups: tuple[str, ...]
    rows: tuple[ComparedQuestion, ...]


def group_tables(disclosed: Disclosed) -> tuple[GroupTable, ...]:
    """A table for each kind of groups of which disclosure left any comparison."""
    found = disclosed.result.comparisons
    return tuple(_table(disclosed, by, [each for each in found if each.by == by]) for by in BY_NAMES if _has(found, by))


def _has(found: Sequence[Comparison], by: str) -> bool:
    return any(each.by == by for each in found)


def _table(disclosed: Disclosed, by: str, found: Sequence[Comparison]) -> GroupTable:
    there = {group.id for each in found for group in each.groups}
    groups = [group for group in GROUP_NAMES if group in there]
    of = {each.question: each for each in found}
    picks = [pick for pick in all_picks(disclosed.result) if pick.asked.id in of]
    rows = tuple(_compared(pick, of[pick.asked.id], groups) for pick in picks)
    return GroupTable(gettext(BY_NAMES[by]), tuple(gettext(GROUP_NAMES[group]) for group in groups), rows)


def _compared(pick: Pick, comparison: Comparison, groups: Sequence[str]) -> ComparedQuestion:
    scores = {group.id: whole(group.score) for group in comparison.groups}
    return ComparedQuestion(
        id=pick.asked.id,
        number=pick.number,
        ask=pick.asked.ask,
        scores=tuple(scores.get(group, NONE) for group in groups),
        gap=whole(comparison.gap),
        far=comparison.gap >= FAR,
    )

"""Gaps between groups of respondents, from the comparisons that disclosure left in the result. Scores only: a group is
small, and its own histogram would come near to single people."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from a2p.documents.charts import ScoreTrack, score_track
from a2p.documents.layout import Layout
from a2p.documents.picture import all_picks
from a2p.documents.words import people, shorten, whole
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import Comparison, FrozenResult, Group

FAR = Fraction(100, 3)  # from here on a gap is listed, as the coordinator's evidence is
MOST = 4
GROUP_NAMES = {
    "councils": "Councils",
    "others": "Other organisations",
    "executive": "Councillors in the executive",
    "other": "Other councillors",
    "board": "The board",
    "executive-group": "The executive group",
    "theme-group": "Theme groups",
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
    name = GROUP_NAMES[group.id]
    track = score_track(
        float(group.score),
        [("", float(band.start)) for band in result.bands],
        title=f"{name}: score {whole(group.score)} of 100",
        width=layout.track_width,
        height=layout.track_height,
    )
    return GroupRow(name, people(group.people), whole(group.score), track)

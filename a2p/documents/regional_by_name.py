"""The region's tables by name: heat maps and how far each partnership is. Partnerships stand in the order of names,
districts under their county; never in the order of a score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Protocol, TypeVar

from a2p.documents import regional_words as words
from a2p.documents.regional_material import NamedRow, NamedScore, NamedTable, Place, TakeUp
from a2p.documents.regional_picture import heat
from a2p.documents.words import NONE, band_label, day

OLD = timedelta(days=180)
"""A round by name that closed so long before the newest one beside it says when it did."""


class _Placed(Protocol):
    """What is of a partnership."""

    @property
    def place(self) -> Place: ...


_Row = TypeVar("_Row", bound=_Placed)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A score with the class of its colour. Empty where it is not released, `–` without a score, `*` where it waits."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A partnership; `under` where it stands under its county's heading. `old` is the day on which its round closed,
    where that was long before the newest one of the table."""

    name: str
    under: bool
    cells: tuple[HeatCell, ...]
    old: str


@dataclass(frozen=True, slots=True)
class HeatGroup:
    """Partnerships of a county area, under its name; without a heading a partnership by itself."""

    title: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class HeatView:
    """A questionnaire's partnerships by name."""

    id: str
    title: str
    how: str
    sections: tuple[str, ...]
    labels: tuple[str, ...]
    groups: tuple[HeatGroup, ...]
    of: int
    waits: bool


@dataclass(frozen=True, slots=True)
class StagesGroup:
    """Partnerships of a county area with how far each is with each questionnaire."""

    title: str
    rows: tuple[tuple[str, bool, tuple[str, ...]], ...]


def heat_views(tables: Sequence[NamedTable], partnerships: int) -> tuple[HeatView, ...]:
    """A table for each questionnaire of which anybody released section scores by name."""
    return tuple(_heat(f"heat-{n}", table, partnerships) for n, table in enumerate(tables) if table.rows)


def _heat(id_: str, table: NamedTable, partnerships: int) -> HeatView:
    newest = max((row.closed for row in table.rows if row.closed), default=date.min)
    groups = [
        HeatGroup(title, tuple(_heat_row(row, table, newest, under=bool(title)) for row in rows))
        for title, rows in by_area(table.rows)
    ]
    waits = any(score is not None and bool(score.waits) for row in table.rows for score in row.scores)
    return HeatView(
        id_,
        table.questionnaire,
        words.answered_words(together=table.together),
        table.sections,
        tuple(band_label(band) for band in table.bands),
        tuple(groups),
        partnerships,
        waits,
    )


def _heat_row(row: NamedRow, table: NamedTable, newest: date, *, under: bool) -> HeatRow:
    old = row.closed is not None and newest - row.closed > OLD
    cells = tuple(_heat_cell(score, table) for score in row.scores)
    return HeatRow(row.place.name, under, cells, day(row.closed) if old else "")


def _heat_cell(score: NamedScore | None, table: NamedTable) -> HeatCell:
    if score is None:
        return HeatCell("", "none")
    if score.waits:
        return HeatCell("*", "none")
    if score.score is None:
        label = next((band_label(band) for band in table.bands if band.id == score.band), "")
        return HeatCell(label or NONE, "none")
    return HeatCell(*heat(score.score, table.bands))


def by_area(rows: Iterable[_Row]) -> Iterator[tuple[str, list[_Row]]]:
    """Rows of county areas in the order of names: the county first, then the others by name. An area that has one row
    alone, its own, comes without a heading."""
    ordered = sorted(rows, key=lambda row: in_order(row.place))
    for title, found in groupby(ordered, key=lambda row: row.place.area):
        ours = list(found)
        alone = len(ours) == 1 and ours[0].place.name == title
        yield "" if alone else title, ours


def in_order(place: Place) -> tuple[str, bool, str]:
    """By county area, the county itself first, then by name."""
    return place.area.casefold(), place.name != place.area, place.name.casefold()


def stages_by_name(rows: Sequence[TakeUp]) -> tuple[StagesGroup, ...]:
    """How far each partnership is with each questionnaire, in words."""
    return tuple(
        StagesGroup(
            title,
            tuple((row.place.name, bool(title), tuple(words.stage(stage) for stage in row.stages)) for row in ours),
        )
        for title, ours in by_area(rows)
    )

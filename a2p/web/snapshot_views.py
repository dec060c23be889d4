"""What a snapshot's pages show, from its document: a preview in counts, and a questionnaire's picture view by view.

A snapshot never changes, so what was made of one is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from a2p.documents import regional_words as words
from a2p.documents.change_view import signed
from a2p.documents.regional_picture import SCREEN, FigureRow, PictureView, picture_view
from a2p.documents.regional_tables import CountedRow, HiddenRow, counted_rows, hidden_rows
from a2p.documents.words import NONE, whole
from a2p.region.between import ComparedCell, Comparison
from a2p.region.make import Made
from a2p.region.nearest import Chosen
from a2p.region.snapshot import Figures, Group, Picture, Snapshot
from a2p.rounds.regional_wishes import Wished

VIEWS = {"all": "All partnerships", "kind": "By kind", "area": "By county area", "question": "Question by question"}
SORTS = {
    "name": "Section",
    "n": "Partnerships",
    "median": "Median",
    "below": "Below 50",
    "wide": "Wide",
    "gaps": "Gaps",
    "asks": "Ask for help",
}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One questionnaire as it would be counted: how many, and of those wanted how many are not counted as they wish, so
    that nobody can subtract: they wait, stay with an older result, or are left out with others. With `refused` the
    region as a whole can't be shown, and groups only where they allow it by themselves."""

    title: str
    how: str
    chosen: Chosen

    @property
    def wanted(self) -> int:
        """How many partnerships were to be counted."""
        chosen = self.chosen
        return len(chosen.counted) + len(chosen.waiting) + len(chosen.taken)


@dataclass(frozen=True, slots=True)
class Preview:
    """A snapshot before it is made, without a figure. `seen` is the same while it would be counted like this."""

    partnerships: int
    rows: tuple[PreviewRow, ...]
    counted: tuple[CountedRow, ...]
    hidden: tuple[HiddenRow, ...]
    cells: int
    hidden_cells: int
    shows_anything: bool
    seen: str


@dataclass(frozen=True, slots=True)
class BandRow:
    """A section with how many partnerships are in each band, and what share of them in per cent."""

    name: str
    cells: tuple[tuple[int, int], ...]
    withheld: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """A section of a group in a comparison: medians before and after, in whole points."""

    group: str
    section: str
    n: str
    before: str
    after: str
    change: str


def preview_of(made: Made, titles: Mapping[str, str]) -> Preview:
    """What may be told of a snapshot before it is made."""
    snapshot = made.snapshot
    rows = tuple(
        PreviewRow(titles.get(questionnaire, questionnaire), words.answered_words(together=together), made.chosen[key])
        for key in made.chosen
        for questionnaire, together in (key,)
    )
    cells = [cell for picture in snapshot.pictures for group in picture.groups for cell in group.sections]
    counted, hidden = counted_rows(snapshot), hidden_rows(snapshot)
    told = [(row.title, row.how, _numbers(row.chosen)) for row in rows], counted, hidden
    return Preview(
        snapshot.partnerships,
        rows,
        counted,
        hidden,
        len(cells),
        sum(cell.withheld is not None for cell in cells),
        made.shows_anything,
        hashlib.sha256(repr(told).encode()).hexdigest(),
    )


def _numbers(chosen: Chosen) -> tuple[object, ...]:
    parts = (chosen.counted, chosen.waiting, chosen.stayed, chosen.taken)
    return (*(len(part) for part in parts), chosen.refused)


def key_of(picture: Picture) -> str:
    """A picture as addresses name it: "aspire-apart"."""
    return f"{picture.questionnaire}-{'together' if picture.together else 'apart'}"


def picture_called(snapshot: Snapshot, key: str) -> Picture | None:
    """The picture of this key."""
    return next((picture for picture in snapshot.pictures if key_of(picture) == key), None)


def asks_on(picture: Picture, wished: Mapping[str, Wished]) -> dict[str, Wished]:
    """Asks and offers by the picture's sections."""
    return {each.id: wished.get(f"{picture.questionnaire}/{each.id}", Wished()) for each in picture.sections}


def in_order(picture: Picture, sort: str, wished: Mapping[str, Wished]) -> tuple[str, ...]:
    """The sections' ids sorted by a key of SORTS, highest first, or lowest first with "-" before it; what is withheld
    comes last. Without one, in the questionnaire's order."""
    key = sort.removeprefix("-")
    ids = [section.id for section in picture.sections]
    if key not in SORTS:
        return tuple(ids)
    if key == "name":
        titles = {section.id: section.title.casefold() for section in picture.sections}
        return tuple(sorted(ids, key=titles.__getitem__, reverse=sort.startswith("-")))
    figures = {cell.section: cell.figures for cell in words.whole_group(picture).sections}
    value = {id_: _value(figures.get(id_), key, wished.get(id_, Wished())) for id_ in ids}
    known = [id_ for id_ in ids if value[id_] is not None]
    known.sort(key=lambda id_: value[id_] or 0, reverse=not sort.startswith("-"))
    return (*known, *(id_ for id_ in ids if value[id_] is None))


def _value(figures: Figures | None, key: str, wished: Wished) -> Fraction | int | None:
    if key == "asks":
        return wished.asks
    if figures is None:
        return None
    values: dict[str, Fraction | int] = {
        "n": figures.n,
        "median": figures.median,
        "below": figures.below_half,
        "wide": figures.wide,
        "gaps": figures.gaps,
    }
    return values[key]


def view_of(sha256: str, picture: Picture, view: str, order: tuple[str, ...]) -> PictureView:
    """One view of a picture, with its sections in this order."""
    found = _views.get((sha256, key_of(picture), view, order))
    if found is None:
        if len(_views) >= MOST_VIEWS:
            _views.clear()
        _views[sha256, key_of(picture), view, order] = found = picture_view(_part(picture, view, order), SCREEN)
    return found


MOST_VIEWS = 128
_views: dict[tuple[str, str, str, tuple[str, ...]], PictureView] = {}


def _part(picture: Picture, view: str, order: tuple[str, ...]) -> Picture:
    """What a view shows of a picture: there is no need to draw the rest."""
    everybody = words.whole_group(picture)
    groups: list[Group] = [everybody if view == "question" else everybody.model_copy(update={"questions": ()})]
    groups += [group for group in picture.groups if group.by == view]
    sections = {section.id: section for section in picture.sections}
    ordered = tuple(sections[id_] for id_ in order) if view != "question" else picture.sections
    return picture.model_copy(update={"groups": tuple(groups), "sections": ordered})


def sorted_questions(rows: Sequence[FigureRow], sort: str) -> list[FigureRow]:
    """Questions of a section by their number of partnerships or median, as they are shown; else in their order."""
    of = {"n": "n", "median": "median"}.get(sort.removeprefix("-"))
    if of is None:
        return list(rows)
    lowest = sort.startswith("-")

    def key(row: FigureRow) -> tuple[bool, int]:
        shown = getattr(row, of)
        number = int(shown) if shown.isdecimal() else 0
        return not shown.isdecimal(), number if lowest else -number

    return sorted(rows, key=key)


def band_rows(picture: Picture, order: Sequence[str]) -> tuple[BandRow, ...]:
    """Bands as numbers, over all partnerships."""
    cells = {cell.section: cell for cell in words.whole_group(picture).sections}
    titles = {section.id: section.title for section in picture.sections}
    made = []
    for id_ in order:
        cell = cells.get(id_)
        if cell is None or cell.figures is None:
            why = words.WHY_NOT[cell.withheld] if cell and cell.withheld else "nobody was asked"
            made.append(BandRow(titles[id_], (), f"Not shown: {why}"))
        else:
            n = cell.figures.n
            counts = [cell.figures.bands.get(band.id, 0) for band in picture.bands]
            made.append(BandRow(titles[id_], tuple((each, round(100 * each / n)) for each in counts), ""))
    return tuple(made)


def compared_groups(comparison: Comparison) -> tuple[tuple[str, tuple[KindRow, ...]], ...]:
    """Of each questionnaire that is compared, the kinds and county areas of which anything is shown."""
    made = []
    for picture in comparison.pictures:
        titles = {section.id: section.title for section in picture.sections}
        rows = [
            _kind_row(words.group_title(group), titles[cell.section], cell)
            for group in picture.groups
            if group.by != "all"
            for cell in group.sections
            if cell.then is not None and cell.now is not None
        ]
        made.append((f"{picture.title}, {words.answered_words(together=picture.together)}", tuple(rows)))
    return tuple(made)


def _kind_row(group: str, section: str, cell: ComparedCell) -> KindRow:
    if cell.then is None or cell.now is None:
        return KindRow(group, section, NONE, NONE, NONE, NONE)
    change = signed(cell.now.median - cell.then.median)
    return KindRow(group, section, str(cell.n), whole(cell.then.median), whole(cell.now.median), change)

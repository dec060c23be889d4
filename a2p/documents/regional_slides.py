"""The region's charts as slides, 16 to 9, nothing under 18 pt: take-up, sections, kinds, support, change.

Of figures of groups alone, and nobody's name: they may be shown to anybody. Rows that don't fit
go on on a further slide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from a2p.documents import regional_headlines as headlines
from a2p.documents import regional_words as words
from a2p.documents.change_view import signed
from a2p.documents.charts import StackedBar, stacked_bar
from a2p.documents.cohort_charts import (
    KIND_SHAPES,
    SHAPES,
    Frame,
    Plot,
    before_and_after,
    dot_and_range,
    missing,
    side_by_side,
)
from a2p.documents.cohort_charts import axis as labels_over
from a2p.documents.language import gettext, ngettext
from a2p.documents.measure import Room, fit, height, lines, shortened, width
from a2p.documents.order import Order
from a2p.documents.regional_material import PictureChange, RegionalMaterial
from a2p.documents.regional_picture import band_bar, half
from a2p.documents.slide_topics import ACROSS, DOWN
from a2p.documents.words import NONE, band_label, day, shorten, whole
from a2p.region.snapshot import Figures, Group, Picture, Snapshot, Titled

_SIZE = 18  # points
_FONT = 24.0  # the same in pixels
_NAME = 230  # points across for a row's name
_PLOT = 506.0  # pixels
_BAR = 772.0
_ROOMIER = 14  # points more for each row
_HEAD = Room(ACROSS, 100, line=1.15, bold=True)
Shape = Literal["plot", "bars", "kinds", "counts"]


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row: its name, its marks, and figures as text."""

    id: str
    name: str
    figures: tuple[str, ...]
    plot: Plot | None = None
    bar: StackedBar | None = None


@dataclass(frozen=True, slots=True)
class ChartSlide:
    """A slide with a table of marks. `head` are the columns of figures, `key` the labels of bars; `shape` says how its
    columns are laid out; `roomy` that its rows have more room between them."""

    id: str
    shape: Shape
    about: str
    headline: str
    size: int
    lede: str
    first: str
    head: tuple[str, ...]
    axis: Plot | None
    key: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    roomy: bool = False


@dataclass(frozen=True, slots=True)
class ChartPack:
    """All slides, in order."""

    title: str
    foot: str
    region: str
    size: int
    lines: tuple[str, ...]
    caveats: tuple[str, ...]
    slides: tuple[ChartSlide, ...]


def chart_pack(material: RegionalMaterial, order: Order) -> ChartPack:
    """The pack; nobody's name is in it."""
    used = material.without_names()
    snapshot = used.snapshot
    region = fit(shorten(snapshot.region, 160), (32, 36, 40, 48, 56), Room(ACROSS, 170))
    parts = [*_take_up(used), *(slide for picture in snapshot.pictures for slide in _picture(picture))]
    parts += _demand(used)
    parts += [
        slide for n, each in enumerate(used.change.pictures if used.change else ()) for slide in _change(used, each, n)
    ]
    foot = (shorten(snapshot.region, 30), shorten(snapshot.name, 24), material.digest(order)[:8])
    return ChartPack(
        title=gettext("Charts: %(region)s, %(snapshot)s", region=snapshot.region, snapshot=snapshot.name),
        foot=" · ".join(filter(None, (gettext("Invented answers") if snapshot.demo else "", *foot))),
        region=" ".join(region.parts),
        size=region.size,
        lines=_opening(snapshot),
        caveats=words.caveats(snapshot, names=False),
        slides=tuple(parts),
    )


def _opening(snapshot: Snapshot) -> tuple[str, ...]:
    said = (
        snapshot.name,
        ngettext(
            "%(num)s partnership, rounds closed %(period)s",
            "%(num)s partnerships, rounds closed %(period)s",
            snapshot.partnerships,
            period=words.period(snapshot),
        ),
        gettext(
            "Figures of groups of five partnerships or more, from the snapshot made on %(day)s", day=day(snapshot.made)
        ),
    )
    return tuple(shortened(each, 24, ACROSS, most=2) for each in said)


def _take_up(material: RegionalMaterial) -> Sequence[ChartSlide]:
    labels = tuple(words.stage(stage) for stage in words.SHOWN_STAGES)
    rows = []
    for place, title in enumerate(material.asked):
        stages = material.stages(place)
        counts = [(words.stage(stage), stages.get(stage, 0)) for stage in words.SHOWN_STAGES]
        bar = stacked_bar(counts, width=_BAR, height=38, font=_FONT)
        rows.append(ChartRow(f"stages-{place}", _name(title), (str(sum(n for _, n in counts)),), bar=bar))
    about, headline = gettext("Take-up"), headlines.take_up_headline(material)
    slide = _slide("take-up", "bars", about, headline, "", (gettext("No."),))
    return _dealt(replace(slide, key=labels, first=gettext("Questionnaire")), rows) if rows else ()


def _picture(picture: Picture) -> list[ChartSlide]:
    """The sections by median, by band, and by kind."""
    id_ = f"{picture.questionnaire}-{'together' if picture.together else 'apart'}"
    about = f"{picture.title}, {words.answered(picture)}"
    cells = {cell.section: cell.figures for cell in words.whole_group(picture).sections}
    frame = Frame(words.bands_of(picture.bands), _PLOT, 30, _FONT)
    plots = [_plotted(f"{id_}-{each.id}", each, cells.get(each.id), frame) for each in picture.sections]
    head = (gettext("Median"), gettext("Middle half"))
    slide = _slide(id_, "plot", about, words.headline(picture), words.short_lede(picture), head)
    if not any(cells.values()):
        return [slide]
    made = [*_dealt(replace(slide, axis=_axis(frame)), plots)]
    bars = [_banded(f"{id_}-bands-{each.id}", each, cells.get(each.id), picture) for each in picture.sections]
    slide = _slide(f"{id_}-bands", "bars", about, gettext("Partnerships in each band"), "", (gettext("No."),))
    made += _dealt(replace(slide, key=tuple(band_label(band) for band in picture.bands)), bars)
    return made + _kinds(id_, about, picture)


def _plotted(id_: str, section: Titled, figures: Figures | None, frame: Frame) -> ChartRow:
    name = _name(section.title)
    if figures is None:
        return ChartRow(id_, name, (NONE, NONE), missing(frame, section.title, gettext("not shown")))
    plot = dot_and_range(frame, section.title, figures.median, figures.quartiles)
    return ChartRow(id_, name, (whole(figures.median), half(figures.quartiles)), plot)


def _banded(id_: str, section: Titled, figures: Figures | None, picture: Picture) -> ChartRow:
    name = _name(section.title)
    if figures is None:
        return ChartRow(id_, name, (gettext("not shown"),))
    bar = band_bar(figures, picture.bands, width=_BAR, height=38, font=_FONT)
    return ChartRow(id_, name, (str(figures.n),), bar=bar)


def _kinds(id_: str, about: str, picture: Picture) -> list[ChartSlide]:
    """Each kind's medians in a shape of its own, of the kinds of which any is shown."""
    kinds = [group for group in picture.groups if group.by == "kind" and words.shown(group)][: len(KIND_SHAPES)]
    if len(kinds) < 2:
        return []
    frame = Frame(words.bands_of(picture.bands), _PLOT, 16 * len(kinds), _FONT)
    rows = []
    for section in picture.sections:
        medians = [(words.group_title(group), _median(group, section)) for group in kinds]
        plot = side_by_side(frame, section.title, medians)
        figures = tuple(whole(value) for _, value in medians)
        rows.append(ChartRow(f"{id_}-kinds-{section.id}", _name(section.title), figures, plot))
    head = tuple(f"{SHAPES[KIND_SHAPES[n]]} {words.group_title(group)}" for n, group in enumerate(kinds))
    slide = _slide(f"{id_}-kinds", "kinds", about, gettext("By kind of partnership: medians"), "", head)
    return _dealt(replace(slide, axis=_axis(replace(frame, height=30))), rows)


def _median(group: Group, section: Titled) -> Fraction | None:
    figures = next((cell.figures for cell in group.sections if cell.section == section.id), None)
    return figures.median if figures else None


def _demand(material: RegionalMaterial) -> Sequence[ChartSlide]:
    rows = []
    for n, each in enumerate(material.demand):
        counts = (each.below_half, each.wide, each.gaps, each.asks, each.requests)
        figures = tuple(gettext("not shown") if count is None else str(count) for count in counts)
        rows.append(ChartRow(f"demand-{n}", shortened(each.title, _SIZE, 380, most=2, bold=True), figures))
    head = (gettext("Below 50"), gettext("Wide"), gettext("Gaps"), gettext("Asks"), gettext("Requests"))
    said = gettext("Partnerships, in that section of those a module serves where there are most.")
    slide = _slide("demand", "counts", gettext("Support"), headlines.demand_headline(material.demand), said, head)
    return _dealt(replace(slide, first=gettext("Support module")), rows) if rows else ()


def _change(material: RegionalMaterial, picture: PictureChange, number: int) -> Sequence[ChartSlide]:
    frame = Frame(words.bands_of(picture.bands), _PLOT, 30, _FONT)
    rows = []
    for n, cell in enumerate(picture.sections):
        id_, name = f"change-{number}-{n}", _name(cell.section)
        if cell.before is None or cell.after is None:
            rows.append(ChartRow(id_, name, (NONE, NONE, NONE), missing(frame, cell.section, gettext("not shown"))))
            continue
        plot = before_and_after(frame, cell.section, cell.before, cell.after)
        figures = (whole(cell.before), whole(cell.after), signed(cell.after - cell.before))
        rows.append(ChartRow(id_, name, figures, plot))
    earlier = material.change.earlier if material.change else ""
    about = f"{picture.questionnaire}, {words.answered_words(together=picture.together)}"
    said = ngettext(
        "Medians of the %(num)s partnership in both snapshots.",
        "Medians of the %(num)s partnerships in both snapshots.",
        picture.both,
    )
    head = (gettext("○ Before"), gettext("● Now"), gettext("Change"))
    since = gettext("Since %(snapshot)s", snapshot=shorten(earlier, 60))
    slide = _slide(f"change-{number}", "kinds", about, since, said, head)
    return _dealt(replace(slide, axis=_axis(frame)), rows)


def _slide(id_: str, shape: Shape, about: str, headline: str, lede: str, head: tuple[str, ...]) -> ChartSlide:
    size = fit(headline, (28, 32, 36), _HEAD).size
    return ChartSlide(id_, shape, shorten(about, 80), headline, size, lede, gettext("Section"), head, None, (), ())


def _name(title: str) -> str:
    return shortened(title, _SIZE, _NAME - 14, most=3, bold=True)


def _axis(frame: Frame) -> Plot | None:
    """The bands' labels over the marks, where each fits over its own."""
    made = labels_over(frame)
    fits = all(width(block.label, frame.font) <= block.width for block in made.blocks)
    return made if fits and made.blocks else None


def _dealt(slide: ChartSlide, rows: Sequence[ChartRow]) -> list[ChartSlide]:
    """The rows over as many slides as they need; what goes on says so."""
    across = 380 if slide.shape == "counts" else _NAME - 14
    head = height(slide.headline, slide.size, _HEAD) + height(slide.lede, 20, Room(ACROSS, 0, line=1.3)) + 104
    room = DOWN - head - (30 if slide.key else 0)
    dealt: list[list[ChartRow]] = [[]]
    left = room
    for row in rows:
        needs = max(len(lines(row.name, _SIZE, across, bold=True)) * _SIZE * 1.2, _tall(row)) + 12
        if needs > left and dealt[-1]:
            dealt.append([])
            left = room
        dealt[-1].append(row)
        left -= needs
    roomy = len(dealt) == 1 and left >= _ROOMIER * len(rows)
    first = replace(slide, rows=tuple(dealt[0]), roomy=roomy)
    return [
        first,
        *(
            replace(
                slide,
                id=f"{slide.id}-{n}",
                headline=gettext("%(headline)s, continued", headline=slide.headline),
                lede="",
                rows=tuple(more),
            )
            for n, more in enumerate(dealt[1:], start=2)
        ),
    ]


def _tall(row: ChartRow) -> float:
    """Points down for a row's marks."""
    return 0.75 * (row.plot.height if row.plot else row.bar.height if row.bar else 24)

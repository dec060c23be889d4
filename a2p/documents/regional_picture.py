"""A questionnaire's picture as a region's documents set it: sections of all, by kind and by county area; questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from a2p.documents import regional_words as words
from a2p.documents.charts import StackedBar, stacked_bar
from a2p.documents.cohort_charts import Frame, Plot, axis, dot_and_range, missing
from a2p.documents.language import gettext, noted
from a2p.documents.words import NONE, band_label, whole
from a2p.region.snapshot import Figures, Group, Picture, QuestionCell, SectionCell, Titled, Withheld
from a2p.scoring.frozen import FrozenBand


@dataclass(frozen=True, slots=True)
class Measures:
    """Widths of marks in CSS pixels: tracks of sections, kinds and questions; bars of bands, wide and narrow; bars of
    counts, short and long; of the whole page. Heights of a track and a bar, and the letters in marks."""

    track: float
    kind_track: float
    question_track: float
    bar: float
    kind_bar: float
    count: float
    long_count: float
    whole: float
    height: float = 20.0
    bar_height: float = 20.0
    font: float = 11.0


PAPER = Measures(
    track=234, kind_track=158, question_track=178, bar=400, kind_bar=128, count=64, long_count=136, whole=656
)
LARGE = Measures(
    track=650,
    kind_track=650,
    question_track=650,
    bar=650,
    kind_bar=650,
    count=120,
    long_count=120,
    whole=650,
    height=34,
    bar_height=40,
    font=22,
)
SCREEN = Measures(
    track=280, kind_track=200, question_track=200, bar=360, kind_bar=180, count=64, long_count=120, whole=600, font=13.5
)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A section in a group, or a group in a section: how many it is of, median, middle half (a dash below eight), the
    bar of bands, and three counts. Without figures, `withheld` says why."""

    id: str
    name: str
    n: str
    plot: Plot
    median: str = NONE
    half: str = NONE
    bar: StackedBar | None = None
    below: str = NONE
    wide: str = NONE
    gaps: str = NONE
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A section's rows: of kinds, or of questions."""

    id: str
    title: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A county area: how many partnerships are counted, and (median, class of its colour) by section."""

    name: str
    n: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """A questionnaire's part of the report. `labels` and `axis` are of its bands; `few_kinds` and `few_areas` are
    groups of which nothing is shown, by name; `one_kind` is the kind that all are of, if they are of one; `shown`
    whether anything is of all; `questions_of` is over how many partnerships questions are counted."""

    id: str
    title: str
    how: str
    headline: str
    lede: str
    axis: Plot
    kind_axis: Plot
    labels: tuple[str, ...]
    sections: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    kinds: tuple[Block, ...]
    few_kinds: tuple[str, ...]
    one_kind: str
    areas: tuple[AreaRow, ...]
    few_areas: tuple[str, ...]
    questions: tuple[Block, ...]
    questions_of: int
    together: bool
    shown: bool


_NOT_ASKED = noted("nobody was asked")


def picture_view(picture: Picture, measures: Measures) -> PictureView:
    """Everything that is shown of one questionnaire, answered in one way."""
    id_ = f"{picture.questionnaire}-{'together' if picture.together else 'apart'}"
    everybody = words.whole_group(picture)
    kinds = [group for group in picture.groups if group.by == "kind" and group.n]
    some = [group for group in kinds if words.shown(group)]
    areas = sorted((group for group in picture.groups if group.by == "area"), key=lambda group: group.title)
    cells = {cell.section: cell for cell in everybody.sections}
    return PictureView(
        id=id_,
        title=picture.title,
        how=words.answered(picture),
        headline=words.headline(picture),
        lede=words.lede(picture),
        axis=axis(_frame(picture, measures.track, measures)),
        kind_axis=axis(_frame(picture, measures.kind_track, measures)),
        labels=tuple(band_label(band) for band in picture.bands),
        sections=tuple(section.title for section in picture.sections),
        rows=tuple(
            _row(f"{id_}-{s.id}", s.title, cells.get(s.id), picture, measures, wide_marks=True)
            for s in picture.sections
        ),
        kinds=tuple(_kinds(id_, section, some, picture, measures) for section in picture.sections) if some else (),
        few_kinds=tuple(words.group_title(group) for group in kinds if not words.shown(group)),
        one_kind=words.group_title(kinds[0]) if len(kinds) == 1 else "",
        areas=tuple(_area(group, picture) for group in areas if words.shown(group)),
        few_areas=tuple(group.title for group in areas if not words.shown(group)),
        questions=_questions(id_, everybody, picture, measures),
        questions_of=max((cell.n for cell in everybody.questions), default=0),
        together=picture.together,
        shown=bool(words.shown(everybody)),
    )


def _frame(picture: Picture, width: float, measures: Measures) -> Frame:
    return Frame(words.bands_of(picture.bands), width, measures.height)


def _kinds(id_: str, section: Titled, kinds: Sequence[Group], picture: Picture, measures: Measures) -> Block:
    rows = []
    for group in kinds:
        cell = next((cell for cell in group.sections if cell.section == section.id), None)
        rows.append(
            _row(f"{id_}-{section.id}-{group.id}", words.group_title(group), cell, picture, measures, wide_marks=False)
        )
    return Block(f"{id_}-{section.id}", section.title, tuple(rows))


def _row(
    id_: str, name: str, cell: SectionCell | None, picture: Picture, measures: Measures, *, wide_marks: bool
) -> FigureRow:
    frame = _frame(picture, measures.track if wide_marks else measures.kind_track, measures)
    if cell is None or cell.figures is None:
        reason = words.WHY_NOT[cell.withheld] if cell and cell.withheld else _NOT_ASKED
        n = NONE if cell is None or cell.n is None else str(cell.n)
        return FigureRow(id_, name, n, missing(frame, name, gettext("not shown")), withheld=words.not_shown(reason))
    figures = cell.figures
    width = measures.bar if wide_marks else measures.kind_bar
    return FigureRow(
        id_,
        name,
        str(figures.n),
        dot_and_range(frame, name, figures.median, figures.quartiles),
        whole(figures.median),
        half(figures.quartiles),
        band_bar(figures, picture.bands, width=width, height=measures.bar_height, font=measures.font),
        str(figures.below_half),
        NONE if picture.together else str(figures.wide),
        NONE if picture.together else str(figures.gaps),
    )


def band_bar(figures: Figures, bands: Sequence[FrozenBand], *, width: float, height: float, font: float) -> StackedBar:
    """Partnerships by band."""
    counts = [(band_label(band), figures.bands.get(band.id, 0)) for band in bands]
    return stacked_bar(counts, width=width, height=height, font=font)


def half(quartiles: tuple[Fraction, Fraction] | None) -> str:
    """`50–71`: from the lower to the upper quartile."""
    return NONE if quartiles is None else f"{whole(quartiles[0])}–{whole(quartiles[1])}"


def _area(group: Group, picture: Picture) -> AreaRow:
    cells = {cell.section: cell for cell in group.sections}
    return AreaRow(
        group.title,
        str(group.n),
        tuple(heat(_median(cells.get(section.id)), picture.bands) for section in picture.sections),
    )


def _median(cell: SectionCell | None) -> Fraction | None:
    return cell.figures.median if cell and cell.figures else None


def heat(value: Fraction | None, bands: Sequence[FrozenBand]) -> tuple[str, str]:
    """A score and the class of its band's colour; a dash and none where there is no score."""
    if value is None:
        return NONE, "none"
    place = sum(band.start <= value for band in bands)
    return whole(value), f"heat-{len(bands)}-{max(1, place)}"


def _questions(id_: str, group: Group, picture: Picture, measures: Measures) -> tuple[Block, ...]:
    """The questions section by section, of sections in which any question has a figure."""
    cells = {cell.question: cell for cell in group.questions}
    blocks: list[Block] = []
    for number, section in enumerate(picture.sections, start=1):
        asked = [question for question in picture.questions if question.section == section.id]
        if not any(cells[each.id].median is not None for each in asked if each.id in cells):
            continue
        rows = [
            _question(f"{id_}-{each.id}", f"{number}.{nth}", each, cells.get(each.id), picture, measures)
            for nth, each in enumerate(asked, start=1)
        ]
        blocks.append(Block(f"{id_}-{section.id}-questions", f"{number} {section.title}", tuple(rows)))
    return tuple(blocks)


def _question(
    id_: str, number: str, asked: Titled, cell: QuestionCell | None, picture: Picture, measures: Measures
) -> FigureRow:
    frame = _frame(picture, measures.question_track, measures)
    name = f"{number} {asked.title}"
    if cell is None or cell.median is None:
        plot = missing(frame, name, gettext("not shown"))
        return FigureRow(
            id_, name, str(cell.n) if cell else NONE, plot, withheld=words.not_shown(words.WHY_NOT[Withheld.FEW])
        )
    plot = dot_and_range(frame, number, cell.median, cell.quartiles)
    return FigureRow(id_, name, str(cell.n), plot, whole(cell.median), half(cell.quartiles))

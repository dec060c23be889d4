"""Marks of groups of partnerships along a scale from 0 to 100: medians with the middle half, kinds beside one another,
before and after, one's own score beside others'. Pure geometry in CSS pixels, drawn by templates/macros/charts.html.

Marks differ in shape, never in colour alone; the title says in words all that they say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from a2p.documents.charts import SMALLEST_TEXT, Block, DotRow, score_track
from a2p.documents.language import gettext
from a2p.documents.words import whole

Shape: TypeAlias = Literal["dot", "ring", "square", "triangle", "tick"]
SHAPES: Mapping[Shape, str] = {"dot": "●", "square": "□", "triangle": "▲", "ring": "○", "tick": "│"}
"""Each shape as a character, for keys."""
KIND_SHAPES: tuple[Shape, ...] = ("dot", "square", "triangle", "ring")
_INSET = 7.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of this shape with its centre."""

    shape: Shape
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Plot:
    """A scale from 0 to 100 with its bands, a range, marks, and an arrow's line from `line[0]` to `line[1]`. Without
    marks it is drawn as missing, and says `missing`."""

    width: float
    height: float
    middle: float
    font: float
    blocks: tuple[Block, ...]
    span: tuple[float, float] | None
    line: tuple[float, float] | None
    marks: tuple[Mark, ...]
    title: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a plot is drawn: its size, and the bands as (label, where it starts)."""

    bands: Sequence[tuple[str, float]]
    width: float
    height: float = 20.0
    font: float = SMALLEST_TEXT

    def at(self, value: Fraction) -> float:
        """Where a score stands."""
        return round(_INSET + (self.width - 2 * _INSET) * float(value) / 100, 2)

    def blocks(self) -> tuple[Block, ...]:
        """The bands' stretches."""
        return score_track(None, self.bands, title="", width=self.width, height=self.height, font=self.font).blocks

    @property
    def middle(self) -> float:
        return round(self.height / 2, 2)


def dot_and_range(frame: Frame, what: str, median: Fraction, quartiles: tuple[Fraction, Fraction] | None) -> Plot:
    """A median as a dot, and the middle half of the partnerships as a bar where there are quartiles."""
    said = gettext("%(what)s: median %(median)s of 100", what=what, median=whole(median))
    if quartiles:
        said = gettext(
            "%(what)s: median %(median)s of 100, the middle half from %(low)s to %(high)s",
            what=what,
            median=whole(median),
            low=whole(quartiles[0]),
            high=whole(quartiles[1]),
        )
    return _plot(frame, said, span=quartiles, marks=(("dot", median, frame.middle),))


def beside_others(
    frame: Frame, what: str, own: Fraction | None, median: Fraction, quartiles: tuple[Fraction, Fraction] | None
) -> Plot:
    """One's own score as a dot, where there is one; others' median as an upright stroke, their middle half as a bar."""
    mine = gettext("no score of its own") if own is None else gettext("own score %(score)s", score=whole(own))
    said = gettext(
        "%(what)s: %(own)s, median of those like it %(median)s of 100", what=what, own=mine, median=whole(median)
    )
    if quartiles:
        said = gettext(
            "%(what)s: %(own)s, median of those like it %(median)s of 100, their middle half from %(low)s to %(high)s",
            what=what,
            own=mine,
            median=whole(median),
            low=whole(quartiles[0]),
            high=whole(quartiles[1]),
        )
    marks: list[_At] = [("tick", median, frame.middle)]
    if own is not None:
        marks.append(("dot", own, frame.middle))
    return _plot(frame, said, span=quartiles, marks=marks)


def before_and_after(frame: Frame, what: str, before: Fraction, after: Fraction) -> Plot:
    """From a ring, where it was, to a dot, where it is."""
    said = gettext(
        "%(what)s: %(before)s before, %(after)s after, of 100", what=what, before=whole(before), after=whole(after)
    )
    marks: tuple[_At, ...] = (("ring", before, frame.middle), ("dot", after, frame.middle))
    return _plot(frame, said, line=(before, after), marks=marks)


def side_by_side(frame: Frame, what: str, groups: Sequence[tuple[str, Fraction | None]]) -> Plot:
    """A mark for each of at most four groups, of a shape and in a lane of its own; none for a group without a value."""
    lane = frame.height / max(1, len(groups))
    marks: list[_At] = []
    said: list[str] = []
    for place, (name, value) in enumerate(groups):
        said.append(gettext("%(name)s not shown", name=name) if value is None else f"{name} {whole(value)}")
        if value is not None:
            marks.append((KIND_SHAPES[place % len(KIND_SHAPES)], value, lane * (place + 0.5)))
    return _plot(frame, f"{what}: " + ", ".join(said), marks=marks, missing=gettext("Not shown"))


def missing(frame: Frame, what: str, reason: str) -> Plot:
    """Nothing to draw, and why."""
    return _plot(frame, f"{what}: {reason}", marks=(), missing=reason)


def axis(frame: Frame) -> Plot:
    """The labels of the bands for over the plots; without blocks where they don't fit."""
    said = gettext("Bands from the lowest: %(bands)s", bands=", ".join(label for label, _ in frame.bands))
    blocks = frame.blocks()
    fits = all(block.label for block in blocks)
    return Plot(frame.width, frame.height, frame.middle, frame.font, blocks if fits else (), None, None, (), said)


def count_bar(count: int, *, most: int, title: str, width: float, height: float = 12.0) -> DotRow:
    """A count as a bar; `most` fills the width."""
    return DotRow(width, height, (), 0.0, round(width * count / max(1, most), 2), title)


_At: TypeAlias = tuple[Shape, Fraction, float]


def _plot(
    frame: Frame,
    said: str,
    *,
    marks: Sequence[_At],
    span: tuple[Fraction, Fraction] | None = None,
    line: tuple[Fraction, Fraction] | None = None,
    missing: str = "",
) -> Plot:
    return Plot(
        width=frame.width,
        height=frame.height,
        middle=frame.middle,
        font=frame.font,
        blocks=frame.blocks(),
        span=(frame.at(span[0]), frame.at(span[1])) if span else None,
        line=(frame.at(line[0]), frame.at(line[1])) if line else None,
        marks=tuple(Mark(shape, frame.at(value), round(y, 2)) for shape, value, y in marks),
        title=said,
        missing="" if marks else missing,
    )

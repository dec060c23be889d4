"""Where every mark of a chart stands: pure geometry, drawn by templates/macros/charts.html in pages and documents.

Lengths are in CSS pixels (96 to an inch). Every chart has a title that says in words all that the marks say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from a2p.documents.language import gettext
from a2p.documents.palette import Step, steps

GAP = 1.5
SMALLEST_TEXT = 10.7  # 8 pt
_DIGIT = 0.556  # width of a bold digit of Arimo, in ems
_LETTER = 0.62  # wider than nearly every letter, so that labels stay inside
_INSET = 7.0  # room for half a dot at each end of a track


@dataclass(frozen=True, slots=True)
class Piece:
    """One level's part of a stacked bar. `number` is empty where it would not fit; `middle` is the number's centre."""

    x: float
    width: float
    middle: float
    number: str
    step: Step


@dataclass(frozen=True, slots=True)
class StackedBar:
    """Voices by level. Without voices there are no pieces, and the bar is drawn as missing. `in_words` is the bar for
    who can't have it drawn: every level with its count, `Basic 3 · Working 4`."""

    width: float
    height: float
    font: float
    baseline: float
    pieces: tuple[Piece, ...]
    title: str
    in_words: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One band's stretch of a score track; `marked` where the band alone may be shown."""

    x: float
    width: float
    middle: float
    label: str
    odd: bool
    marked: bool


@dataclass(frozen=True, slots=True)
class ScoreTrack:
    """A score between 0 and 100 among its bands; `dot` is None where there is no score to show."""

    width: float
    height: float
    middle: float
    font: float
    blocks: tuple[Block, ...]
    dot: float | None
    title: str


@dataclass(frozen=True, slots=True)
class DotRow:
    """A count as a row of dots, or as one bar (`bar`, its length) where dots would be too small to count."""

    width: float
    height: float
    dots: tuple[float, ...]
    radius: float
    bar: float | None
    title: str


def stacked_bar(counts: Sequence[tuple[str, int]], *, width: float, height: float, font: float = 11.0) -> StackedBar:
    """A bar of the voices at each level, given as (label, count), lowest level first; the pieces fill the width.

    A piece is as wide as its share, but never so narrow that its number would not fit, while there is room for that.
    """
    colours = steps(len(counts))
    shown = [(count, colours[k]) for k, (_, count) in enumerate(counts) if count]
    pieces: list[Piece] = []
    x = 0.0
    for (count, colour), wide in zip(shown, _widths([count for count, _ in shown], width, font), strict=True):
        drawn = wide if len(pieces) == len(shown) - 1 else wide - GAP
        number = str(count) if _number(count, font) <= drawn else ""
        pieces.append(Piece(round(x, 2), round(drawn, 2), round(x + drawn / 2, 2), number, colour))
        x += wide
    in_words = " · ".join(f"{label} {count}" for label, count in counts)
    baseline = round(height / 2 + font * 0.36, 2)
    return StackedBar(width, height, font, baseline, tuple(pieces), _bar_title(counts), in_words)


def score_track(
    score: float | None,
    bands: Sequence[tuple[str, float]],
    *,
    title: str,
    width: float,
    height: float = 20.0,
    marked: int | None = None,
    font: float = SMALLEST_TEXT,
) -> ScoreTrack:
    """A score among bands, given as (label, where it starts).

    `marked` is the band to mark where the score is not shown. Labels are given only if all fit over their own band.
    """
    span = width - 2 * _INSET
    edges = [_INSET + span * start / 100 for _, start in bands] + [width - _INSET]
    fits = all(len(label) * _LETTER * font <= right - left for (label, _), left, right in _stretches(bands, edges))
    blocks = tuple(
        Block(
            x=round(left, 2),
            width=round(right - left - (GAP if k < len(bands) - 1 else 0), 2),
            middle=round((left + right - GAP) / 2, 2),
            label=label if fits else "",
            odd=k % 2 == 1,
            marked=k == marked,
        )
        for k, ((label, _), left, right) in enumerate(_stretches(bands, edges))
    )
    dot = None if score is None else round(_INSET + span * score / 100, 2)
    return ScoreTrack(width, height, round(height / 2, 2), font, blocks, dot, title)


def dot_row(count: int, *, most: int, title: str, width: float, height: float = 14.0) -> DotRow:
    """`count` dots, spaced so that `most` of them fill the width; one bar in place of dots that would nearly touch."""
    pitch = min(12.0, width / max(1, most))
    if pitch < 6:
        return DotRow(width, height, (), 0.0, round(pitch * count, 2), title)
    dots = tuple(round(pitch * (k + 0.5), 2) for k in range(count))
    return DotRow(width, height, dots, round(pitch * 0.36, 2), None, title)


def _stretches(
    bands: Sequence[tuple[str, float]], edges: Sequence[float]
) -> list[tuple[tuple[str, float], float, float]]:
    return list(zip(bands, edges[:-1], edges[1:], strict=True))


def _number(count: int, font: float) -> float:
    return len(str(count)) * _DIGIT * font


def _widths(counts: Sequence[int], width: float, font: float) -> list[float]:
    """Shares of the width, raised to what the numbers need; the rest is shared among those with room."""
    if not counts:
        return []
    least = [_number(count, font) + 4 + GAP for count in counts]
    if sum(least) > width:
        least = [width * each / sum(least) for each in least]
    raised: set[int] = set()
    while True:
        room = width - sum(least[k] for k in raised)
        others = sum(count for k, count in enumerate(counts) if k not in raised)
        wide = [least[k] if k in raised else room * count / others for k, count in enumerate(counts)]
        short = {k for k, each in enumerate(wide) if each < least[k] - 1e-9}
        if not short:
            return wide
        raised |= short


def _bar_title(counts: Sequence[tuple[str, int]]) -> str:
    if not any(count for _, count in counts):
        return gettext("No answers")
    return ", ".join(f"{label}: {count}" for label, count in counts)

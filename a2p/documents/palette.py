"""The colours of marks: one hue from light to dark for the levels of a scale, one accent for disagreement alone.

Lightness (CIE L*) falls in equal steps, so that levels stay apart on a black-and-white copier. Contrast is WCAG 2's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin

INK = "#17252a"
MUTED = "#4d5d63"
RULE = "#c5d0d3"
DARK = "#0b4350"
ACCENT = "#9a4a06"
PAPER = "#ffffff"

_LIGHTEST, _DARKEST = 93.0, 25.0
_READABLE = 4.5
# CIE LCh of the hue's light end, middle and dark end: chroma and hue angle in degrees.
_HUE = 213.0
_CHROMA = ((93.0, 4.0), (60.0, 21.0), (25.0, 18.0))


@dataclass(frozen=True, slots=True)
class Step:
    """One level's colours as #rrggbb: its fill, the text on it, and an outline where the fill alone is too pale."""

    fill: str
    text: str
    outline: str | None


@cache
def steps(levels: int) -> tuple[Step, ...]:
    """The colours of a scale of 2 to 11 levels, lightest first. Text on each has a contrast of 4.5 or more."""
    if not 2 <= levels <= 11:
        raise ValueError(f"A scale has 2 to 11 levels, not {levels}")
    fall = (_LIGHTEST - _DARKEST) / (levels - 1)
    fills = [_colour(_LIGHTEST - k * fall) for k in range(levels)]
    return tuple(Step(fill, _text_on(fill), DARK if contrast(fill, PAPER) < 1.6 else None) for fill in fills)


def palette_css() -> str:
    """Classes `step-A-k` (the k-th of A levels) for swatches in HTML, and `heat-A-k` for cells of a table with a number
    in them; the SVG charts carry their colours themselves."""
    every = [(levels, k, step) for levels in range(2, 12) for k, step in enumerate(steps(levels), start=1)]
    swatches = (
        f".step-{levels}-{k}{{background:{step.fill};border-color:{step.outline or step.fill}}}\n"
        for levels, k, step in every
    )
    cells = (f".heat-{levels}-{k}{{background:{step.fill};color:{step.text}}}\n" for levels, k, step in every)
    return "".join((*swatches, *cells))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _text_on(fill: str) -> str:
    return PAPER if contrast(PAPER, fill) >= _READABLE else "#000000"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _colour(lightness: float) -> str:
    """The hue at this L*, by way of CIE Lab and XYZ (white D65) to sRGB."""
    chroma = _chroma(lightness)
    fy = (lightness + 16) / 116
    x = 0.95047 * _cube(fy + chroma * cos(radians(_HUE)) / 500)
    y = _cube(fy)
    z = 1.08883 * _cube(fy - chroma * sin(radians(_HUE)) / 200)
    channels = (
        3.2406 * x - 1.5372 * y - 0.4986 * z,
        -0.9689 * x + 1.8758 * y + 0.0415 * z,
        0.0557 * x - 0.2040 * y + 1.0570 * z,
    )
    return "#" + "".join(f"{round(255 * _gamma(channel)):02x}" for channel in channels)


def _chroma(lightness: float) -> float:
    (light, pale), (middle, full), (dark, deep) = _CHROMA
    if lightness >= middle:
        return pale + (full - pale) * (light - lightness) / (light - middle)
    return full + (deep - full) * (middle - lightness) / (middle - dark)


def _cube(value: float) -> float:
    return value**3 if value > 6 / 29 else 3 * (6 / 29) ** 2 * (value - 4 / 29)


def _gamma(channel: float) -> float:
    channel = min(1.0, max(0.0, channel))
    return 12.92 * channel if channel <= 0.0031308 else float(1.055 * channel ** (1 / 2.4) - 0.055)

"""Points of a scale's levels, and the score of a histogram (scoring rules 1 and 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from a2p.definition.model import Level


def scale_points(levels: Sequence[Level]) -> tuple[Fraction, ...]:
    """Points of each level, lowest first, 0-100: evenly spaced unless the scale gives its own."""
    if all(level.points is None for level in levels):
        steps = len(levels) - 1
        return tuple(Fraction(100 * step, steps) for step in range(len(levels)))
    if any(level.points is None for level in levels):
        raise ValueError("a scale gives points for all of its levels or for none")
    return tuple(Fraction(level.points) for level in levels if level.points is not None)


def histogram_score(histogram: Sequence[int], points: Sequence[Fraction]) -> Fraction | None:
    """Mean points of the voices in `histogram` (voices at each level); None if there are none."""
    voices = sum(histogram)
    if not voices:
        return None
    counted = ((count, worth) for count, worth in zip(histogram, points, strict=True) if count)
    return sum((count * worth for count, worth in counted), Fraction(0)) / voices


def weighted_mean(parts: Iterable[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """Mean of (value, weight) pairs over the values that exist; None if none does."""
    counted = [(value, weight) for value, weight in parts if value is not None]
    if not counted:
        return None
    total = sum((value * weight for value, weight in counted), Fraction(0))
    return total / sum((weight for _, weight in counted), Fraction(0))

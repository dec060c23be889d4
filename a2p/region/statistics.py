"""The middle of a group's scores, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value; of an even number of values the mean of the middle two. ValueError if there are none."""
    if not values:
        raise ValueError("no values have no median")
    ordered = in_order(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def quartiles(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """The lower and the upper quartile: the medians of the lower and of the upper half of the values, where an odd
    number's middle value is in neither (Moore and McCabe). ValueError for fewer than two values."""
    if len(values) < 2:
        raise ValueError("quartiles need two values")
    ordered = in_order(values)
    half = len(ordered) // 2
    return median(ordered[:half]), median(ordered[-half:])


def in_order(values: Sequence[Fraction]) -> list[Fraction]:
    """The values from the lowest to the highest. Rounding to a number keeps the order, and comparing numbers costs a
    fraction of comparing fractions, which are left to decide between those that round to the same."""
    return sorted(values, key=lambda value: (value.numerator / value.denominator, value))

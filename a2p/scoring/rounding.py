"""Rounding, for showing only: half to even, from the exact value, the same wherever a number is shown."""

from __future__ import annotations

from fractions import Fraction


def whole(value: Fraction) -> str:
    """A score as pages show it: `"67"` for 200/3."""
    return str(round(value))


def tenth(value: Fraction) -> str:
    """A figure as tables show it, one decimal always: `"66.7"`, `"50.0"`, `"-0.4"`."""
    tenths = round(value * 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


def six_places(value: Fraction) -> int | float:
    """A JSON number of at most six decimals: 50 for 50, 66.666667 for 200/3. Whole values are integers, never 50.0."""
    rounded = round(value, 6)
    return rounded.numerator if rounded.denominator == 1 else float(rounded)

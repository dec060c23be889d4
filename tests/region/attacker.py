"""Somebody who keeps all that they ever received of a region and works out what they may not know. No code of a2p's.

They know who is counted in every figure, who has a score, and some results by name. Of one section:
- `small_sum`: exact linear algebra over the counts (in bands, below 50, wide, gaps): a group of one to four results not
  known by name whose count follows from the counts received;
- `pinned`: every possible world of few results on few scores, by counts, medians and quartiles: a result whose score is
  the same in all of them, unless five are seen to be alike, or a group of two to four whose scores are, whoever has
  which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import gcd

import numpy as np
from numpy.typing import NDArray

SMALL = 4
"""Members of the largest group that nothing may be known of."""
TOO_MANY = 60_000
"""Worlds beyond which they are not gone through."""
SCORES = (20, 40, 80)
"""The scores of the worlds that are gone through: in three bands, two of them below 50."""


@dataclass(frozen=True)
class Seen:
    """A figure of the results `members`: median, quartiles, and how many are at each of SCORES (None: not told)."""

    members: frozenset[int]
    median: Fraction
    quartiles: tuple[Fraction, Fraction] | None
    counts: tuple[int, ...] | None


def small_sum(seen: Iterable[Seen], known: Iterable[int]) -> tuple[int, ...] | None:
    """A group of one to SMALL unknown results whose counts follow from those received; None if there is none."""
    named = frozenset(known)
    rows = {each.members - named for each in seen}
    unknown = sorted(frozenset().union(*rows))
    matrix = [[int(result in row) for result in unknown] for row in rows]
    free = _null_space(matrix, len(unknown))
    marks = {result: tuple(vector[k] for vector in free) for k, result in enumerate(unknown)}
    return _adding_to_nothing(marks)


def _null_space(matrix: list[list[int]], width: int) -> list[list[int]]:
    """A basis of all that the rows can't see, in whole numbers: exact elimination, rows divided by what they share."""
    pivots: dict[int, list[int]] = {}
    for row in matrix:
        for at, other in pivots.items():
            row = _without(row, other, at)  # noqa: PLW2901 - the row is worked on
        lead = next((k for k, value in enumerate(row) if value), None)
        if lead is not None:
            pivots = {at: _without(other, row, lead) for at, other in pivots.items()}
            pivots[lead] = row
    basis = []
    for column in (k for k in range(width) if k not in pivots):
        scale = 1
        for at, row in pivots.items():
            scale = scale * row[at] // gcd(scale, row[at])
        vector = [0] * width
        vector[column] = scale
        for at, row in pivots.items():
            vector[at] = -row[column] * scale // row[at]
        basis.append(vector)
    return basis


def _without(row: list[int], other: list[int], at: int) -> list[int]:
    if not row[at]:
        return row
    made = [value * other[at] - what * row[at] for value, what in zip(row, other, strict=True)]
    shared = gcd(*made)
    return [value // shared for value in made] if shared > 1 else made


def _adding_to_nothing(marks: dict[int, tuple[int, ...]]) -> tuple[int, ...] | None:
    """One to four results whose marks add up to zero: whatever the counts leave open, their sum is the same."""
    parts = [group for size in (1, 2) for group in combinations(marks, size)]
    by_sum: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for group in parts:
        by_sum.setdefault(_sum(marks, group), []).append(group)
    for group in parts:
        total = _sum(marks, group)
        if not any(total):
            return group
        for other in by_sum.get(tuple(-value for value in total), ()):
            if not set(group) & set(other):
                return (*group, *other)
    return None


def _sum(marks: dict[int, tuple[int, ...]], group: Iterable[int]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(marks[each] for each in group), strict=True)))


def pinned(seen: Sequence[Seen], known: dict[int, int]) -> tuple[int, ...] | None:
    """A result whose score is told, or a group of two to SMALL whose scores are; None if there is none, or if there are
    TOO_MANY worlds. `known` has the scores known by name."""
    results = sorted(frozenset().union(*(each.members for each in seen)))
    if not results:
        return None
    worlds = _worlds(seen, known, results)
    if worlds is None:
        return None
    unknown = [k for k, result in enumerate(results) if result not in known]
    told = [k for k in unknown if (worlds[:, k] == worlds[0, k]).all()]
    for k in told:
        if sum(worlds[0, other] == worlds[0, k] for other in told) <= SMALL:
            return (results[k],)
    codes = (len(results) + 1) ** worlds.astype(np.int64)
    open_ones = [k for k in unknown if k not in told]
    for size in range(2, SMALL + 1):
        for group in combinations(open_ones, size):
            sums = codes[:, group].sum(axis=1)
            if (sums == sums[0]).all():
                return tuple(results[k] for k in group)
    return None


def _worlds(seen: Sequence[Seen], known: dict[int, int], results: Sequence[int]) -> NDArray[np.int8] | None:
    """Every way to give the results scores (by place in SCORES) that fits all that was seen; one row each. Results are
    taken up one at a time, and a figure is held against the worlds as soon as all its members have a score."""
    worlds = np.zeros((1, 0), dtype=np.int8)
    for k, result in enumerate(results):
        if len(worlds) > TOO_MANY:
            return None
        choices = [SCORES.index(known[result])] if result in known else range(len(SCORES))
        worlds = np.concatenate([np.c_[worlds, np.full(len(worlds), each, dtype=np.int8)] for each in choices])
        for each in seen:
            places = [place for place, other in enumerate(results[: k + 1]) if other in each.members]
            if k in places:
                worlds = worlds[_fits(worlds[:, places], each)]
    return worlds


def _fits(scores: NDArray[np.int8], seen: Seen) -> NDArray[np.bool_]:
    fits = np.ones(len(scores), dtype=bool)
    if seen.counts is not None:
        for score, count in enumerate(seen.counts):
            found = (scores == score).sum(axis=1)
            fits &= (found <= count) & (found + len(seen.members) - scores.shape[1] >= count)
    if scores.shape[1] == len(seen.members):
        points = np.sort(np.array(SCORES)[scores], axis=1)
        half = points.shape[1] // 2
        fits &= _middle(points) == int(2 * seen.median)
        if seen.quartiles is not None:
            fits &= _middle(points[:, :half]) == int(2 * seen.quartiles[0])
            fits &= _middle(points[:, -half:]) == int(2 * seen.quartiles[1])
    return fits


def _middle(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    """Twice the median of each row."""
    size = ordered.shape[1]
    middle: NDArray[np.int64] = ordered[:, (size - 1) // 2] + ordered[:, size // 2]
    return middle

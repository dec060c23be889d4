"""What a shown band would give away about the questions that are withheld.

Somebody who sees the scores of a section's other questions and its band can list the scores that each withheld question
may have. The band may be shown only if that list never comes down to one score, whichever band could have come out. The
test uses nothing but what is shown anyway, so its own outcome tells nothing. What remains: the list may be short.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement, product
from math import lcm, prod
from typing import TypeAlias

from a2p.scoring.bands import FLOOR, VOICES_APART, enough

# Above so many possibilities (more than three withheld questions on four levels) the band is withheld unexamined.
MOST_POSSIBILITIES = 50_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown of a section: the sum of weighted scores and of weights of its shown questions, how many of them
    count for a band, of how many that anybody was asked, and whether one of the key questions is low."""

    weighted: Fraction
    weight: Fraction
    scored: int
    asked: int
    low_key: bool


@dataclass(frozen=True, slots=True)
class Hidden:
    """A withheld question with 0 to `most_voices` voices behind it. One without don't know has at least one, and
    whoever knows the partnership may know how many."""

    points: tuple[Fraction, ...]
    weight: Fraction
    key: bool
    most_voices: int
    dont_know: bool


_Outcome: TypeAlias = tuple[int, bool] | None


@dataclass(frozen=True, slots=True)
class _Guess:
    """One possibility for a withheld question: `known` voices (None if nobody can know), and its weighted score."""

    known: int | None
    score: int | None
    weight: int
    counts: bool
    low_key: bool


@lru_cache(maxsize=1024)
def band_gives_away(starts: tuple[Fraction, ...], seen: Seen, hidden: tuple[Hidden, ...]) -> bool:
    """Whether the section's band could pin one of the withheld questions to a single score."""
    unit = _common_unit(starts, seen, hidden)
    choices = [tuple(_guesses(each, unit)) for each in hidden]
    if prod(len(choice) for choice in choices) > MOST_POSSIBILITIES:
        return True
    edges = [int(start * unit) for start in starts]
    found: dict[tuple[tuple[int | None, ...], _Outcome], tuple[set[int], ...]] = {}
    for guess in product(*choices):
        key = (tuple(each.known for each in guess), _outcome(edges, seen, guess, unit))
        scores = found.setdefault(key, tuple(set() for _ in hidden))
        for each, possible in zip(guess, scores, strict=True):
            if each.score is not None:
                possible.add(each.score)
    return any(len(possible) == 1 for scores in found.values() for possible in scores)


def _common_unit(starts: tuple[Fraction, ...], seen: Seen, hidden: tuple[Hidden, ...]) -> int:
    """A factor that makes every score, weight and edge a whole number, so that comparing is fast."""
    exact = [*starts, seen.weighted, seen.weight, FLOOR]
    for each in hidden:
        exact += [each.weight, *(worth * each.weight / n for worth in each.points for n in range(1, 5))]
    return lcm(*(value.denominator for value in exact))


def _guesses(hidden: Hidden, unit: int) -> Iterator[_Guess]:
    weight = int(hidden.weight * unit)
    if hidden.dont_know:
        yield _Guess(None, None, 0, counts=False, low_key=False)
    seen: set[tuple[int | None, Fraction, bool]] = set()
    for voices in range(1, hidden.most_voices + 1):
        for levels in combinations_with_replacement(hidden.points, voices):
            score = sum(levels, Fraction(0)) / voices
            known = None if hidden.dont_know else voices
            counts = voices >= VOICES_APART
            if (known, score, counts) not in seen:
                seen.add((known, score, counts))
                low = hidden.key and counts and score < FLOOR
                yield _Guess(known, int(score * hidden.weight * unit), weight, counts, low)


def _outcome(edges: Sequence[int], seen: Seen, guess: tuple[_Guess, ...], unit: int) -> _Outcome:
    """The band that this possibility gives: its place, and whether a shown key question is said to have lowered it."""
    if not enough(seen.scored + sum(each.counts for each in guess), seen.asked):
        return None
    total = int(seen.weighted * unit) + sum(each.score or 0 for each in guess)
    weight = int(seen.weight * unit) + sum(each.weight for each in guess)
    # `total` and `weight` carry one factor of the unit each, an edge carries one more than its quotient.
    place = sum(1 for edge in edges if edge * weight <= total * unit) - 1
    if place > 1 and (seen.low_key or any(each.low_key for each in guess)):
        return 1, seen.low_key
    return place, False

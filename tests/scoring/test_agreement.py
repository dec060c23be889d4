"""Rule 5 by hand and by brute force: average deviation, labels, patterns, r_wg, and c(n, A)."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest

from a2p.scoring.agreement import agreement, patterns, section_agreement
from a2p.scoring.limits import chance_limit, enumerated_limit


def brute_force_limit(voices: int, size: int) -> Fraction | None:
    """c(n, A) from every single way to answer."""
    ways: Counter[Fraction] = Counter()
    for levels in product(range(size), repeat=voices):
        mean = Fraction(sum(levels), voices)
        ways[sum((abs(level - mean) for level in levels), Fraction(0)) / voices] += 1
    allowed = [
        value for value in ways if Fraction(sum(ways[v] for v in ways if v <= value), size**voices) <= Fraction(1, 20)
    ]
    return max(allowed, default=None)


@pytest.mark.parametrize(("voices", "size"), [(5, 2), (6, 2), (9, 2), (5, 3), (7, 3), (5, 4), (6, 4), (5, 5), (5, 6)])
def test_the_table_of_chance_limits_is_what_brute_force_gives(voices: int, size: int) -> None:
    assert chance_limit(voices, size) == brute_force_limit(voices, size)


@pytest.mark.parametrize("size", range(2, 12))
def test_the_table_of_chance_limits_is_what_its_function_makes(size: int) -> None:
    longest = 14 if size <= 4 else 7
    for voices in range(5, longest + 1):
        assert chance_limit(voices, size) == enumerated_limit(voices, size)


def test_the_chance_limits_on_four_levels_are_the_published_ones() -> None:
    stated = ["8/25", "4/9", "20/49", "1/2", "46/81", "14/25", "76/121", "47/72", "110/169", "65/98"]
    assert [chance_limit(voices, 4) for voices in range(5, 15)] == [Fraction(value) for value in stated]


def test_average_deviation_is_in_levels_about_the_mean() -> None:
    found = agreement([1, 0, 0, 1])
    assert found is not None
    assert found.ad == Fraction(3, 2)
    assert found.label is None


def test_one_voice_has_no_agreement() -> None:
    assert agreement([0, 1, 0, 0]) is None


@pytest.mark.parametrize(
    ("histogram", "label"),
    [
        ([0, 4, 1, 0], "close"),  # AD 8/25, the limit for five voices
        ([0, 3, 2, 0], None),  # AD 12/25: above what chance seldom gives
        ([0, 3, 1, 0], None),  # four voices: no label
        ([4, 0, 0, 4], "wide"),
        ([2, 1, 1, 2], "wide"),  # AD 7/6
        ([0, 4, 4, 1], "mixed"),
        ([0, 2, 4, 1], None),  # the same, below nine voices
        ([0, 9, 9, 0], "close"),  # AD 1/2 <= 4/6 from fifteen on
        ([5, 5, 5, 0], "close"),  # AD 2/3 = A/6, fifteen voices
        ([6, 4, 6, 0], "mixed"),
        ([0, 5], None),  # two levels, five voices: chance gives this too often
        ([0, 6], "close"),
    ],
)
def test_labels(histogram: list[int], label: str | None) -> None:
    found = agreement(histogram)
    assert found is not None
    assert found.label == label


@pytest.mark.parametrize(
    ("histogram", "expected"),
    [
        ([0, 3, 2, 0], ("within-one-level",)),
        ([0, 2, 2, 0], ()),
        ([2, 2, 0, 2], ("split",)),
        ([2, 0, 3, 0], ()),  # five voices
        ([2, 0, 4, 0], ("split",)),
        ([1, 0, 5, 0], ("lone-voice",)),
        ([1, 5, 0, 0], ("within-one-level",)),
        ([1, 1, 4, 0], ()),  # others within a level, but the lone one is 1.8 from their mean
        ([1, 0, 4, 1], ("lone-voice",)),
        ([0, 5, 0, 1], ("lone-voice",)),
        ([1, 0, 4, 0, 1], ()),  # two apart
        ([6, 0, 0, 6], ("split",)),
    ],
)
def test_patterns_come_in_their_order(histogram: list[int], expected: tuple[str, ...]) -> None:
    assert patterns(histogram) == expected


def test_r_wg_compares_the_sample_variance_with_that_of_chance() -> None:
    alike, apart = agreement([0, 5, 0, 0]), agreement([3, 0, 0, 2])
    assert alike is not None
    assert alike.r_wg == 1
    assert apart is not None
    assert apart.r_wg == 1 - Fraction(27, 10) / Fraction(15, 12)


def test_a_sections_agreement_is_the_median_of_its_questions_with_five_voices() -> None:
    found = section_agreement([[0, 5, 0, 0], [3, 0, 0, 3], [0, 4, 1, 0], [2, 0, 0, 2]])
    assert found is not None
    # Of AD 0, 3/2 and 8/25 the middle one; the median of 5, 6 and 5 voices is 5.
    assert (found.ad, found.label, found.patterns, found.r_wg) == (Fraction(8, 25), "close", (), None)


def test_of_an_even_number_of_questions_the_two_in_the_middle_are_averaged() -> None:
    found = section_agreement([[0, 5, 0, 0], [3, 0, 0, 3]])
    assert found is not None
    # Median voices 5.5, rounded down to 5; AD 3/4 is neither close nor wide.
    assert (found.ad, found.label) == (Fraction(3, 4), None)


def test_a_section_of_mixed_scales_or_too_few_voices_has_no_agreement() -> None:
    assert section_agreement([[0, 5, 0, 0], [0, 5, 0]]) is None
    assert section_agreement([[0, 4, 0, 0]]) is None
    assert section_agreement([]) is None

from collections.abc import Sequence
from fractions import Fraction
from statistics import median as other_median

import pytest
from hypothesis import given
from hypothesis import strategies as some

from a2p.region.statistics import in_order, median, quartiles

SCORES = some.lists(some.fractions(min_value=0, max_value=100, max_denominator=12), min_size=2, max_size=20)


def _fractions(*values: int) -> list[Fraction]:
    return [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("values", "middle"),
    [((7,), Fraction(7)), ((3, 1, 2), Fraction(2)), ((1, 2), Fraction(3, 2)), ((9, 1, 4, 4), Fraction(4))],
)
def test_the_median_is_the_middle_value_or_the_mean_of_the_middle_two(values: Sequence[int], middle: Fraction) -> None:
    assert median(_fractions(*values)) == middle


def test_quartiles_of_an_even_number_are_medians_of_the_halves() -> None:
    assert quartiles(_fractions(8, 7, 6, 5, 4, 3, 2, 1)) == (Fraction(5, 2), Fraction(13, 2))


def test_quartiles_of_an_odd_number_leave_the_middle_value_out_of_both_halves() -> None:
    assert quartiles(_fractions(1, 2, 3, 4, 5, 6, 7, 8, 9)) == (Fraction(5, 2), Fraction(15, 2))


@given(SCORES)
def test_the_middle_is_as_a_library_has_it_and_between_the_quartiles(values: list[Fraction]) -> None:
    lower, upper = quartiles(values)
    assert median(values) == other_median(values)
    assert min(values) <= lower <= median(values) <= upper <= max(values)


@given(SCORES, some.randoms())
def test_order_does_not_matter(values: list[Fraction], chance: object) -> None:
    backwards = sorted(values, reverse=True)
    assert (median(values), quartiles(values)) == (median(backwards), quartiles(backwards))


def test_nothing_has_no_middle() -> None:
    with pytest.raises(ValueError, match="no median"):
        median([])
    with pytest.raises(ValueError, match="two values"):
        quartiles(_fractions(1))


def test_values_that_round_to_the_same_number_are_in_their_exact_order() -> None:
    near = Fraction(1, 3) + Fraction(1, 10**30)
    assert float(near) == float(Fraction(1, 3))
    assert in_order([near, Fraction(1, 3), Fraction(0)]) == [Fraction(0), Fraction(1, 3), near]

from collections.abc import Iterator

from a2p.region.atoms import atoms_of, permitted
from a2p.region.snapshot import Withheld


def _those(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1))


def test_five_are_shown_and_four_are_too_few() -> None:
    assert permitted([_those(1, 5)], atoms_of([])) == [None]
    assert permitted([_those(1, 4)], atoms_of([])) == [Withheld.FEW]


def test_the_same_group_again_may_always_be_shown() -> None:
    assert permitted([_those(1, 7)], atoms_of([_those(1, 7)])) == [None]


def test_four_joiners_would_be_the_difference_and_five_may_join() -> None:
    assert permitted([_those(1, 14)], atoms_of([_those(1, 10)])) == [Withheld.SUBTRACTION]
    assert permitted([_those(1, 15)], atoms_of([_those(1, 10)])) == [None]


def test_four_leavers_would_be_the_difference_and_five_may_leave() -> None:
    assert permitted([_those(5, 15)], atoms_of([_those(1, 15)])) == [Withheld.SUBTRACTION]
    assert permitted([_those(6, 15)], atoms_of([_those(1, 15)])) == [None]


def test_joiners_and_leavers_are_not_weighed_against_one_another() -> None:
    assert permitted([_those(4, 13)], atoms_of([_those(1, 10)])) == [Withheld.SUBTRACTION]


def test_a_small_third_kind_hides_the_second_and_the_first_stays() -> None:
    everybody, districts, unitaries, counties = _those(1, 16), _those(1, 7), _those(8, 13), _those(14, 16)
    assert permitted([everybody, districts, unitaries, counties], atoms_of([])) == [
        None,
        None,
        Withheld.SUBTRACTION,
        Withheld.FEW,
    ]


def test_an_area_that_takes_in_all_but_one_of_a_kind_is_withheld_beside_it() -> None:
    districts, area = _those(1, 6), frozenset({1, 2, 3, 4, 5, 11})
    assert permitted([_those(1, 16), districts, area], atoms_of([])) == [None, None, Withheld.SUBTRACTION]


def test_differences_over_several_snapshots_count() -> None:
    before = [_those(1, 10), _those(6, 16)]
    assert permitted([_those(1, 16)], atoms_of(before)) == [None]
    assert permitted([_those(3, 14)], atoms_of(before)) == [Withheld.SUBTRACTION]


def test_those_known_by_name_do_not_hide_others() -> None:
    named = frozenset({1, 2})
    assert permitted([_those(1, 6)], atoms_of([], [named])) == [Withheld.SUBTRACTION]
    assert permitted([_those(1, 7)], atoms_of([], [named])) == [None]


def test_joiners_known_by_name_may_be_fewer_than_five() -> None:
    assert permitted([_those(1, 12)], atoms_of([_those(1, 10)], [frozenset({11, 12})])) == [None]


def test_what_is_known_only_in_part_is_hidden_as_if_it_were_not_known() -> None:
    scores, whole = frozenset({11, 12}), frozenset[int]()
    assert permitted([_those(1, 12)], atoms_of([_those(1, 10)], [scores, whole])) == [Withheld.SUBTRACTION]


class _Read(frozenset[int]):
    """A cohort that counts how often its members are read."""

    read = 0

    def __iter__(self) -> Iterator[int]:
        for each in super().__iter__():
            _Read.read += 1
            yield each


def test_checking_reads_each_member_of_each_cohort_a_fixed_number_of_times() -> None:
    found: list[int] = []
    for size in (50, 400):
        _Read.read = 0
        history = [_Read(range(year, year + size)) for year in range(0, 50 * size, size)]
        permitted([_Read(range(5, size + 5))], atoms_of(history))
        found.append(_Read.read)
    assert found[1] == 8 * found[0]

"""The nearest set of partnerships: held against a search through all sets, in small regions."""

from collections.abc import Iterable, Sequence
from itertools import chain, combinations
from random import Random

from a2p.region.atoms import atoms_of
from a2p.region.ledger import Cohort, Names
from a2p.region.nearest import nearest
from a2p.region.snapshot import MINIMUM
from tests.region.regions import counted, result


def _cohort(partnerships: Iterable[int]) -> Cohort:
    return frozenset(result(each) for each in partnerships)


def _random_cohorts(chance: Random) -> list[Cohort]:
    """What may have been shown before: each cohort allowed beside those before it."""
    shown: list[Cohort] = []
    for _ in range(chance.randint(1, 4)):
        cohort = _cohort(chance.sample(range(1, 16), chance.randint(5, 15)))
        if atoms_of(shown).allows(cohort):
            shown.append(cohort)
    return shown


def _largest(wanted: Sequence[int], before: Sequence[Cohort]) -> int:
    """Members of the largest part of the wanted that may be shown, 0 if there is none of five."""
    atoms = atoms_of(before)
    parts = chain.from_iterable(combinations(wanted, size) for size in range(len(wanted), MINIMUM - 1, -1))
    return next((len(part) for part in parts if atoms.allows(_cohort(part))), 0)


def test_no_larger_part_of_those_wanted_could_be_counted() -> None:
    changed = 0
    for seed in range(120):
        chance = Random(seed)
        before = _random_cohorts(chance)
        wanted = sorted(chance.sample(range(1, 16), chance.randint(5, 13)))
        chosen = nearest([counted(each) for each in wanted], [], before)
        largest = _largest(wanted, before)
        assert chosen.refused == (largest == 0)
        if not chosen.refused:
            assert len(chosen.counted) == largest
            assert atoms_of(before).allows(frozenset(each.result for each in chosen.counted))
        changed += not chosen.as_wanted
    assert 40 < changed < 120


def test_what_may_be_shown_is_left_as_it_is() -> None:
    before = [_cohort(range(1, 11))]
    chosen = nearest([counted(each) for each in range(1, 16)], [], before)
    assert chosen.as_wanted
    assert len(chosen.counted) == 15


def test_an_older_result_stays_rather_than_that_others_leave() -> None:
    before = [_cohort(range(1, 11))]
    wanted = [counted(1, year=2026), *(counted(each) for each in range(2, 11))]
    with_older = nearest(wanted, [counted(1)], before)
    assert ([each.result for each in with_older.stayed], len(with_older.counted)) == ([result(1)], 10)
    without = nearest(wanted, [], before)
    assert (len(without.counted), len(without.taken), len(without.waiting)) == (5, 4, 1)


def test_the_newest_of_several_older_results_is_the_one_that_stays() -> None:
    before = [frozenset({result(1, 2024), *_cohort(range(2, 11))}), _cohort(range(1, 11))]
    wanted = [counted(1, year=2026), *(counted(each) for each in range(2, 11))]
    chosen = nearest(wanted, [counted(1), counted(1, year=2024)], before[1:])
    assert [each.result for each in chosen.stayed] == [result(1)]


def test_one_known_by_name_may_join_alone_where_all_of_it_is_known() -> None:
    before = [_cohort(range(1, 11))]
    wanted = [counted(each) for each in range(1, 12)]
    joiner = frozenset({result(11)})
    assert nearest(wanted, [], before, Names(joiner, joiner, joiner)).as_wanted
    assert [each.place.id for each in nearest(wanted, [], before, Names(joiner)).waiting] == [11]


def test_the_order_of_those_wanted_changes_nothing() -> None:
    before = [_cohort(range(1, 16))]
    wanted = [counted(each) for each in range(3, 16)]
    forwards, backwards = nearest(wanted, [], before), nearest(wanted[::-1], [], before)
    assert {each.result for each in forwards.counted} == {each.result for each in backwards.counted}

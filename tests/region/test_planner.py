"""The planner's set reaches as much need as any within the capacities, by trying them all; and what was fixed holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from random import Random

import pytest

from a2p.region.demand import POINTS, Demand, Wish, demand
from a2p.region.planner import CannotPlan, Capacity, Edits, Format, Plan, plan
from tests.region.needs import cell, module, place, random_demands, snapshot

FIRST, SECOND, THIRD = place(1), place(2), place(3)
WORKSHOP, VISIT = module("workshop", "sample/aim"), module("visit", "sample/aim", format="peer-visit")


def most_by_trying(demands: Sequence[Demand], capacity: Mapping[Format, Capacity], most_each: int) -> int:
    """The most points of all sets of sessions, each filled in the best way by trying all subsets of its needs."""
    counts = [range(capacity[each.module.format].sessions + 1) for each in demands]
    best = 0
    for sessions in product(*counts):
        ran = zip(demands, sessions, strict=True)
        by_format: dict[Format, int] = {}
        for each, many in ran:
            by_format[each.module.format] = by_format.get(each.module.format, 0) + many
        if all(many <= capacity[format_].sessions for format_, many in by_format.items()):
            places = [many * capacity[each.module.format].places for each, many in zip(demands, sessions, strict=True)]
            best = max(best, _filled(demands, places, most_each))
    return best


def _filled(demands: Sequence[Demand], places: Sequence[int], most_each: int) -> int:
    needs = [(index, need) for index, each in enumerate(demands) for need in each.invite]

    def rest(number: int, left: tuple[int, ...], taken: tuple[int, ...]) -> int:
        if number == len(needs):
            return sum(POINTS.below * min(free, each.unnamed) for free, each in zip(left, demands, strict=True))
        index, need = needs[number]
        best = rest(number + 1, left, taken)
        if left[index] and taken.count(need.place.id) < most_each:
            fewer = (*left[:index], left[index] - 1, *left[index + 1 :])
            best = max(best, need.points + rest(number + 1, fewer, (*taken, need.place.id)))
        return best

    return rest(0, tuple(places), ())


@pytest.mark.parametrize("seed", range(60))
def test_no_other_set_reaches_more(seed: int) -> None:
    random = Random(seed)
    demands = random_demands(random, places=3, modules=3, wishes=1)
    capacity: dict[Format, Capacity] = {
        "workshop": Capacity(random.randrange(3), random.randrange(1, 4)),
        "peer-visit": Capacity(random.randrange(3), 1),
        "mentoring": Capacity(1, 1),
    }
    most_each = random.randrange(1, 3)
    found = plan(demands, capacity, most_each=most_each)
    assert found.points == most_by_trying(demands, capacity, most_each)
    holds(found, capacity, most_each)


def holds(found: Plan, capacity: Mapping[Format, Capacity], most_each: int) -> None:
    """That a plan keeps to what can be run."""
    for format_, each in capacity.items():
        assert sum(one.sessions for one in found.modules if one.module.format == format_) <= each.sessions
    taken = [need.place.id for one in found.modules for need in one.invite]
    assert all(taken.count(id_) <= most_each for id_ in taken)
    for one in found.modules:
        assert one.sessions > 0
        assert len(one.invite) + one.open_places <= one.sessions * capacity[one.module.format].places
    assert found.points <= found.possible


def test_places_are_kept_open_for_those_who_are_counted_without_a_name() -> None:
    demands = demand([WORKSHOP], snapshot(cell("aim", below=9)), [], [Wish(FIRST, "request", "workshop")])
    found = plan(demands, {"workshop": Capacity(1, 6)})
    (ran,) = found.modules
    assert ([need.place for need in ran.invite], ran.open_places) == ([FIRST], 5)
    assert "5 are kept open for others" in " ".join(found.why)


def test_of_equal_sets_the_one_with_fewest_sessions_is_chosen_and_the_rest_said_to_be_spare() -> None:
    demands = demand([WORKSHOP], None, [], [Wish(FIRST, "request", "workshop")])
    found = plan(demands, {"workshop": Capacity(3, 6)})
    assert [each.sessions for each in found.modules] == [1]
    assert "2 of the workshops" in found.why[-1]
    assert plan((), {}).modules == plan(demands, {}).modules == ()


def test_what_the_programme_manager_fixes_in_or_leaves_out_holds() -> None:
    wishes = [Wish(each, "request", "visit") for each in (FIRST, SECOND)]
    demands = demand([WORKSHOP, VISIT], None, [], wishes)
    capacity: dict[Format, Capacity] = {"workshop": Capacity(1, 6), "peer-visit": Capacity(1, 1)}
    with_second = plan(demands, capacity, Edits(do_not_invite=frozenset({(1, "visit")})))
    assert [need.place for each in with_second.modules for need in each.invite] == [SECOND]
    edits = Edits(run={"workshop": 1}, invite=frozenset({(3, "workshop")}), leave_out=frozenset({"visit"}))
    fixed = plan(demands, capacity, edits, places={3: THIRD})
    assert [(each.module.id, each.sessions) for each in fixed.modules] == [("workshop", 1)]
    assert [need.place for need in fixed.modules[0].invite] == [THIRD]


@pytest.mark.parametrize(
    "edits",
    [
        Edits(run={"workshop": 2}),
        Edits(run={"workshop": 1}, leave_out=frozenset({"workshop"})),
        Edits(invite=frozenset({(1, "reading")})),
        Edits(invite=frozenset({(1, "visit")}), do_not_invite=frozenset({(1, "visit")})),
        Edits(invite=frozenset({(1, "visit"), (2, "visit")})),
    ],
    ids=["too many sessions", "in and left out", "not on offer", "both", "too many at a visit"],
)
def test_what_cannot_be_had_is_refused_with_words(edits: Edits) -> None:
    demands = demand([WORKSHOP, VISIT], None, [], [Wish(each, "request", "visit") for each in (FIRST, SECOND)])
    with pytest.raises(CannotPlan, match=r"\w"):
        plan(demands, {"workshop": Capacity(1, 6), "peer-visit": Capacity(1, 1)}, edits)

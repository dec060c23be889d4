"""What is chosen by hand reaches what the planner would count for it, never more than the planner's best, and fits."""

from __future__ import annotations

from random import Random

import pytest

from a2p.region.chosen_plan import MOST_EACH, Choice, DoesNotFit, reached
from a2p.region.demand import Demand, Wish, demand
from a2p.region.planner import FIXED_IN, Capacity, Format, plan
from tests.region.needs import cell, module, place, random_demands, snapshot

FIRST, SECOND, THIRD = place(1), place(2), place(3)
PLACES = {1: FIRST, 2: SECOND, 3: THIRD}
WORKSHOP, VISIT = module("workshop", "sample/aim"), module("visit", "sample/aim", format="peer-visit")
CAPACITY: dict[Format, Capacity] = {"workshop": Capacity(1, 2), "peer-visit": Capacity(1, 1)}


@pytest.fixture
def demands() -> tuple[Demand, ...]:
    return demand([WORKSHOP, VISIT], snapshot(cell("aim", below=9)), [], [Wish(FIRST, "request", "workshop")])


@pytest.mark.parametrize("seed", range(40))
def test_nothing_chosen_by_hand_reaches_more_than_the_best_and_the_best_reaches_what_it_says(seed: int) -> None:
    random = Random(seed)
    demands = random_demands(random, places=3, modules=3, wishes=1)
    capacity: dict[Format, Capacity] = {"workshop": Capacity(2, 2), "peer-visit": Capacity(1, 1)}
    best = plan(demands, capacity, most_each=1)
    same = {each.module.id: Choice(each.sessions, frozenset(n.place.id for n in each.invite)) for each in best.modules}
    assert reached(demands, capacity, same, 1, PLACES).points == best.points
    fitted = 0
    for _ in range(30):
        choices = {
            each.module.id: Choice(random.randrange(2), frozenset(random.sample((1, 2, 3), random.randrange(3))))
            for each in demands
        }
        try:
            found = reached(demands, capacity, choices, 1, PLACES)
        except DoesNotFit:
            continue
        fitted += 1
        assert (found.points <= best.points, found.possible) == (True, best.possible)
    assert fitted


def test_who_is_added_without_a_known_need_has_a_place_and_no_points(demands: tuple[Demand, ...]) -> None:
    (ran,) = reached(demands, CAPACITY, {"workshop": Choice(1, frozenset({1, 3}))}, 2, PLACES).modules
    assert [(need.place, need.points, need.why[0]) for need in ran.invite] == [
        (FIRST, 3, "requested it"),
        (THIRD, 0, FIXED_IN),
    ]
    assert (ran.open_places, ran.points) == (0, 3)


def test_what_does_not_fit_says_where_and_why_each_time(demands: tuple[Demand, ...]) -> None:
    both = frozenset({1, 2})
    with pytest.raises(DoesNotFit) as refused:
        reached(demands, CAPACITY, {"workshop": Choice(2, both), "visit": Choice(1, both)}, 1, PLACES)
    assert [(each.at, each.text) for each in refused.value.misfits] == [
        ("visit", "Visit: 2 are invited, and there is room for 1"),
        ("workshop", "You chose 2 workshops, and can run 1"),
        (MOST_EACH, "Partnership 001 is invited to 2 modules, and 1 is the most"),
        (MOST_EACH, "Partnership 002 is invited to 2 modules, and 1 is the most"),
    ]
    nothing = reached(demands, CAPACITY, {"workshop": Choice(0, both)}, 1, PLACES)
    assert (nothing.modules, nothing.points) == ((), 0)

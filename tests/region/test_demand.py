"""Which modules are needed most, why, and whom to invite where that may be known."""

from __future__ import annotations

from random import Random

from a2p.region.demand import POINTS, Wish, demand, needs_of
from a2p.region.snapshot import Withheld
from tests.region.needs import cell, figures, module, place, random_demands, result, snapshot, withheld

FIRST, SECOND = place(1), place(2)
MODULE = module("workshop", "sample/aim", "sample/voice")


def test_a_modules_points_come_from_the_section_where_most_need_it_and_from_wishes_by_name() -> None:
    wishes = [Wish(FIRST, "request", "workshop"), Wish(FIRST, "ask", "sample/voice"), Wish(SECOND, "ask", "sample/aim")]
    shown = snapshot(cell("aim", below=7, wide=2), cell("voice", below=5, wide=6, gaps=1))
    (found,) = demand([MODULE], shown, [], wishes)
    assert (found.below, found.wide, found.gaps) == (7, 6, 1)
    assert found.points == POINTS.request + 2 * POINTS.ask + 7 * POINTS.below + 6 * POINTS.wide + POINTS.gaps
    assert (found.requests, found.asks) == ((FIRST,), (FIRST, SECOND))
    assert "7 below 50 in the section where most are: 7 × 2 points" in found.why
    offers = [Wish(FIRST, "offer", "sample/aim"), Wish(SECOND, "request", "another")]
    assert demand([MODULE], None, [], offers)[0].points == 0


def test_what_is_withheld_is_said_as_withheld_and_is_no_zero() -> None:
    (found,) = demand([MODULE], snapshot(cell("aim", below=5), withheld("voice")), [], [])
    assert (found.below, found.unnamed) == (5, 5)
    hidden = found.sections[1]
    assert (hidden.below, hidden.wide, hidden.gaps, hidden.withheld) == (None, None, None, Withheld.FEW)
    (unknown,) = demand([MODULE], snapshot(withheld("voice")), [], [])
    assert (unknown.below, unknown.wide, unknown.gaps, unknown.unnamed, unknown.points) == (None, None, None, 0, 0)


def test_only_those_known_by_name_are_to_be_invited_and_each_for_its_reasons() -> None:
    named = [
        result(FIRST, figures("aim", 49, wide=True, gaps=2), figures("voice", 10)),
        result(SECOND, figures("aim", 50), figures("voice", None, wide=None)),
    ]
    (found,) = demand([MODULE], snapshot(cell("aim", below=5), cell("voice", below=9)), named, [])
    (need,) = found.invite
    assert (need.place, need.points) == (FIRST, POINTS.below + POINTS.wide + POINTS.gaps)
    assert len(need.why) == 3
    assert found.unnamed == 8, "nine are below 50 in voice, one of them by name"
    asked = [Wish(SECOND, "ask", "sample/voice"), Wish(SECOND, "request", "workshop")]
    assert [each.place for each in needs_of(MODULE, named, asked)] == [SECOND, FIRST]


def test_the_order_is_the_same_however_the_rows_come() -> None:
    for seed in range(40):
        found = random_demands(Random(seed), places=8, modules=5)
        points = [each.points for each in found]
        assert points == sorted(points, reverse=True)
        assert all(each.points >= 0 and each.unnamed >= 0 for each in found)
    modules = [module("b", "sample/aim"), module("a", "sample/aim")]
    wishes = [Wish(SECOND, "ask", "sample/aim"), Wish(FIRST, "ask", "sample/aim")]
    there, back = demand(modules, None, [], wishes), demand(modules[::-1], None, [], wishes[::-1])
    assert there == back
    assert [each.module.id for each in there] == ["a", "b"]

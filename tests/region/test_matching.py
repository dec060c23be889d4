"""Who could help whom: as many as can be and the best pairs among them, by trying them all; and what never matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from a2p.definition.model import Kind
from a2p.region.counted import SectionFigures
from a2p.region.matching import Ask, Helper, match, preference, standing_of
from tests.region.needs import figures, place, random_asks, random_helpers

ASKER = place(1, "district", area=1)
AIM = "sample/aim"


def helper(number: int, kind: Kind = "district", area: int = 1, capacity: int = 1) -> Helper:
    of = replace(place(number, area=area), kind=kind)
    return Helper("partnership", number, of.name, of, {AIM: "it scores 67 or more there"}, capacity)


def best_by_trying(asks: Sequence[Ask], helpers: Sequence[Helper]) -> tuple[int, int]:
    """(matches, points) of the best way to match, by trying all."""

    def rest(number: int, left: tuple[int, ...]) -> tuple[int, int]:
        if number == len(asks):
            return 0, 0
        best = rest(number + 1, left)
        for index, each in enumerate(helpers):
            points = preference(asks[number], each)
            if points is not None and left[index]:
                many, more = rest(number + 1, (*left[:index], left[index] - 1, *left[index + 1 :]))
                best = max(best, (many + 1, more + points))
        return best

    return rest(0, tuple(each.capacity for each in helpers))


@pytest.mark.parametrize("seed", range(100))
def test_no_other_way_matches_more_or_better(seed: int) -> None:
    random = Random(seed)
    asks, helpers = random_asks(random, 5, sections=3)[:6], random_helpers(random, 4, sections=3)
    found = match(asks, helpers)
    assert (len(found), sum(each.points for each in found)) == best_by_trying(asks, helpers)
    for each in helpers:
        assert sum(one.helper.key == each.key for one in found) <= each.capacity
    assert len({one.ask.id for one in found}) == len(found)
    assert all(one.helper.place is None or one.helper.place.id != one.ask.place.id for one in found)
    random.shuffle(asks)
    random.shuffle(helpers)
    assert match(asks, helpers) == found, "the order in which wishes come changes nothing"


def test_the_same_kind_goes_before_another_area_and_another_area_before_next_door() -> None:
    ask = Ask(1, ASKER, AIM)
    next_door, far, unlike, unlike_next_door = (
        helper(2),
        helper(3, area=2),
        helper(4, "county", area=2),
        helper(5, "county"),
    )
    ranked = [far, next_door, unlike, unlike_next_door]
    assert [preference(ask, each) for each in ranked] == [3, 2, 1, 0]
    for number in range(len(ranked)):
        (found,) = match([ask], ranked[number:])
        assert found.helper == ranked[number]
    (found,) = match([ask], ranked)
    assert "not next door" in found.why[1]
    assert "same county area" in match([ask], [next_door])[0].why[1]


def test_a_declined_match_is_never_proposed_again_and_the_next_is() -> None:
    ask, first, second = Ask(1, ASKER, AIM), helper(2, area=2), helper(3)
    declined: set[tuple[int, str, tuple[str, int]]] = set()
    for expected in (first, second):
        (found,) = match([ask], [first, second], declined)
        assert found.helper == expected
        declined.add((ASKER.id, AIM, expected.key))
    assert match([ask], [first, second], declined) == ()


def test_an_associate_takes_as_many_asks_as_days_and_comes_after_the_same_kind() -> None:
    associate = Helper("associate", 1, "Ada", None, {AIM: "offers days on this section"}, capacity=2)
    asks = [Ask(number, place(number), AIM) for number in (1, 2, 3)]
    found = match(asks, [associate, helper(9)])
    assert sorted(one.helper.by for one in found) == ["associate", "associate", "partnership"]
    assert "practitioner associate" in next(one for one in found if one.helper is associate).why[0]
    assert match(asks[:1], [associate, helper(9)])[0].helper.by == "partnership"
    assert len(match(asks, [replace(associate, capacity=0), replace(associate, id=2, sections={})])) == 0


@pytest.mark.parametrize(
    ("now", "before", "counts"),
    [
        (figures("aim", 67), None, True),
        (figures("aim", 66), None, False),
        (figures("aim", 90, wide=True), None, False),
        (figures("aim", 90, wide=None), None, True),
        (figures("aim", None), None, False),
        (None, figures("aim", 90), False),
        (figures("aim", 40), figures("aim", 20), True),
        (figures("aim", 39), figures("aim", 20), False),
        (figures("aim", 40), figures("aim", None), False),
        (figures("aim", 40, wide=True), figures("aim", 20), False),
    ],
)
def test_an_offer_counts_on_a_strong_or_a_risen_section_unless_partners_are_seen_to_disagree(
    now: SectionFigures | None, before: SectionFigures | None, *, counts: bool
) -> None:
    assert standing_of(now, before).counts is counts
    assert standing_of(now, before).why


def test_partners_who_answered_together_cannot_disagree() -> None:
    assert standing_of(figures("aim", 67, wide=None), None, together=True).counts

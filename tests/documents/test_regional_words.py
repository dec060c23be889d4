"""A region's titles and sentences hold for every region: they compare sections, never partnerships."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from a2p.documents import regional_headlines as headlines
from a2p.documents import regional_words as words
from a2p.documents.regional_material import (
    Change,
    Demand,
    PictureChange,
    Place,
    RegionalMaterial,
    SectionChange,
    Stage,
    TakeUp,
)
from a2p.region.snapshot import Picture
from tests.builders import definition, section
from tests.documents.regions import places, region, result, snapshot_of

ASKED = definition(section("purpose"), section("trust"), section("money"))


def picture(scores: Mapping[str, int], partnerships: int = 6) -> Picture:
    """The picture of partnerships that all have these scores."""
    everybody = places(partnerships)
    counted = [result(place, ASKED, n, scores) for n, place in enumerate(everybody, start=1)]
    return snapshot_of(counted, {"sample": ASKED}, {place.id: place.name for place in everybody}, 9).pictures[0]


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ({"purpose": 80, "trust": 50, "money": 30}, "Highest on Purpose; lowest on Money"),
        ({"purpose": 80, "trust": 80, "money": 30}, "Highest on Purpose and Trust; lowest on Money"),
        ({"purpose": 30, "trust": 35, "money": 35}, "Highest on Trust and Money; lowest on Purpose"),
        ({"purpose": 50, "trust": 52, "money": 54}, "Sections stand close together, between 50 and 54"),
        ({"purpose": 50, "trust": 50, "money": 50}, "Sections stand alike, at 50"),
        ({"purpose": 61}, "Purpose: median 61"),
    ],
)
def test_the_headline_says_where_sections_stand_by_their_medians(scores: Mapping[str, int], said: str) -> None:
    assert words.headline(picture(scores)) == said


def test_three_sections_in_one_place_are_counted_and_not_named() -> None:
    four = definition(section("a"), section("b"), section("c"), section("d"))
    everybody = places(6)
    counted = [
        result(place, four, n, {"a": 70, "b": 20, "c": 20, "d": 20}) for n, place in enumerate(everybody, start=1)
    ]
    snapshot = snapshot_of(counted, {"sample": four}, {}, 6)
    assert words.headline(snapshot.pictures[0]) == "Highest on A; lowest on 3 of 4 sections"


def test_fewer_than_five_partnerships_make_no_picture() -> None:
    thin = picture({"purpose": 80, "trust": 20}, partnerships=4)
    assert words.headline(thin) == "Too few partnerships for a picture"
    assert words.lede(thin) == "4 partnerships are counted; partners answered apart. A figure needs five."


def test_the_lede_says_on_how_many_sections_half_of_the_partnerships_score_below_50() -> None:
    assert "On 1 of 3 sections half" in words.lede(picture({"purpose": 80, "trust": 50, "money": 30}))
    assert "On no section do half" in words.lede(picture({"purpose": 80, "trust": 50}))
    assert "On every section half" in words.lede(picture({"purpose": 10, "trust": 20}))


def test_no_headline_or_lede_names_a_partnership() -> None:
    material = region(20, ("aspire",))
    said = " ".join([words.headline(p) + words.lede(p) for p in material.snapshot.pictures])
    assert not any(row.place.name in said for row in material.take_up)


def take_up(*stages: Stage) -> RegionalMaterial:
    rows = tuple(TakeUp(Place(f"P{n}", "district", "A"), (stage,)) for n, stage in enumerate(stages))
    return RegionalMaterial(region(8, ("aspire",)).snapshot, ("Aspire",), rows)


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ((), "No take-up is on record"),
        (("open", "none"), "None of 2 partnerships has closed a round yet"),
        (("closed", "none"), "1 of 2 partnerships has closed a round; none has released one"),
        (("released", "none"), "1 of 2 partnerships has closed a round; it has released one"),
        (("released", "closed", "closed"), "3 of 3 partnerships have closed a round; 1 has released one"),
        (("released", "released"), "2 of 2 partnerships have closed a round; all have released one"),
    ],
)
def test_take_up_says_how_many_closed_and_released(stages: tuple[Stage, ...], said: str) -> None:
    assert headlines.take_up_headline(take_up(*stages)) == said


def changed(*moves: int | None) -> Change:
    cells = tuple(
        SectionChange("S", 6, Fraction(50), Fraction(50 + move))
        if move is not None
        else SectionChange("S", 3, reason="few")
        for move in moves
    )
    return Change("Spring", date(2025, 5, 1), (PictureChange("Aspire", False, 6, (), cells),))


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ((5, -5, 0), "Up on 1 of 3 sections, down on 1"),
        ((9, 4), "Up on 1 of 2 sections, down on none"),
        ((-9, None), "Down on 1 of 1 section, up on none"),
        ((4, -4), "About as before on every section"),
        ((None,), "Too few partnerships are in both snapshots to say what changed"),
    ],
)
def test_change_counts_sections_that_moved_by_five_points(moves: tuple[int | None, ...], said: str) -> None:
    assert headlines.change_headline(changed(*moves)) == said


def test_demand_is_headed_by_the_first_module_if_there_is_any_need() -> None:
    none = Demand("A workshop", "Workshop", "One day", 0, None, 0, 0, 0)
    some = Demand("A visit", "Peer visit", "One day", None, None, None, 1, 0)
    assert headlines.demand_headline(()) == "No support module is on offer"
    assert headlines.demand_headline((none,)) == "No need for support shows yet"
    assert headlines.demand_headline((some, none)) == "Most need: A visit"

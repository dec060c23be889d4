"""A comparison of two snapshots becomes the change that is printed: its medians, and what is withheld as withheld."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from a2p.documents.regional_change import change_of
from a2p.region.between import Side, compare
from tests.builders import definition, section
from tests.documents.regions import places, result, snapshot_of

ASKED = definition(section("purpose"), section("trust"))


def test_medians_before_and_after_are_those_of_the_partnerships_in_both() -> None:
    everybody = places(8)
    then = [result(place, ASKED, n, {"purpose": 30, "trust": 60}) for n, place in enumerate(everybody, start=1)]
    now = [result(place, ASKED, n, {"purpose": 50, "trust": 60}) for n, place in enumerate(everybody, start=101)]
    sides = [Side(snapshot_of(each, {"sample": ASKED}, {}, 8), each) for each in (then, now)]
    earlier = replace(sides[0], snapshot=sides[0].snapshot.model_copy(update={"name": "Before"}))
    change = change_of(compare(earlier, sides[1]).comparison)
    assert (change.earlier, change.made) == ("Before", date(2026, 5, 4))
    (picture,) = change.pictures
    assert picture.both == 8
    assert [(cell.section, cell.n, cell.before, cell.after) for cell in picture.sections] == [
        ("Purpose", 8, Fraction(30), Fraction(50)),
        ("Trust", 8, Fraction(60), Fraction(60)),
    ]


def test_fewer_than_five_in_both_are_not_shown_and_why() -> None:
    everybody = places(4)
    then = [result(place, ASKED, n, {"purpose": 30}) for n, place in enumerate(everybody, start=1)]
    now = [result(place, ASKED, n, {"purpose": 50}) for n, place in enumerate(everybody, start=101)]
    sides = [Side(snapshot_of(each, {"sample": ASKED}, {}, 4), each) for each in (then, now)]
    for picture in change_of(compare(sides[0], sides[1]).comparison).pictures:
        assert all(cell.after is None and cell.reason for cell in picture.sections)

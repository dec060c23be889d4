"""Partnerships from a list: each row is planned, and either all of them are added or none."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.definition.model import Kind
from a2p.rounds import places
from a2p.rounds.places_import import NamedPlace, NotAll, carry_out, plan
from a2p.store.audit import Actor
from a2p.store.tables import Partnership, Region

BY = Actor(None, "administrator")


@pytest.fixture(autouse=True)
def east(session: Session) -> Region:
    return places.add_region(session, "East", by=BY)


def row(number: int, name: str, kind: Kind = "district", above: str = "", region: str = "East") -> NamedPlace:
    return NamedPlace(number, name, kind, above, region)


def against(session: Session, *rows: NamedPlace) -> list[str]:
    return [each.against for each in plan(session, rows)]


def test_one_above_may_stand_anywhere_in_the_list(session: Session) -> None:
    rows = [row(2, "Forum", "local", "vale"), row(3, "Vale", "district", "Shire"), row(4, "Shire", "county")]
    assert carry_out(session, rows, by=BY) == 3
    forum = session.scalars(select(Partnership).where(Partnership.name == "Forum")).one()
    assert forum.above is not None
    assert forum.above.above is not None
    assert forum.above.above.name == "Shire"
    assert carry_out(session, rows, by=BY) == 0


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([row(2, "Vale", region="Eest")], "did you mean East?"),
        ([row(2, "Vale", region="Nowhere")], "add it first"),
        ([row(2, "Vale"), row(3, "VALE")], "stands in the list twice"),
        ([row(2, "Vale", above="Shire")], "no Shire in this region or this list"),
        ([row(2, "Town", "unitary"), row(3, "Vale", above="Town")], "can’t stand below Town"),
    ],
)
def test_a_row_that_can_not_be_taken_says_why_and_keeps_the_others_out(
    session: Session, rows: list[NamedPlace], why: str
) -> None:
    assert why in " ".join(against(session, *rows))
    with pytest.raises(NotAll):
        carry_out(session, [*rows, row(9, "Good")], by=BY)
    assert session.scalar(select(func.count()).select_from(Partnership)) == 0


def test_what_is_here_already_is_left_as_it_is_or_refused_when_it_differs(session: Session, east: Region) -> None:
    places.create(session, east, places.Described("Vale", "district"), by=BY)
    (same,) = plan(session, [row(2, "vale")])
    assert same.known
    assert against(session, row(2, "Vale", "unitary")) == ["it is here already, with another kind or place"]

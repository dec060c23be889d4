"""Regions and partnerships: made, renamed, placed, ended, merged and split, with their history kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.model import Kind
from a2p.rounds import gazetteer, joining, places
from a2p.rounds.closing import close_round
from a2p.rounds.joining import Part
from a2p.rounds.opening import PartnershipEnded, RoundPlan, open_round
from a2p.rounds.places import Described, PlaceRefused
from a2p.store.audit import Actor
from a2p.store.base import today
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Round
from a2p.store.tables import Contact, Organisation, Partnership, Region
from tests import site

BY = Actor(None, "administrator")


@pytest.fixture
def east(session: Session) -> Region:
    return places.add_region(session, "East", by=BY)


def make(session: Session, region: Region, name: str, kind: Kind = "district", above: str = "") -> Partnership:
    over = session.scalars(select(Partnership).where(Partnership.name == above)).one() if above else None
    return places.create(session, region, Described(name, kind, over), by=BY)


def person(session: Session, place: Partnership, name: str, organisation: str, email: str = "") -> Contact:
    home = session.scalar(
        select(Organisation).where(Organisation.partnership_id == place.id, Organisation.name == organisation)
    ) or Organisation(partnership_id=place.id, name=organisation, sector="health")
    session.add(home)
    session.flush()
    made = Contact(partnership_id=place.id, organisation_id=home.id, name=name, email=email)
    session.add(made)
    session.flush()
    return made


def people(session: Session, place: Partnership) -> set[tuple[str, str]]:
    rows = session.scalars(select(Contact).where(Contact.partnership_id == place.id))
    return {(each.name, each.organisation.name) for each in rows}


def told(session: Session, place: Partnership) -> list[tuple[str, str, str]]:
    return [
        (each.what, each.old_name, each.other.name if each.other else "") for each in gazetteer.history(session, place)
    ]


def test_a_region_s_name_is_its_own(session: Session, east: Region) -> None:
    with pytest.raises(PlaceRefused, match="a region called East"):
        places.add_region(session, "EAST", by=BY)
    west = places.add_region(session, "West", by=BY)
    with pytest.raises(PlaceRefused):
        places.rename_region(session, west, "East", by=BY)
    places.rename_region(session, east, "Eastern", by=BY)
    assert [each.region.name for each in gazetteer.regions(session)] == ["Eastern", "West"]


def test_a_name_is_taken_within_its_region_alone(session: Session, east: Region) -> None:
    make(session, east, "Ouse Vale")
    with pytest.raises(PlaceRefused, match="called Ouse Vale in this region"):
        make(session, east, "ouse vale")
    make(session, places.add_region(session, "West", by=BY), "Ouse Vale")


@pytest.mark.parametrize(
    ("kind", "above", "fits"),
    [
        ("district", "county", True),
        ("local", "district", True),
        ("local", "unitary", True),
        ("local", "county", True),
        ("district", "unitary", False),
        ("district", "district", False),
        ("county", "county", False),
        ("unitary", "county", False),
    ],
)
def test_what_may_stand_below_what(session: Session, east: Region, kind: Kind, above: Kind, *, fits: bool) -> None:
    over = make(session, east, "Above", above)
    if fits:
        assert make(session, east, "Below", kind, "Above").above is over
        return
    with pytest.raises(PlaceRefused, match="can’t stand below Above"):
        make(session, east, "Below", kind, "Above")


def test_nothing_stands_below_itself_or_across_regions(session: Session, east: Region) -> None:
    place = make(session, east, "Ouse Vale")
    with pytest.raises(PlaceRefused):
        places.change(session, place, Described("Ouse Vale", "local", place), by=BY)
    far = make(session, places.add_region(session, "West", by=BY), "Far", "county")
    with pytest.raises(PlaceRefused):
        places.change(session, place, Described("Ouse Vale", "district", far), by=BY)


def test_a_county_with_districts_below_stays_one(session: Session, east: Region) -> None:
    county = make(session, east, "Shire", "county")
    make(session, east, "Ouse Vale", "district", "Shire")
    with pytest.raises(PlaceRefused, match="while Ouse Vale stands below"):
        places.change(session, county, Described("Shire", "unitary"), by=BY)


def test_a_new_name_leaves_the_old_one_in_the_history(session: Session, east: Region) -> None:
    place = make(session, east, "Ouse Vale")
    places.change(session, place, Described("Ouse Vale", "unitary"), by=BY)
    places.change(session, place, Described("Ouse Together", "unitary"), by=BY)
    assert told(session, place) == [("renamed", "Ouse Vale", ""), ("made", "", "")]
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.partnership_id == place.id)).all()
    assert actions == ["made the partnership", "changed the kind or place of", "renamed the partnership"]


def test_a_partnership_ends_when_its_rounds_are_closed_and_can_be_revived(session: Session) -> None:
    own = site.build(session).own
    with pytest.raises(PlaceRefused, match="Fenland autumn"):
        places.end(session, own.partnership, today(), by=BY)
    close_round(session, own.open)
    places.end(session, own.partnership, today(), by=BY)
    with pytest.raises(PlaceRefused, match="ended already"):
        places.end(session, own.partnership, today(), by=BY)
    plan = RoundPlan("Last day", [own.version], together=False)
    assert open_round(session, own.partnership, plan).closed is None
    own.partnership.ended = date(2020, 1, 1)
    with pytest.raises(PartnershipEnded):
        open_round(session, own.partnership, RoundPlan("Too late", [own.version], together=False))
    places.revive(session, own.partnership, by=BY)
    places.revive(session, own.partnership, by=BY)
    assert session.scalar(select(Partnership.ended).where(Partnership.id == own.partnership.id)) is None
    assert [each[0] for each in told(session, own.partnership)] == ["revived", "ended"]


def test_merging_moves_the_people_who_are_not_known_there(session: Session, east: Region) -> None:
    old, into = make(session, east, "Ouse Vale"), make(session, east, "Fenland")
    person(session, old, "Ann", "Trust", "ann@example.org")
    person(session, old, "Ben", "Trust", "ben@example.org")
    person(session, old, "Cai", "Police")
    person(session, into, "Benjamin", "TRUST", "ben@example.org")
    moved = joining.merge(session, old, into, today(), by=BY)
    assert (moved.organisations, moved.people, moved.known) == (1, 2, 1)
    assert people(session, into) == {("Benjamin", "TRUST"), ("Ann", "TRUST"), ("Cai", "Police")}
    assert people(session, old) == {("Ben", "Trust")}
    assert old.ended == today()
    assert told(session, old)[0] == ("merged", "", "Fenland")
    assert told(session, into)[0] == ("merged", "Ouse Vale", "Ouse Vale")


def test_after_a_merger_rounds_and_results_are_where_they_were(session: Session) -> None:
    built = site.build(session)
    own = built.own
    into = make(session, own.region, "Bigger")
    contact = person(session, own.partnership, "Ann", "Fenland police", "ann@example.org")
    own.answered[0].contact_id = contact.id
    session.flush()
    with pytest.raises(PlaceRefused, match="Fenland autumn"):
        joining.merge(session, own.partnership, into, today(), by=BY)
    close_round(session, own.open)
    joining.merge(session, own.partnership, into, today(), by=BY)
    session.expire_all()
    rounds = select(Round.id).where(Round.partnership_id == own.partnership.id)
    assert set(session.scalars(rounds)) == {own.open.id, own.closed.id}
    assert not own.answered[0].contact_id
    assert ("Ann", "Fenland police") in people(session, into) - people(session, own.partnership)


def test_what_stood_below_goes_along(session: Session, east: Region) -> None:
    old, into = make(session, east, "Old Shire", "county"), make(session, east, "New Shire", "county")
    district = make(session, east, "Ouse Vale", "district", "Old Shire")
    joining.merge(session, old, into, today(), by=BY)
    assert district.above_id == into.id


def test_a_merger_needs_another_of_the_region_that_goes_on(session: Session, east: Region) -> None:
    old, over = make(session, east, "Ouse Vale"), make(session, east, "Over")
    far = make(session, places.add_region(session, "West", by=BY), "Far")
    places.end(session, over, date(2020, 1, 1), by=BY)
    for into in (old, far, over):
        with pytest.raises(PlaceRefused):
            joining.merge(session, old, into, today(), by=BY)


def test_splitting_copies_the_chosen_organisations_and_links_both_histories(session: Session, east: Region) -> None:
    old = make(session, east, "Ouse Vale")
    first = person(session, old, "Ann", "Trust", "ann@example.org")
    person(session, old, "Cai", "Police")
    foreign = person(session, make(session, east, "Elsewhere"), "Eve", "Bank")
    part = Part(Described("Upper Ouse", "district"), (first.organisation_id, foreign.organisation_id))
    made = joining.split(session, old, part, by=BY)
    assert people(session, made) == {("Ann", "Trust")}
    assert people(session, old) == {("Ann", "Trust"), ("Cai", "Police")}
    assert told(session, made)[0] == ("split", "Ouse Vale", "Ouse Vale")
    assert told(session, old)[0] == ("split", "", "Upper Ouse")
    joining.split(session, old, Part(Described("Lower Ouse", "district")), by=BY, last_day=today() + timedelta(9))
    assert old.ended == today() + timedelta(9)


def test_the_list_is_searched_by_name_and_region_and_comes_in_pages(session: Session, east: Region) -> None:
    west = places.add_region(session, "West", by=BY)
    for number in range(60):
        make(session, east if number % 2 else west, f"Place {number:02} 50%_")
    found, number = gazetteer.find(session, gazetteer.Sought("E 0"))
    assert (len(found), number) == (10, 10)
    assert gazetteer.find(session, gazetteer.Sought("_", east.id))[1] == 30
    assert gazetteer.find(session, gazetteer.Sought("0%_"))[1] == 60
    found, number = gazetteer.find(session, gazetteer.Sought(page=2))
    assert (len(found), number, found[0].partnership.name) == (10, 60, "Place 50 50%_")


def test_the_list_counts_coordinators_and_open_rounds(session: Session) -> None:
    own = site.build(session).own
    (listed,) = gazetteer.find(session, gazetteer.Sought("fenland"))[0]
    assert (listed.partnership, listed.coordinators, listed.open_rounds) == (own.partnership, 1, 1)

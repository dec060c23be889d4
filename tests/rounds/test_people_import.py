"""Bringing in a list of partners: what it would do, all of it or nothing, and nothing the second time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from a2p.exchange.people_file import read_people
from a2p.exchange.people_out import people_csv, people_xlsx
from a2p.rounds.merging import merge
from a2p.rounds.partners import Details, add_contact, as_list, find_organisation
from a2p.rounds.people_import import Change, ImportPlan, RowsRefused, carry_out, plan_import
from a2p.scoring.answers import Councillor, Layer, Sector
from a2p.scoring.partners import ListedPerson
from a2p.store.audit import SYSTEM
from a2p.store.letter_tables import AuditEvent
from a2p.store.tables import Contact, Organisation, Partnership, Region
from tests import site
from tests.site import Place

ANN = ListedPerson(2, "Ann Orchard", "Fen Trust", "ann@example.org", "health", "", "board")


@pytest.fixture
def place(session: Session) -> Place:
    """The small site with nobody on its lists."""
    made = site.build(session)
    for each in (made.own, made.foreign):
        session.delete(each.contact)
    session.flush()
    return made.own


def plan(session: Session, place: Place, *people: ListedPerson) -> ImportPlan:
    numbered = [replace(each, row=number) for number, each in enumerate(people, start=2)]
    return plan_import(session, place.partnership.id, numbered)


def bring_in(session: Session, place: Place, *people: ListedPerson) -> ImportPlan:
    planned = plan(session, place, *people)
    carry_out(session, planned, SYSTEM)
    return planned


def names(session: Session) -> list[str]:
    return sorted(session.scalars(select(Contact.name)))


def changes(planned: ImportPlan) -> list[list[Change]]:
    return [list(each.changes) for each in planned.changed]


def test_planning_changes_nothing(session: Session, place: Place) -> None:
    planned = plan(session, place, ANN)
    assert [each.person.name for each in planned.added] == ["Ann Orchard"]
    assert [each.name for each in planned.new_organisations] == ["Fen Trust"]
    assert names(session) == []
    assert find_organisation(session, place.partnership.id, "Fen Trust") is None


def test_a_list_brought_in_twice_does_nothing_the_second_time(session: Session, place: Place) -> None:
    alone = ListedPerson(0, "", "Fen Church", sector="voluntary-community")
    bring_in(session, place, ANN, replace(ANN, name="Ben", email=None), alone)
    assert find_organisation(session, place.partnership.id, "Fen Church") is not None
    again = bring_in(session, place, ANN, replace(ANN, name="Ben", email=None), alone)
    assert (again.does_nothing, len(again.unchanged)) == (True, 2)
    assert len(session.scalars(select(AuditEvent).where(AuditEvent.action == "imported partners")).all()) == 1


def test_a_person_is_known_by_their_address_and_what_changes_is_told(session: Session, place: Place) -> None:
    bring_in(session, place, ANN)
    moved = replace(ANN, name="Ann Grove", organisation="fenland POLICE", sector="police", councillor="other", layer="")
    planned = bring_in(session, place, moved)
    assert changes(planned) == [
        [
            Change("name", "Ann Orchard", "Ann Grove"),
            Change("organisation", "Fen Trust", "Fenland police"),
            Change("councillor", "", "other"),
            Change("layer", "board", ""),
        ]
    ]
    (ann,) = session.scalars(select(Contact))
    session.refresh(ann)
    assert (ann.name, ann.organisation.name, ann.councillor, ann.layer) == (
        "Ann Grove",
        "Fenland police",
        "other",
        None,
    )


def test_what_the_list_does_not_say_stays(session: Session, place: Place) -> None:
    bring_in(session, place, replace(ANN, councillor="executive"))
    bare = ListedPerson(0, "Ann Orchard", "Fen Trust")
    assert bring_in(session, place, bare).does_nothing


def test_what_a_person_is_asked_comes_with_the_list(session: Session, place: Place) -> None:
    bring_in(session, place, replace(ANN, asks="sample"))
    assert session.scalars(select(Contact.asks)).all() == ["sample"]
    assert changes(plan(session, place, ANN)) == [], "a list without the column leaves it as it is"
    assert changes(plan(session, place, replace(ANN, asks=""))) == [[Change("asks", "sample", "")]]


def test_an_address_is_filled_in_where_a_person_had_none(session: Session, place: Place) -> None:
    bring_in(session, place, replace(ANN, email=None))
    assert changes(bring_in(session, place, ANN)) == [[Change("email", "", "ann@example.org")]]
    assert session.scalars(select(Contact.email)).all() == ["ann@example.org"]


def test_two_of_one_name_stay_two(session: Session, place: Place) -> None:
    both = (ANN, replace(ANN, email=None))
    assert len(bring_in(session, place, *both).added) == 2
    for order in (both, both[::-1]):
        assert bring_in(session, place, *order).does_nothing


def test_an_organisation_takes_the_lists_sector(session: Session, place: Place) -> None:
    planned = bring_in(session, place, replace(ANN, organisation="Fenland police", sector="other-public"))
    assert [(each.name, each.sector) for each in planned.new_sectors] == [("Fenland police", "other-public")]
    found = find_organisation(session, place.partnership.id, "Fenland police")
    assert found is not None
    assert found.sector == "other-public"


def test_the_name_of_a_merged_entry_means_the_one_that_was_kept(session: Session, place: Place) -> None:
    kept, gone = (find_organisation(session, place.partnership.id, f"Fenland {name}") for name in ("police", "fire"))
    assert kept is not None
    assert gone is not None
    merge(session, kept, gone, SYSTEM)
    first = replace(ANN, organisation="Fenland fire", sector=None, email=None)
    assert len(bring_in(session, place, first).added) == 1
    assert bring_in(session, place, replace(first, organisation="Fenland police")).does_nothing
    assert [
        each.why for each in plan(session, place, first, replace(first, organisation="Fenland police")).refused
    ] == ["this person, without an address, stands in row 2 too"]


@pytest.mark.parametrize(
    ("people", "row", "column", "why"),
    [
        ([ANN, replace(ANN, name="Ben")], 3, "email", "this address stands in row 2 too"),
        (
            [replace(ANN, email=None), replace(ANN, email=None, name="ANN orchard", organisation="fen trust")],
            3,
            "name",
            "this person, without an address, stands in row 2 too",
        ),
        (
            [ANN, replace(ANN, name="Ben", email=None, sector="fire")],
            3,
            "sector",
            "Fen Trust has another sector in row 2",
        ),
        ([replace(ANN, sector=None)], 2, "sector", "Fen Trust is new here and needs a sector"),
    ],
)
def test_while_one_row_is_refused_none_is_brought_in(
    session: Session, place: Place, people: list[ListedPerson], row: int, column: str, why: str
) -> None:
    planned = plan(
        session, place, replace(ANN, name="Good", organisation="Fenland fire", sector="fire", email=None), *people
    )
    assert [(each.row, each.column, each.why.replace("row 3", "row 2")) for each in planned.refused] == [
        (row + 1, column, why)
    ]
    with pytest.raises(RowsRefused):
        carry_out(session, planned, SYSTEM)
    assert names(session) == []


def test_one_row_may_give_a_new_organisations_sector_for_all(session: Session, place: Place) -> None:
    planned = plan(session, place, replace(ANN, sector=None), replace(ANN, name="Ben", email=None))
    assert (planned.refused, [each.sector for each in planned.new_organisations]) == ((), ["health"])


def test_a_plan_is_another_one_when_the_list_it_was_made_on_changes(session: Session, place: Place) -> None:
    before = plan(session, place, ANN).fingerprint
    assert plan(session, place, ANN).fingerprint == before
    police = find_organisation(session, place.partnership.id, "Fenland police")
    assert police is not None
    add_contact(session, police, Details("Ann Orchard", "ann@example.org"), SYSTEM)
    assert plan(session, place, ANN).fingerprint != before


# Out and in again: invented lists, on a database of their own each

_organisations = ("Fen Trust", "Fen Council", "Ŵyr, =Ltd")
_sectors: dict[str, Sector] = dict(zip(_organisations, ("health", "district-council", "business"), strict=True))
_names = ("Ann Orchard", "Ben Ashby", "=Ewa", "é")
_rows = st.lists(
    st.builds(
        lambda name, organisation, email, councillor, layer: ListedPerson(
            0, name, organisation, email, _sectors[organisation], councillor, layer
        ),
        st.sampled_from(_names) | st.just(""),
        st.sampled_from(_organisations),
        st.none() | st.integers(0, 3).map(lambda number: f"person{number}@example.org"),
        st.sampled_from(["", *get_args(Councillor)]),
        st.sampled_from(["", *get_args(Layer)]),
    ),
    max_size=8,
)


def emptied(session: Session) -> int:
    """A partnership of its own for one example."""
    region = Region(name="East")
    session.add(region)
    session.flush()
    made = Partnership(region_id=region.id, name="Fenland", kind="district")
    session.add(made)
    session.flush()
    return made.id


def numbered(people: Sequence[ListedPerson]) -> list[ListedPerson]:
    """Rows as a file would have them; an organisation alone has no more to it."""
    alone = [replace(each, email=None, councillor="", layer="") if not each.name else each for each in people]
    return [replace(each, row=number) for number, each in enumerate(alone, start=2)]


def stored(session: Session, partnership_id: int) -> set[tuple[object, ...]]:
    session.expire_all()
    people = session.scalars(select(Contact).where(Contact.partnership_id == partnership_id))
    return {(each.name, each.email, each.organisation.name, each.councillor, each.layer) for each in people}


@settings(max_examples=40)
@given(first=_rows, second=_rows)
def test_what_is_exported_and_brought_in_again_changes_nothing_and_nothing_is_brought_in_by_halves(
    sqlite_engine_of_its_own: Engine, first: list[ListedPerson], second: list[ListedPerson]
) -> None:
    with Session(sqlite_engine_of_its_own) as session:
        mine, copy = emptied(session), Partnership(region_id=1, name="Copy", kind="district")
        session.add(copy)
        session.flush()
        for rows in (numbered(first), numbered(second)):
            before = stored(session, mine)
            planned = plan_import(session, mine, rows)
            if planned.refused:
                with pytest.raises(RowsRefused):
                    carry_out(session, planned, SYSTEM)
                assert stored(session, mine) == before
                continue
            carry_out(session, planned, SYSTEM)
            assert plan_import(session, mine, rows).does_nothing
        listed = as_list(session, mine)
        for written in (people_csv(listed), people_xlsx(listed)) if listed else ():
            assert plan_import(session, mine, read_people(written).people).does_nothing
        if listed:
            carry_out(session, plan_import(session, copy.id, read_people(people_csv(listed)).people), SYSTEM)
        assert stored(session, copy.id) == stored(session, mine)
        assert {
            each.name for each in session.scalars(select(Organisation).where(Organisation.partnership_id == mine))
        } == {each.name for each in session.scalars(select(Organisation).where(Organisation.partnership_id == copy.id))}


@pytest.fixture(scope="module")
def sqlite_engine_of_its_own(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: bytes) -> Engine:
    """A migrated database without rows that every example rolls back to."""
    from a2p.store.engine import open_engine
    from tests.database import sqlite_database

    folder = tmp_path_factory.mktemp("lists")
    (folder / "test.sqlite").write_bytes(migrated_sqlite)
    return open_engine(sqlite_database(folder))

"""Letters of introductions and to associates: no names before both said yes, and a link that only the letter holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from a2p.access.policy import Role
from a2p.rounds import associates
from a2p.rounds.associates import ASSOCIATE, Offer
from a2p.rounds.introductions import answer, introduce
from a2p.rounds.support import make_wish
from a2p.store.audit import Actor
from a2p.store.letters import Draft, write_letter
from a2p.store.region_tables import Associate, Introduction
from a2p.store.tables import Partnership, Region
from a2p.store.tokens import token_hash
from tests.jobs.office import BASE, Office, open_office

AIM = "sample/purpose"


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Office:
    """What letters say is the same on each engine."""
    return open_office(sqlite_engine, tmp_path)


def test_an_associate_is_asked_introduced_and_named_only_when_both_agree(office: Office) -> None:
    own = office.built.own
    by = Actor(own.staff[Role.MANAGER].id, Role.MANAGER)
    with office.session() as session, session.begin():
        associates.ask(session, session.get_one(Region, own.region.id), "Ada Lowe", "ada@lowe.example.org", by)
    office.postman.send_due()
    assert office.box.to == ["ada@lowe.example.org"]
    first = link_in(office)
    with office.session() as session, session.begin():
        ada = session.scalars(select(Associate)).one()
        assert ada.token_hash == token_hash(first), "the token is kept as a hash"
        assert ada.agreed is None
        associates.agree(session, ada, Offer("Ada Lowe", "", 1, "", (AIM,)), ada.edition)
        place = session.get_one(Partnership, own.partnership.id)
        wish = make_wish(session, place, "ask", AIM, "", Actor(own.coordinator.id, Role.COORDINATOR))
        row = introduce(session, session.get_one(Region, own.region.id), wish.id, ("associate", ada.id), by)
        number = row.id
    office.postman.send_due()
    to_coordinator, to_ada = sorted(office.box.letters[1:], key=lambda letter: "ada@" in str(letter["To"]))
    assert "Ada" not in str(to_coordinator)
    assert f"/partnerships/{own.partnership.id}/introductions" in str(to_coordinator)
    assert own.partnership.name not in str(to_ada)
    with office.session() as session, session.begin():
        assert session.scalars(select(Associate)).one().token_hash != token_hash(first), "the older link has stopped"
        row = session.get_one(Introduction, number)
        answer(session, row, "asker", "yes", by)
        answer(session, row, "helper", "yes", ASSOCIATE)
    office.postman.send_due()
    told = {str(letter["To"]): str(letter["Reply-To"]) for letter in office.box.letters[3:]}
    coordinator = own.coordinator.email
    assert told == {coordinator: "ada@lowe.example.org", "ada@lowe.example.org": coordinator}


def test_who_withdrew_gets_no_letter(office: Office) -> None:
    own = office.built.own
    by = Actor(own.staff[Role.MANAGER].id, Role.MANAGER)
    with office.session() as session, session.begin():
        row = associates.ask(session, session.get_one(Region, own.region.id), "Ada", "ada@lowe.example.org", by)
        associates.withdraw(session, row)
    office.postman.send_due()
    assert office.box.letters == []


def test_an_associate_who_asks_gets_a_fresh_link_for_each_region_and_nobody_else_a_letter(office: Office) -> None:
    own, foreign = office.built.own, office.built.foreign
    by = Actor(own.staff[Role.MANAGER].id, Role.MANAGER)
    with office.session() as session, session.begin():
        for region in (own.region, foreign.region):
            associates.ask(session, session.get_one(Region, region.id), "Ada Lowe", "Ada@lowe.example.org", by)
        gone = associates.ask(session, session.get_one(Region, own.region.id), "Bo", "bo@lowe.example.org", by)
        associates.withdraw(session, gone)
    office.postman.send_due()
    office.box.letters.clear()
    with office.session() as session, session.begin():
        for address in ("ada@lowe.example.org", "bo@lowe.example.org", "nobody@lowe.example.org"):
            write_letter(session, Draft("associate-link", f"associate-link/{address}", address))
    office.postman.send_due()
    assert office.box.to == ["ada@lowe.example.org"]
    fresh = [part.split()[0] for part in office.box.text.split(f"{BASE}/associate/")[1:]]
    with office.session() as session:
        kept = session.scalars(select(Associate.token_hash).where(Associate.name == "Ada Lowe").order_by(Associate.id))
        assert kept.all() == [token_hash(each) for each in fresh]


def link_in(office: Office) -> str:
    """The token of the link in the newest letter."""
    return office.box.text.partition(f"{BASE}/associate/")[2].split()[0]

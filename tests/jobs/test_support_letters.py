"""The letter to a coordinator whose request was answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from a2p.access.policy import Role
from a2p.rounds.support import make_wish, withdraw_wish
from a2p.rounds.support_requests import reply
from a2p.store.audit import Actor
from a2p.store.outcome_tables import SupportWish
from a2p.store.tables import Partnership
from tests.jobs.office import BASE, Office, open_office


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Office:
    return open_office(sqlite_engine, tmp_path)


def answered(office: Office, *states: str) -> int:
    """A request that was answered so, one after the other; its number."""
    place = office.built.own
    by = Actor(place.staff[Role.MANAGER].id, Role.MANAGER)
    with office.session() as session, session.begin():
        partnership = session.get_one(Partnership, place.partnership.id)
        wish = make_wish(session, partnership, "request", "governance-workshop", "", by)
        for state in states:
            reply(session, wish, state, "On <b>5 May</b>", by)
        return wish.id


def test_it_says_how_the_request_stands_in_the_managers_words(office: Office) -> None:
    answered(office, "planned")
    office.postman.send_due()
    text = office.box.text
    place = office.built.own
    for said in ("Fenland programme manager answered", "A facilitated governance workshop", "planned", "<b>5 May</b>"):
        assert said in text
    assert f"{BASE}/partnerships/{place.partnership.id}/support" in text
    assert str(office.box.letters[-1]["Reply-To"]) == place.staff[Role.MANAGER].email


def test_an_answer_that_was_put_in_its_place_or_a_withdrawn_request_brings_no_letter(office: Office) -> None:
    answered(office, "seen", "declined")
    office.postman.send_due()
    assert len(office.box.letters) == 1
    assert "not possible this time" in office.box.text


def test_who_withdrew_their_request_gets_no_letter(office: Office) -> None:
    wish_id = answered(office, "planned")
    with office.session() as session, session.begin():
        withdraw_wish(session, session.get_one(SupportWish, wish_id), Actor(None, "system"))
    office.postman.send_due()
    assert office.box.letters == []

"""The letter to who is to confirm a release: its link is fresh at each try, and kept as a hash."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from a2p.rounds.confirmers import Confirmer
from a2p.rounds.releasing import Wish, by_token, propose, take_back
from a2p.scoring.releases import To
from a2p.store.audit import Actor
from a2p.store.outcome_tables import Release
from a2p.store.round_tables import Round
from tests.jobs.office import BASE, Office, open_office


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Office:
    return open_office(sqlite_engine, tmp_path)


def proposed(office: Office) -> Actor:
    place = office.built.own
    by = Actor(place.coordinator.id, "coordinator")
    with office.session() as session, session.begin():
        closed = session.get_one(Round, place.closed.id)
        who = Confirmer("contact-1", "Mona Board", "mona@example.org", "board, Fenland police")
        propose(session, closed, Wish(To.REGION, "2", "Name nobody", "Our themes"), who, by)
    return by


def test_it_says_who_asks_for_what_and_brings_a_link_that_opens_the_proposal(office: Office) -> None:
    proposed(office)
    office.postman.send_due()
    assert [address.strip("<>").split("<")[-1] for address in office.box.to] == ["mona@example.org"]
    text = office.box.text
    for said in ("Dear Mona Board,", "Fenland coordinator proposes", "the region’s programme team", "no account"):
        assert said in text
    token = text.partition(f"{BASE}/confirm-release/")[2].split()[0]
    with office.session() as session:
        found = by_token(session, token)
        assert found is not None
        assert token not in (found.token_hash or "")
    assert "Name nobody" not in text


def test_a_proposal_that_was_taken_back_brings_no_letter(office: Office) -> None:
    by = proposed(office)
    with office.session() as session, session.begin():
        take_back(session, session.scalars(select(Release)).one(), by)
    office.postman.send_due()
    assert office.box.letters == []

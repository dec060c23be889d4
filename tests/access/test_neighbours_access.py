"""Roles, sessions and the log of one person or partnership keep to themselves, with neighbours there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from a2p.access import journal, roster, sessions
from a2p.access.granting import Wanted, give
from a2p.access.journal import Asked
from a2p.access.own_sessions import own_sessions
from a2p.access.policy import Role
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.audit import SYSTEM, Actor, record
from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.round_tables import Response
from a2p.store.tables import Grant
from a2p.store.tokens import token_hash
from tests import site
from tests.site import Site


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


def test_a_new_chair_is_asked_about_the_proposals_of_their_own_partnership_alone(session: Session, built: Site) -> None:
    for place in (built.own, built.foreign):
        proposed = site.somebody(session, f"{place.mark} Second", f"second@{place.mark.lower()}.example.org")
        by = Actor(place.coordinator.id, Role.COORDINATOR)
        give(session, proposed, Wanted(Role.COORDINATOR, place.partnership), by=by)
    ann = site.somebody(session, "Ann Orchard", "ann@example.org")
    give(session, ann, Wanted(Role.CHAIR, built.own.partnership), by=Actor(built.administrator.id, Role.ADMINISTRATOR))
    asked = select(Letter.partnership_id).where(Letter.purpose == "confirm", Letter.address == ann.email)
    assert session.scalars(asked).all() == [built.own.partnership.id]


@pytest.mark.parametrize("which", [0, 1])
def test_the_log_names_what_it_says_and_nothing_else(session: Session, built: Site, which: int) -> None:
    place = (built.own, built.foreign)[which]
    grant = session.scalars(select(Grant).where(Grant.person_id == place.coordinator.id)).one()
    response = session.scalars(select(Response).where(Response.invitation_id == place.answered[1].id)).one()
    for about in (f"grant {grant.id}", f"result {place.result.id}", f"response {response.id}"):
        record(session, "looked at", by=SYSTEM, of=about)
    newest = [line.sentence for line in journal.lines(session, Asked(None))[0]][:3]
    assert newest == [
        f"The site itself looked at: {place.mark} health person",
        f"The site itself looked at: {place.mark} spring",
        f"The site itself looked at: {place.mark} coordinator",
    ]


def test_a_link_without_an_address_shows_nobody_the_browsers_of_its_other_users(session: Session, built: Site) -> None:
    with_an_address, without = (each.invitation for each in built.own.invited[:2])
    with_an_address.email = "ben@example.org"
    session.flush()
    mine = sessions.bind_invitation(session, None, without, agent="mine")
    sessions.bind_invitation(session, None, without, agent="theirs")
    assert [each.agent for each in own_sessions(session, mine)] == ["mine"]


def test_a_regions_managers_are_its_own(session: Session, built: Site) -> None:
    for place in (built.own, built.foreign):
        held = roster.managers_of(session, place.region.id)
        assert [each.person for each in held] == [place.staff[Role.MANAGER]]


def test_using_one_session_does_not_keep_another_one_fresh(session: Session, built: Site) -> None:
    mine, theirs = (sessions.sign_in(session, None, place.coordinator.id) for place in (built.own, built.foreign))
    before = now() - timedelta(hours=1)
    session.execute(update(BrowserSession).values(seen=before))
    sessions.note_seen(session, mine)
    session.expire_all()
    seen = {row.token_hash: row.seen for row in session.scalars(select(BrowserSession))}
    assert seen[token_hash(mine)] > before
    assert seen[token_hash(theirs)] == before

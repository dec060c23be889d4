"""What belongs to one partnership, region or person is not found, ended or told of from another's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from a2p.access import journal, sessions
from a2p.access.granting import Wanted, give
from a2p.access.journal import Asked
from a2p.access.loading import Loader
from a2p.access.loading_admin import partnership_grant
from a2p.access.loading_agreed import round_action
from a2p.access.loading_copies import copy_job
from a2p.access.loading_forms import form_job
from a2p.access.loading_partners import contact, organisation
from a2p.access.loading_releases import release_link
from a2p.access.loading_support import support_wish
from a2p.access.own_sessions import own_sessions
from a2p.access.policy import Role
from a2p.access.roster import managers_of
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.audit import SYSTEM, Actor, record
from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.outcome_tables import ActionItem, Release, SupportWish
from a2p.store.round_tables import Job, Response
from a2p.store.tables import Contact, Grant
from a2p.store.tokens import token_hash
from tests import site
from tests.site import Place, Site


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


def test_a_new_chair_is_asked_about_who_waits_here_and_nobody_elsewhere_is_asked(session: Session, built: Site) -> None:
    waiting = site.grant(site.somebody(session, "Wim Waits", "wim@example.org"), built.foreign.partnership)
    session.add(waiting)
    session.flush()
    waiting.confirmed = None
    session.flush()
    chair = site.somebody(session, "Cy Chair", "cy@example.org")
    by = Actor(built.administrator.id, Role.ADMINISTRATOR)
    give(session, chair, Wanted(Role.CHAIR, built.own.partnership), by=by)
    assert session.scalars(select(Letter).where(Letter.purpose == "confirm")).all() == []


def sentences(session: Session, number: int) -> list[str]:
    return [line.sentence for line in journal.lines(session, Asked())[0]][:number]


def test_the_log_names_whose_grant_it_was(session: Session, built: Site) -> None:
    for place in (built.own, built.foreign):
        held = session.scalars(select(Grant).where(Grant.person_id == place.coordinator.id)).one()
        record(session, "ended the role of", by=SYSTEM, of=f"grant {held.id}")
    zz, fen = sentences(session, 2)
    assert "Zzcanary coordinator" in zz
    assert "Fenland coordinator" in fen


def test_the_log_names_the_round_of_a_result(session: Session, built: Site) -> None:
    for place in (built.own, built.foreign):
        record(session, "showed the result of", by=SYSTEM, of=f"result {place.result.id}")
    zz, fen = sentences(session, 2)
    assert "Zzcanary spring" in zz
    assert "Fenland spring" in fen


def test_the_log_names_whose_response_it_was(session: Session, built: Site) -> None:
    asked = [place.answered[0] for place in (built.own, built.foreign)]
    for invitation in asked:
        (response,) = session.scalars(select(Response.id).where(Response.invitation_id == invitation.id))
        record(session, "keyed in for", by=SYSTEM, of=f"response {response}")
    zz, fen = sentences(session, 2)
    assert asked[1].name in zz
    assert asked[0].name in fen


def a_grant(session: Session, place: Place) -> dict[str, int]:
    return {"grant_id": session.scalars(select(Grant.id).where(Grant.person_id == place.coordinator.id)).one()}


def a_form(session: Session, place: Place) -> dict[str, int]:
    job = Job(partnership_id=place.partnership.id, version_id=place.version.id, kind="blank")
    session.add(job)
    session.flush()
    return {"job_id": job.id}


def a_contact(_session: Session, place: Place) -> dict[str, int]:
    return {"contact_id": place.contact.id}


def an_organisation(_session: Session, place: Place) -> dict[str, int]:
    return {"organisation_id": place.contact.organisation_id}


def a_wish(session: Session, place: Place) -> dict[str, int]:
    wish = SupportWish(partnership_id=place.partnership.id, kind="ask", about="sample/purpose", note="")
    session.add(wish)
    session.flush()
    return {"wish_id": wish.id}


@pytest.mark.parametrize(
    ("loader", "there"),
    [
        (partnership_grant, a_grant),
        (form_job, a_form),
        (contact, a_contact),
        (organisation, an_organisation),
        (support_wish, a_wish),
    ],
)
def test_what_a_partnership_has_is_found_under_its_own_address_alone(
    session: Session, built: Site, loader: Loader, there: Callable[[Session, Place], dict[str, int]]
) -> None:
    found = there(session, built.own)
    assert loader(session, {"partnership_id": built.own.partnership.id, **found}) is not None
    assert loader(session, {"partnership_id": built.foreign.partnership.id, **found}) is None


def test_a_contact_is_the_one_that_was_asked_for(session: Session, built: Site) -> None:
    own = built.own
    other = Contact(
        partnership_id=own.partnership.id, organisation_id=own.contact.organisation_id, name="Another", email=""
    )
    session.add(other)
    session.flush()
    for each in (own.contact, other):
        loaded = contact(session, {"partnership_id": own.partnership.id, "contact_id": each.id})
        assert loaded is not None
        assert loaded.object.contact is each


def test_a_copy_of_answers_is_found_under_its_own_invitation_alone(session: Session, built: Site) -> None:
    mine, another = built.own.answered[:2]
    job = Job(partnership_id=mine.partnership_id, invitation_id=mine.id, version_id=built.own.version.id, kind="copy")
    session.add(job)
    session.flush()
    assert copy_job(session, {"invitation_id": mine.id, "job_id": job.id}) is not None
    assert copy_job(session, {"invitation_id": another.id, "job_id": job.id}) is None


def test_a_link_that_many_share_shows_nobody_the_others_though_a_neighbour_has_an_address(
    session: Session, built: Site
) -> None:
    shared, neighbour = (each.invitation for each in built.own.invited[:2])
    neighbour.email = "neighbour@example.org"
    session.flush()
    here = sessions.bind_invitation(session, None, shared, agent="Firefox on Linux")
    sessions.bind_invitation(session, None, shared, agent="Edge on Windows")
    assert [each.agent for each in own_sessions(session, here)] == ["Firefox on Linux"]


def test_the_managers_of_a_region_are_its_own(session: Session, built: Site) -> None:
    for place in (built.own, built.foreign):
        assert [each.person for each in managers_of(session, place.region.id)] == [place.staff[Role.MANAGER]]


def test_a_session_in_use_keeps_no_other_one_fresh(session: Session, built: Site) -> None:
    here, there = (sessions.sign_in(session, None, built.own.coordinator.id) for _ in range(2))
    session.execute(update(BrowserSession).values(seen=now() - timedelta(minutes=10)))
    sessions.note_seen(session, here)
    seen = {
        token: session.scalars(select(BrowserSession.seen).where(BrowserSession.token_hash == token_hash(token))).one()
        for token in (here, there)
    }
    assert seen[here] - seen[there] > timedelta(minutes=9)


def test_an_action_of_an_earlier_round_is_carried_over_within_its_partnership(session: Session, built: Site) -> None:
    for place in (built.own, built.foreign):
        action = ActionItem(partnership_id=place.partnership.id, round_id=place.closed.id, what="Meet")
        session.add(action)
        session.flush()
        for later in (built.own, built.foreign):
            found = round_action(session, {"round_id": later.open.id, "action_id": action.id})
            assert (found is not None) is (later is place)


def test_a_mailed_link_opens_its_own_proposal(session: Session, built: Site) -> None:
    for place in (built.own, built.foreign):
        session.add(
            Release(
                partnership_id=place.partnership.id,
                round_id=place.closed.id,
                audience="region",
                level="1",
                reason="To learn.",
                token_hash=token_hash(place.mark),
            )
        )
    session.flush()
    for place in (built.own, built.foreign):
        offered = release_link(session, {"token": place.mark}).object.offered
        assert offered.round is place.closed

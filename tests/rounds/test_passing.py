"""Passing an invitation to a deputy; on each engine."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.sessions import bind_invitation, principal_of
from a2p.rounds.answering import submit
from a2p.rounds.closing import close_round
from a2p.rounds.directory import Status, people_of
from a2p.rounds.inviting import AnsweredTogether, invite_together
from a2p.rounds.opening import RoundClosed, RoundPlan, open_round
from a2p.rounds.passing import AddressTaken, AlreadySubmitted, Deputy, PassedOnAlready, pass_on
from a2p.rounds.respondents import submitted_respondents
from a2p.store.letter_tables import AuditEvent, Letter
from a2p.store.round_tables import InvitationQuestionnaire
from tests import site
from tests.site import Place

DEE = Deputy("Dee Puty", "dee@example.org")


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


def test_the_deputy_is_invited_in_the_same_place_and_gets_a_letter(session: Session, place: Place) -> None:
    old = place.invited[1].invitation
    old.councillor, old.layer = "executive", "board"
    session.add(
        InvitationQuestionnaire(
            invitation_id=old.id,
            version_id=place.version.id,
            partnership_id=old.partnership_id,
            round_id=old.round_id,
        )
    )
    fresh = pass_on(session, old, DEE)
    assert (fresh.name, fresh.email) == ("Dee Puty", "dee@example.org")
    assert (fresh.organisation_id, fresh.councillor, fresh.layer) == (old.organisation_id, "executive", "board")
    assert [version.id for version in fresh.only] == [place.version.id]
    assert fresh.token_hash is None, "the link is made when the letter is sent"
    letter = session.scalars(select(Letter).where(Letter.purpose == "deputy")).one()
    assert (letter.address, letter.invitation_id) == ("dee@example.org", fresh.id)


def test_who_passed_it_on_is_out_at_once_and_their_answers_do_not_count(session: Session, place: Place) -> None:
    old = place.invited[0].invitation
    token = bind_invitation(session, None, old)
    fresh = pass_on(session, old, DEE)
    assert principal_of(session, token).invitations == frozenset()
    site.answer(session, fresh, place.version, "Deputy")
    close_round(session, place.open)
    assert len(submitted_respondents(session, place.open, place.version)) == 1


def test_the_coordinator_sees_to_whom_and_the_audit_says_so_without_a_name(session: Session, place: Place) -> None:
    pass_on(session, place.invited[1].invitation, DEE)
    listed = {one.invitation.name: one for one in people_of(session, place.open)}
    passed = listed[place.invited[1].invitation.name]
    assert (passed.status, passed.passed_to) == (Status.WITHDRAWN, "Dee Puty")
    assert listed["Dee Puty"].status is Status.INVITED
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "passed an invitation to a deputy")).one()
    assert event.actor == "respondent"
    assert "Dee" not in event.detail + event.object


def test_what_is_submitted_stays(session: Session, place: Place) -> None:
    submit(session, place.invited[1].invitation, place.version)
    with pytest.raises(AlreadySubmitted):
        pass_on(session, place.invited[1].invitation, DEE)


def test_somebody_who_is_asked_already_is_no_deputy(session: Session, place: Place) -> None:
    place.invited[2].invitation.email = DEE.email
    session.flush()
    with pytest.raises(AddressTaken):
        pass_on(session, place.invited[1].invitation, DEE)


def test_it_is_passed_on_once(session: Session, place: Place) -> None:
    pass_on(session, place.invited[1].invitation, DEE)
    with pytest.raises(PassedOnAlready):
        pass_on(session, place.invited[1].invitation, Deputy("Eve", "eve@example.org"))


def test_a_deputy_may_pass_it_back(session: Session, place: Place) -> None:
    old = place.invited[1].invitation
    old.email = "own@example.org"
    fresh = pass_on(session, old, DEE)
    assert pass_on(session, fresh, Deputy(old.name, "own@example.org")).organisation_id == old.organisation_id


def test_nothing_is_passed_on_after_the_last_day(session: Session, place: Place) -> None:
    place.open.closes = date(2020, 1, 1)
    session.flush()
    with pytest.raises(RoundClosed):
        pass_on(session, place.invited[1].invitation, DEE)


def test_a_round_answered_together_has_no_deputies(session: Session, place: Place) -> None:
    together = open_round(session, place.partnership, RoundPlan("Together", [place.version], together=True))
    with pytest.raises(AnsweredTogether):
        pass_on(session, invite_together(session, together).invitation, DEE)

"""Own sessions: what somebody sees of theirs and can end, and when sessions end by themselves."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.own_sessions import end_others, end_own, own_sessions
from a2p.access.policy import Action, Decision, Facts, decide
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.base import LONDON, now, today
from a2p.store.round_tables import Invitation
from a2p.store.tables import Grant
from a2p.store.tokens import token_hash
from tests import site
from tests.site import Site

DAY = timedelta(days=1)


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


def row_of(session: Session, token: str) -> BrowserSession:
    return session.scalars(select(BrowserSession).where(BrowserSession.token_hash == token_hash(token))).one()


def idle(session: Session, stretch: timedelta) -> None:
    session.execute(update(BrowserSession).values(seen=now() - stretch))


def names(session: Session, token: str) -> list[str]:
    return [each.agent for each in own_sessions(session, token)]


def test_a_person_sees_all_of_their_sessions_and_nobody_elses(session: Session, built: Site) -> None:
    person, other = built.own.coordinator.id, built.foreign.coordinator.id
    here = sessions.sign_in(session, None, person, agent="Firefox on Linux")
    sessions.sign_in(session, None, person, agent="Safari on iPhone")
    theirs = sessions.sign_in(session, None, other, agent="Edge on Windows")
    assert names(session, here) == ["Firefox on Linux", "Safari on iPhone"]
    assert [each.this for each in own_sessions(session, here)] == [True, False]
    assert names(session, theirs) == ["Edge on Windows"]


def test_ending_one_leaves_the_others_and_nobody_ends_anothers(session: Session, built: Site) -> None:
    here, there = (sessions.sign_in(session, None, built.own.coordinator.id) for _ in range(2))
    foreign = sessions.sign_in(session, None, built.foreign.coordinator.id)
    assert not end_own(session, here, row_of(session, foreign).id)
    assert end_own(session, here, row_of(session, there).id)
    assert not sessions.principal_of(session, there).signed_in
    assert sessions.principal_of(session, here).signed_in
    assert sessions.principal_of(session, foreign).signed_in


def test_ending_all_others_leaves_this_one(session: Session, built: Site) -> None:
    tokens = [sessions.sign_in(session, None, built.own.coordinator.id) for _ in range(3)]
    foreign = sessions.sign_in(session, None, built.foreign.coordinator.id)
    end_others(session, tokens[1])
    assert [sessions.principal_of(session, token).signed_in for token in (*tokens, foreign)] == [
        False,
        True,
        False,
        True,
    ]


def test_a_respondent_sees_the_browsers_that_came_by_their_address(session: Session, built: Site) -> None:
    mine, other = built.own.invited[0].invitation, built.own.invited[1].invitation
    mine.email, other.email = "ben@example.org", "ewa@example.org"
    here = sessions.bind_invitation(session, None, mine, agent="here")
    sessions.bind_invitation(session, None, mine, agent="phone")
    sessions.bind_invitation(session, None, other, agent="not mine")
    assert names(session, here) == ["here", "phone"]


@pytest.mark.parametrize("shared", ["no address", "answered together"])
def test_of_a_link_that_many_have_nobody_sees_or_ends_the_others(session: Session, built: Site, shared: str) -> None:
    invitation = built.own.invited[0].invitation
    if shared == "answered together":
        invitation.email, invitation.round.together = "ben@example.org", True
    here = sessions.bind_invitation(session, None, invitation, agent="here")
    there = sessions.bind_invitation(session, None, invitation, agent="there")
    session.flush()
    assert names(session, here) == ["here"]
    end_others(session, here)
    assert not end_own(session, here, row_of(session, there).id)
    assert sessions.principal_of(session, there).signed_in


# How long they last


def test_a_persons_session_ends_after_two_hours_without_use_and_is_not_revived(session: Session, built: Site) -> None:
    token = sessions.sign_in(session, None, built.own.coordinator.id)
    idle(session, timedelta(hours=1, minutes=59))
    assert sessions.principal_of(session, token).signed_in
    idle(session, timedelta(hours=2, seconds=1))
    assert not sessions.principal_of(session, token).signed_in
    fresh = sessions.bind_invitation(session, token, built.own.invited[0].invitation)
    assert sessions.principal_of(session, fresh).person_id is None


def test_a_respondents_session_outlasts_idle_days(session: Session, built: Site) -> None:
    token = sessions.bind_invitation(session, None, built.own.invited[0].invitation)
    idle(session, timedelta(days=3))
    assert sessions.principal_of(session, token).signed_in


def test_use_is_noted_once_a_minute(session: Session, built: Site) -> None:
    token = sessions.sign_in(session, None, built.own.coordinator.id)
    assert not sessions.visit_of(session, token).to_note
    idle(session, timedelta(seconds=61))
    assert sessions.visit_of(session, token).to_note
    sessions.note_seen(session, token)
    assert now() - row_of(session, token).seen < timedelta(seconds=30)
    assert not sessions.visit_of(session, token).to_note


def test_opening_an_invitation_makes_no_persons_session_longer(session: Session, built: Site) -> None:
    token = sessions.sign_in(session, None, built.own.coordinator.id)
    soon = now() + timedelta(minutes=5)
    row_of(session, token).ends = soon
    session.flush()
    token = sessions.bind_invitation(session, token, built.own.invited[0].invitation)
    assert row_of(session, token).ends == soon


@pytest.mark.parametrize(
    ("days", "lasts"),
    [(0, 1), (10, 11), (58, 59), (60, 60), (300, 60), (None, 60)],
)
def test_a_respondents_session_lasts_until_the_day_after_the_last_day(
    session: Session, built: Site, days: int | None, lasts: int
) -> None:
    invitation = built.own.invited[0].invitation
    invitation.round.closes = None if days is None else today() + days * DAY
    ends = row_of(session, sessions.bind_invitation(session, None, invitation)).ends
    at_most = now() + 60 * DAY
    assert ends <= at_most
    if lasts < 60:
        assert ends == datetime.combine(today() + (lasts + 1) * DAY, time(), LONDON)
    else:
        assert at_most - ends < timedelta(minutes=1)


def test_the_latest_round_counts_and_a_closed_one_gives_half_a_day(session: Session, built: Site) -> None:
    soon, late, closed = built.own.invited[0].invitation, built.foreign.invited[0].invitation, built.own.answered[0]
    soon.round.closes, late.round.closes = today(), today() + 30 * DAY
    token = sessions.bind_invitation(session, None, late)
    token = sessions.bind_invitation(session, token, soon)
    assert row_of(session, token).ends > now() + 30 * DAY
    token = sessions.bind_invitation(session, None, closed)
    assert timedelta(hours=11) < row_of(session, token).ends - now() <= timedelta(hours=12)


# What grants do to them


def test_when_sessions_of_a_person_are_ended_they_are_all_over(session: Session, built: Site) -> None:
    tokens = [sessions.sign_in(session, None, built.own.coordinator.id) for _ in range(2)]
    other = sessions.sign_in(session, None, built.foreign.coordinator.id)
    sessions.end_sessions_of(session, built.own.coordinator.id)
    assert not any(sessions.principal_of(session, token).signed_in for token in tokens)
    assert sessions.principal_of(session, other).signed_in


@pytest.mark.parametrize("change", ["ended", "not confirmed", "over"])
def test_a_grant_that_is_not_in_force_gives_nothing_at_the_next_request(
    session: Session, built: Site, change: str
) -> None:
    token = sessions.sign_in(session, None, built.own.coordinator.id)
    facts = Facts(partnership_id=built.own.partnership.id)
    principal = sessions.principal_of(session, token)
    assert decide(principal, Action.KEEP_PARTNERS, facts, today()) is Decision.ALLOWED
    changes: dict[str, dict[str, object]] = {
        "ended": {"ended": now()},
        "not confirmed": {"confirmed": None},
        "over": {"ends": today() - DAY},
    }
    session.execute(update(Grant).where(Grant.person_id == built.own.coordinator.id).values(changes[change]))
    session.expire_all()
    principal = sessions.principal_of(session, token)
    assert decide(principal, Action.KEEP_PARTNERS, facts, today()) is Decision.ABSENT


def test_where_a_second_factor_is_asked_for_a_person_has_nothing_until_they_pass_it(
    session: Session, built: Site
) -> None:
    invitation: Invitation = built.own.invited[0].invitation
    token = sessions.sign_in(session, None, built.own.coordinator.id, [invitation])
    before = sessions.principal_of(session, token, second_factor=True)
    assert (before.person_id, before.grants, before.factor_due) == (built.own.coordinator.id, (), True)
    assert before.invitations == {invitation.id}
    fresh = sessions.pass_second_factor(session, token)
    assert fresh is not None
    after = sessions.principal_of(session, fresh, second_factor=True)
    assert after.grants
    assert not after.factor_due
    assert not sessions.principal_of(session, token).signed_in
    assert not sessions.principal_of(session, sessions.bind_invitation(session, fresh, invitation)).factor_due
    assert sessions.pass_second_factor(session, None) is None

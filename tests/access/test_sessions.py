"""Browsers' sessions: a fresh token at every change of who somebody is, and an end that is an end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.policy import NOBODY, Role
from a2p.rounds.inviting import by_token, renew_link, withdraw
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.access_tables import SessionInvitation
from a2p.store.base import now
from a2p.store.tokens import new_token, token_hash
from tests import site
from tests.site import Site


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


def test_without_a_token_or_with_an_unknown_one_somebody_is_nobody(session: Session) -> None:
    for token in (None, "", "nonsense", new_token()):
        assert sessions.principal_of(session, token) == NOBODY


def test_signing_in_gives_the_persons_grants(session: Session, built: Site) -> None:
    token = sessions.sign_in(session, None, built.own.coordinator.id)
    principal = sessions.principal_of(session, token)
    assert principal.person_id == built.own.coordinator.id
    assert [(each.role, each.partnership_id) for each in principal.grants] == [
        (Role.COORDINATOR, built.own.partnership.id)
    ]
    assert principal.place == "Fenland Partnership"


def test_signing_in_changes_the_token_and_ends_the_old_one(session: Session, built: Site) -> None:
    opened = sessions.bind_invitation(session, None, built.own.invited[0].invitation)
    signed_in = sessions.sign_in(session, opened, built.own.coordinator.id)
    assert signed_in != opened
    assert sessions.principal_of(session, opened) == NOBODY
    assert sessions.principal_of(session, signed_in).invitations == {built.own.invited[0].invitation.id}


def test_opening_a_second_link_keeps_the_first(session: Session, built: Site) -> None:
    first, second = built.own.invited[0].invitation, built.own.invited[1].invitation
    token = sessions.bind_invitation(session, sessions.bind_invitation(session, None, first), second)
    assert sessions.principal_of(session, token).invitations == {first.id, second.id}


def test_signing_out_ends_the_session_at_once(session: Session, built: Site) -> None:
    token = sessions.sign_in(session, None, built.own.coordinator.id)
    sessions.sign_out(session, token)
    assert sessions.principal_of(session, token) == NOBODY


def test_a_session_that_is_over_opens_nothing(session: Session, built: Site) -> None:
    token = sessions.sign_in(session, None, built.own.coordinator.id)
    row = session.scalars(select(BrowserSession)).one()
    row.ends = now() - timedelta(seconds=1)
    session.flush()
    assert sessions.principal_of(session, token) == NOBODY


def test_sessions_that_are_over_are_swept_when_another_begins(session: Session, built: Site) -> None:
    sessions.bind_invitation(session, None, built.own.invited[0].invitation)
    session.scalars(select(BrowserSession)).one().ends = now() - timedelta(seconds=1)
    session.flush()
    sessions.sign_in(session, None, built.own.coordinator.id)
    assert session.scalar(select(func.count()).select_from(BrowserSession)) == 1
    assert session.scalar(select(func.count()).select_from(SessionInvitation)) == 0


def test_a_withdrawn_invitation_falls_at_once(session: Session, built: Site) -> None:
    invited = built.own.invited[0]
    token = sessions.bind_invitation(session, None, invited.invitation)
    withdraw(session, invited.invitation)
    assert sessions.principal_of(session, token).invitations == frozenset()
    assert by_token(session, invited.token) is None


def test_a_renewed_link_shuts_out_the_old_one_and_every_browser_that_used_it(session: Session, built: Site) -> None:
    invited = built.own.invited[0]
    token = sessions.bind_invitation(session, None, invited.invitation)
    fresh = renew_link(session, invited.invitation)
    assert sessions.principal_of(session, token).invitations == frozenset()
    assert by_token(session, invited.token) is None
    assert by_token(session, fresh) is invited.invitation


def test_a_withdrawn_invitation_is_not_revived_by_a_fresh_link(session: Session, built: Site) -> None:
    invited = built.own.invited[0]
    withdraw(session, invited.invitation)
    assert by_token(session, renew_link(session, invited.invitation)) is None


def test_no_token_lies_in_the_database(sqlite_engine: Engine) -> None:
    with Session(sqlite_engine) as session, session.begin():
        built = site.build(session)
        signed_in = sessions.sign_in(session, None, built.own.coordinator.id)
        opened = sessions.bind_invitation(session, None, built.own.invited[0].invitation)
        renewed = renew_link(session, built.own.invited[1].invitation)
        tokens = [signed_in, opened, renewed, *(each.token for each in built.own.invited)]
        marks = [token_hash(signed_in), built.own.partnership.name]
    sqlite_engine.dispose()
    kept = Path(str(sqlite_engine.url.database)).read_bytes()
    for mark in marks:
        assert mark.encode() in kept
    for token in tokens:
        assert token.encode() not in kept


def test_tokens_are_long_and_never_the_same() -> None:
    made = {new_token() for _ in range(1000)}
    assert len(made) == 1000
    assert min(map(len, made)) >= 43

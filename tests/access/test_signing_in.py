"""Signing in by a mailed link: who gets one, what it opens, and that it opens it once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.signing_in import (
    FreshLink,
    find_code,
    find_link,
    make_link,
    masked,
    on_this_site,
    use_link,
)
from a2p.rounds.inviting import renew_link, withdraw
from a2p.store.access_tables import SignInLink
from a2p.store.base import now, today
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Invitation
from a2p.store.tables import Grant
from tests import site
from tests.site import Site

ADDRESS = "ben@example.org"
DAY = timedelta(days=1)


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


def invited(session: Session, *invitations: Invitation) -> None:
    for invitation in invitations:
        invitation.email = ADDRESS
    session.flush()


def fresh(session: Session, address: str = ADDRESS, destination: str = "") -> FreshLink:
    made = make_link(session, address, destination)
    assert made is not None
    return made


def use(session: Session, made: FreshLink, old: str | None = None) -> str:
    link = find_link(session, made.token)
    assert link is not None
    arrived = use_link(session, link, old, "Firefox on Windows")
    assert arrived is not None
    return arrived.token


def test_nobody_gets_a_link_by_an_address_that_nobody_has(session: Session, built: Site) -> None:
    assert make_link(session, ADDRESS) is None
    assert session.scalar(select(func.count()).select_from(SignInLink)) == 0


def test_somebody_with_a_role_is_signed_in(session: Session, built: Site) -> None:
    person = built.own.coordinator
    token = use(session, fresh(session, person.email.upper()))
    assert sessions.principal_of(session, token).person_id == person.id


@pytest.mark.parametrize("state", ["not confirmed", "ended", "over", "still to come"])
def test_somebody_whose_role_is_not_in_force_gets_none(session: Session, built: Site, state: str) -> None:
    grant = session.scalars(select(Grant).where(Grant.person_id == built.own.coordinator.id)).one()
    match state:
        case "not confirmed":
            grant.confirmed = None
        case "ended":
            grant.ended = now()
        case "over":
            grant.ends = today() - DAY
        case _:
            grant.starts = today() + DAY
    session.flush()
    assert make_link(session, built.own.coordinator.email) is None


def test_one_link_opens_every_invitation_of_the_address(session: Session, built: Site) -> None:
    mine = [built.own.invited[0].invitation, built.foreign.invited[2].invitation]
    invited(session, *mine)
    token = use(session, fresh(session))
    principal = sessions.principal_of(session, token)
    assert principal.person_id is None
    assert principal.invitations == {each.id for each in mine}
    assert all(each.opened and each.bound for each in mine)


def test_a_coordinator_who_is_invited_too_has_both(session: Session, built: Site) -> None:
    invitation = built.own.invited[1].invitation
    invitation.email = built.own.coordinator.email
    session.flush()
    principal = sessions.principal_of(session, use(session, fresh(session, built.own.coordinator.email)))
    assert principal.person_id == built.own.coordinator.id
    assert principal.invitations == {invitation.id}


def test_what_the_browser_had_opened_stays_open(session: Session, built: Site) -> None:
    before = sessions.bind_invitation(session, None, built.own.invited[0].invitation)
    invited(session, built.own.invited[1].invitation)
    token = use(session, fresh(session), before)
    assert sessions.principal_of(session, token).invitations == {each.invitation.id for each in built.own.invited[:2]}
    assert not sessions.principal_of(session, before).signed_in


def test_withdrawn_invitations_open_nothing(session: Session, built: Site) -> None:
    first, second = (each.invitation for each in built.own.invited[:2])
    invited(session, first, second)
    made = fresh(session)
    withdraw(session, first)
    assert sessions.principal_of(session, use(session, made)).invitations == {second.id}
    withdraw(session, second)
    assert make_link(session, ADDRESS) is None


def test_a_round_that_is_still_to_open_lets_nobody_in_and_a_closed_one_lets_them_read(
    session: Session, built: Site
) -> None:
    planned, closed = built.own.invited[0].invitation, built.own.answered[0]
    invited(session, planned)
    planned.round.opened = now() + DAY
    session.flush()
    assert make_link(session, ADDRESS) is None
    invited(session, closed)
    assert sessions.principal_of(session, use(session, fresh(session))).invitations == {closed.id}


def test_a_link_and_its_code_open_once_together(session: Session, built: Site) -> None:
    invited(session, built.own.invited[0].invitation)
    made = fresh(session)
    by_code = find_code(session, made.code.lower().replace("-", " "))
    assert by_code is not None
    assert by_code is find_link(session, made.token)
    assert use_link(session, by_code, None) is not None
    assert find_link(session, made.token) is None
    assert find_code(session, made.code) is None
    assert use_link(session, by_code, None) is None, "somebody else was a moment faster"


def test_a_link_is_good_for_20_minutes(session: Session, built: Site) -> None:
    invited(session, built.own.invited[0].invitation)
    made = fresh(session)
    link = session.scalars(select(SignInLink)).one()
    assert timedelta(minutes=19) < link.expires - now() <= timedelta(minutes=20)
    link.expires = now() - timedelta(seconds=1)
    session.flush()
    assert find_link(session, made.token) is None
    assert find_code(session, made.code) is None
    assert use_link(session, link, None) is None


def test_neither_the_token_nor_the_code_is_kept_and_old_links_are_thrown_away(session: Session, built: Site) -> None:
    invited(session, built.own.invited[0].invitation)
    made = fresh(session)
    link = session.scalars(select(SignInLink)).one()
    assert {made.token, made.code, made.code.replace("-", "")}.isdisjoint({link.token_hash, link.code_hash})
    link.expires = now() - timedelta(days=8)
    session.flush()
    fresh(session)
    assert session.scalar(select(func.count()).select_from(SignInLink)) == 1


def test_a_link_leads_to_the_page_that_was_wanted_and_to_none_elsewhere(session: Session, built: Site) -> None:
    invited(session, built.own.invited[0].invitation)
    for destination, led_to in (("/rounds/3?a=b", "/rounds/3?a=b"), ("https://elsewhere.example/", "")):
        link = find_link(session, fresh(session, destination=destination).token)
        assert link is not None
        arrived = use_link(session, link, None)
        assert arrived is not None
        assert arrived.destination == led_to


def test_a_renewed_invitation_binds_anew(session: Session, built: Site) -> None:
    invitation = built.own.invited[0].invitation
    invited(session, invitation)
    use(session, fresh(session))
    renew_link(session, invitation)
    assert invitation.bound is None


def test_coming_in_is_written_into_the_audit_log_once_an_invitation(session: Session, built: Site) -> None:
    invitation = built.own.invited[0].invitation
    invitation.email = built.own.coordinator.email
    session.flush()
    for _ in range(2):
        use(session, fresh(session, built.own.coordinator.email))
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.action.in_(["signed in", "opened the link"])).order_by(AuditEvent.id)
    )
    assert [(each.action, each.actor, each.object, each.partnership_id) for each in events] == [
        ("opened the link", "respondent", f"invitation {invitation.id}", built.own.partnership.id),
        ("signed in", "signed in", f"person {built.own.coordinator.id}", None),
        ("signed in", "signed in", f"person {built.own.coordinator.id}", None),
    ]


@pytest.mark.parametrize(
    "path", ["/", "/rounds/3", "/rounds/3?part=2&x=%20", "/answer/1/first-look/sections/a", "/i/a b"]
)
def test_a_path_of_this_site_can_be_gone_back_to(path: str) -> None:
    assert on_this_site(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "rounds/3",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/a\\b",
        "https://elsewhere.example/",
        "javascript:alert(1)",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "/rounds\r\nSet-Cookie: a=b",
        "/" + "x" * 300,
    ],
)
def test_nothing_else_is_gone_back_to(path: str | None) -> None:
    assert on_this_site(path) == ""


@pytest.mark.parametrize(("address", "shown"), [("ben@example.org", "b…@example.org"), ("x@y.org", "x…@y.org")])
def test_a_masked_address_is_known_to_its_owner_alone(address: str, shown: str) -> None:
    assert masked(address) == shown

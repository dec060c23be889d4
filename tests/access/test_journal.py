"""The audit log in sentences: names are looked up when it is shown, a partnership's within the partnership alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from a2p.access import journal
from a2p.access.granting import Wanted, give
from a2p.access.journal import Asked
from a2p.access.policy import Role
from a2p.store.audit import FIRST, RESPONDENT, SYSTEM, Actor, record
from a2p.store.base import today
from tests import site
from tests.site import Site


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


def sentences(session: Session, newest: int, partnership_id: int | None = None) -> list[str]:
    return [line.sentence for line in journal.lines(session, Asked(partnership_id))[0]][:newest]


def closed(session: Session, built: Site) -> None:
    own = built.own
    by = Actor(own.coordinator.id, "coordinator")
    detail: dict[str, str | int] = {"last day": "2026-12-01", "people": 5}
    about = f"round {own.open.id}"
    record(session, "closed the round", by=by, of=about, partnership_id=own.partnership.id, detail=detail)


def test_who_did_what_to_what_in_plain_words(session: Session, built: Site) -> None:
    own = built.own
    closed(session, built)
    record(session, "erased old rounds", by=SYSTEM)
    record(session, "opened the link", by=RESPONDENT, of=f"invitation {own.invited[0].invitation.id}")
    record(session, "asked for a link", by=RESPONDENT)
    record(
        session,
        "published the questionnaire",
        by=Actor(built.administrator.id, "administrator"),
        of=f"version {own.version.id}",
    )
    record(session, "sent", by=SYSTEM, of="letter 7")
    assert sentences(session, 6) == [
        "The site itself sent: letter 7",
        "Ada Keys (administrator) published the questionnaire sample version 1",
        "A respondent asked for a link",
        "Fenland police person (respondent) opened the link",
        "The site itself erased old rounds",
        "Fenland coordinator (coordinator) closed the round Fenland autumn",
    ]


def test_a_grant_is_named_after_its_person(session: Session, built: Site) -> None:
    ann = site.somebody(session, "Ann Orchard", "ann@example.org")
    by = Actor(built.administrator.id, Role.ADMINISTRATOR)
    give(session, ann, Wanted(Role.MANAGER, built.own.region), by=by)
    assert sentences(session, 1) == ["Ada Keys (administrator) gave the role of programme manager to Ann Orchard"]


def test_days_in_the_details_are_days(session: Session, built: Site) -> None:
    closed(session, built)
    line = journal.lines(session, Asked())[0][0]
    assert line.details == (("last day", date(2026, 12, 1)), ("people", "5"))
    assert line.place == "Fenland Partnership"


def test_a_partnership_s_log_holds_its_own_events_and_no_name_of_another(session: Session, built: Site) -> None:
    closed(session, built)
    foreign = built.foreign
    by = Actor(built.administrator.id, "administrator")
    record(session, "closed the round", by=by, of=f"round {foreign.open.id}", partnership_id=foreign.partnership.id)
    record(session, "moved", by=by, of=f"round {foreign.open.id}", partnership_id=built.own.partnership.id)
    assert sentences(session, 2, built.own.partnership.id) == [
        f"Ada Keys (administrator) moved: round {foreign.open.id}",
        "Fenland coordinator (coordinator) closed the round Fenland autumn",
    ]


def test_the_log_is_looked_through_by_action_and_day_and_comes_in_pages(session: Session, built: Site) -> None:
    before = journal.lines(session, Asked())[1]
    for _ in range(60):
        record(session, "sent", by=SYSTEM)
    assert "sent" in journal.actions(session)
    found, number = journal.lines(session, Asked(action="sent", page=2))
    assert (len(found), number) == (10, 60)
    assert journal.lines(session, Asked(day=today()))[1] == before + 60
    assert journal.lines(session, Asked(day=today() - timedelta(days=1)))[1] == 0


def test_the_whole_log_is_read_in_order_however_long_it_is(session: Session) -> None:
    for _ in range(1001):
        record(session, "sent", by=SYSTEM)
    assert [line.number for line in journal.every_line(session)] == list(range(1, 1002))


def test_an_empty_chain_is_whole_and_the_head_is_the_last_event(session: Session) -> None:
    assert journal.chain(session) == journal.Chain(0, FIRST, None)
    last = record(session, "sent", by=SYSTEM)
    assert journal.chain(session) == journal.Chain(1, last.hash, None)

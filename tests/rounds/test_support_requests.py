"""Requests that are answered, and support that was run: told to those it concerns, and never as an effect."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.rounds.support import make_wish, withdraw_wish
from a2p.rounds.support_modules import Wording, change_module
from a2p.rounds.support_requests import RequestOver, replies_to, reply
from a2p.rounds.support_runs import (
    Account,
    RunClash,
    RunRefused,
    account_of,
    change_run,
    differences,
    forget_run,
    record_run,
    runs_of,
)
from a2p.store.audit import Actor
from a2p.store.base import today
from a2p.store.letter_tables import AuditEvent, Letter
from tests import site
from tests.site import Site

WORKSHOP = "governance-workshop"
NEVER = timedelta(days=1)


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


@pytest.fixture
def by(built: Site) -> Actor:
    return Actor(built.own.staff[Role.MANAGER].id, Role.MANAGER)


def test_the_newest_answer_counts_and_each_is_told_once_to_every_coordinator(
    session: Session, built: Site, by: Actor
) -> None:
    place = built.own
    wish = make_wish(session, place.partnership, "request", WORKSHOP, "", Actor(place.coordinator.id, "coordinator"))
    for state in ("seen", "planned", "planned"):
        reply(session, wish, state, "In May", by)
    newest = replies_to(session, [wish.id])[wish.id]
    assert (newest.state, newest.text) == ("planned", "In May")
    letters = session.scalars(select(Letter).where(Letter.purpose == "support-reply")).all()
    assert [each.address for each in letters] == [place.coordinator.email] * 2


def test_who_withdrew_a_request_waits_for_no_answer(session: Session, built: Site, by: Actor) -> None:
    wish = make_wish(session, built.own.partnership, "request", WORKSHOP, "", by)
    withdraw_wish(session, wish, by)
    with pytest.raises(RequestOver):
        reply(session, wish, "planned", "", by)
    assert replies_to(session, [wish.id]) == {}


def test_what_was_run_in_a_period_says_for_whom_and_at_which_sections_it_aimed(
    session: Session, built: Site, by: Actor
) -> None:
    region, place, held = built.own.region, built.own.partnership, today() - timedelta(days=30)
    run = record_run(session, region, Account(WORKSHOP, held, frozenset({place.id})), by)
    (ran,) = runs_of(session, region.id, held, held)
    assert ran.partnerships == (place.name,)
    assert "aspire/purpose" in ran.sections
    assert "perform/results" not in ran.sections
    assert list(runs_of(session, region.id, held + NEVER, today())) == []
    assert list(runs_of(session, built.foreign.region.id)) == []
    forget_run(session, run, by)
    assert list(runs_of(session, region.id)) == []


@pytest.mark.parametrize("wrong", ["module", "place", "nobody", "day"])
def test_only_what_can_have_been_run_is_kept(session: Session, built: Site, by: Actor, wrong: str) -> None:
    place = built.foreign.partnership.id if wrong == "place" else built.own.partnership.id
    module, held = ("no-such" if wrong == "module" else WORKSHOP), (date.max if wrong == "day" else today())
    told = Account(module, held, frozenset() if wrong == "nobody" else frozenset({place}))
    with pytest.raises(RunRefused):
        record_run(session, built.own.region, told, by)
    run = record_run(session, built.own.region, Account(WORKSHOP, today(), frozenset({built.own.partnership.id})), by)
    with pytest.raises(RunRefused):
        change_run(session, built.own.region, run, told, 1, by)


def test_the_second_of_two_who_change_what_was_run_is_told_what_the_first_made_of_it(
    session: Session, built: Site, by: Actor
) -> None:
    region, here = built.own.region, frozenset({built.own.partnership.id})
    run = record_run(session, region, Account(WORKSHOP, today(), here), by)
    theirs, mine = Account("data-sharing", today() - NEVER, here, "In the hall"), Account(WORKSHOP, today(), here, "No")
    assert change_run(session, region, run, theirs, 1, by)
    assert not change_run(session, region, run, theirs, 1, by), "the same again is no clash"
    with pytest.raises(RunClash) as clash:
        change_run(session, region, run, mine, 1, by)
    assert (clash.value.account, clash.value.edition) == (theirs, 2)
    assert differences(mine, theirs) == ("module", "held", "note")
    assert change_run(session, region, run, mine, 2, by)
    assert account_of(session, run) == mine
    changed = session.scalars(select(AuditEvent).where(AuditEvent.action == "changed a record of support")).all()
    assert len(changed) == 2
    assert "In the hall" not in "".join(str(each.detail) for each in changed)


def test_what_was_run_keeps_the_title_it_had_then(session: Session, built: Site, by: Actor) -> None:
    region, here = built.own.region, frozenset({built.own.partnership.id})
    run = record_run(session, region, Account(WORKSHOP, today(), here), by)
    title = run.title
    change_module(session, region, WORKSHOP, Wording("Renamed", "", "workshop", "", ()), 1, by)
    change_run(session, region, run, Account(WORKSHOP, today(), here, "A note"), 1, by)
    assert run.title == title
    change_run(session, region, run, Account("data-sharing", today(), here), 2, by)
    change_run(session, region, run, Account(WORKSHOP, today(), here), 3, by)
    assert run.title == "Renamed"

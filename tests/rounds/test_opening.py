"""Opening a round now or on a later day, with its reminder days; on each engine."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.answering import save_section
from a2p.rounds.inviting import Invitee, invite
from a2p.rounds.opening import (
    RoundClosed,
    RoundPlan,
    as_planned,
    is_open,
    is_planned,
    open_round,
    remind_on,
    reminder_days,
)
from a2p.scoring.answers import Answer, State
from a2p.store.audit import Actor
from a2p.store.base import now, today
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Round
from tests import site
from tests.site import Place

SUMMER = date(2030, 7, 1)


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


def plan(place: Place, opens: date | None = None, reminders: tuple[date, ...] = ()) -> RoundPlan:
    return RoundPlan("Next", [place.version], together=False, opens=opens, reminders=reminders)


def last_event(session: Session) -> AuditEvent:
    return session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first() or AuditEvent()


def test_a_round_begins_at_the_start_of_its_first_day_in_london(session: Session, place: Place) -> None:
    planned = open_round(session, place.partnership, plan(place, SUMMER))
    assert planned.opened == datetime(2030, 6, 30, 23, 0, tzinfo=UTC)
    assert is_planned(planned, SUMMER - timedelta(days=1))
    assert not is_open(planned, SUMMER - timedelta(days=1))
    assert is_open(planned, SUMMER)


def test_a_round_without_a_first_day_is_open_at_once(session: Session, place: Place) -> None:
    before = now()
    assert open_round(session, place.partnership, plan(place)).opened >= before
    assert is_open(as_planned(place.partnership, plan(place, today())), today())


def test_nothing_is_answered_before_the_first_day(session: Session, place: Place) -> None:
    planned = open_round(session, place.partnership, plan(place, SUMMER))
    invitation = invite(session, planned, Invitee("A", "Fenland police", "police")).invitation
    with pytest.raises(RoundClosed):
        save_section(session, invitation, place.version, {"aim": Answer(State.GIVEN, "level-1")}, {})


def test_reminder_days_are_kept_in_order_once_each_and_chosen_again(session: Session, place: Place) -> None:
    days = (SUMMER + timedelta(days=9), SUMMER + timedelta(days=2), SUMMER + timedelta(days=9))
    opened = open_round(session, place.partnership, plan(place, SUMMER, days))
    assert reminder_days(session, opened) == [SUMMER + timedelta(days=2), SUMMER + timedelta(days=9)]
    remind_on(session, opened, [SUMMER])
    assert reminder_days(session, opened) == [SUMMER]


def test_looking_at_a_plan_keeps_nothing(session: Session, place: Place) -> None:
    rounds = len(session.scalars(select(Round)).all())
    as_planned(place.partnership, plan(place, SUMMER))
    session.flush()
    assert len(session.scalars(select(Round)).all()) == rounds


@pytest.mark.parametrize(("opens", "done"), [(None, "opened a round"), (SUMMER, "planned a round")])
def test_the_audit_says_who_opened_or_planned_it(session: Session, place: Place, opens: date | None, done: str) -> None:
    coordinator = Actor(place.coordinator.id, "coordinator")
    opened = open_round(session, place.partnership, plan(place, opens), by=coordinator)
    event = last_event(session)
    assert (event.action, event.person_id, event.object) == (done, place.coordinator.id, f"round {opened.id}")
    assert json.loads(event.detail)["questionnaires"] == "sample"

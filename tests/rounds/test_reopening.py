"""Changing a round, calling it off, opening it again, and the results of its closings; on each engine."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.rounds.closing import close_round
from a2p.rounds.directory import people_of
from a2p.rounds.editions import editions_of
from a2p.rounds.inviting import Invitee, invite, invite_together, withdraw
from a2p.rounds.opening import RoundClosed, RoundPlan, open_round, remind_on, reminder_days
from a2p.rounds.reopening import (
    Answered,
    Changes,
    NotClosed,
    PeopleErased,
    TooEarly,
    call_off,
    change_round,
    has_answers,
    reopen,
    reopenings_of,
)
from a2p.rounds.results import NotShown, disclosed, held_back
from a2p.store.audit import Actor
from a2p.store.base import Base, now, today
from a2p.store.letter_tables import AuditEvent
from a2p.store.letters import Draft, write_letter
from a2p.store.round_tables import Round
from tests import site
from tests.site import NEVER, Place

SOON = today() + timedelta(days=9)


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


@pytest.fixture
def by(place: Place) -> Actor:
    return Actor(place.coordinator.id, "coordinator")


@pytest.fixture
def fresh(session: Session, place: Place) -> Round:
    """A round that somebody was invited to and nobody answered."""
    opened = open_round(
        session, place.partnership, RoundPlan("Fresh", [place.version], together=False, message="Hello")
    )
    invite(session, opened, Invitee("A", "Fenland police", "police"))
    return opened


def same(round_: Round, **other: Any) -> Changes:
    """The round as it is, but for what is named."""
    return replace(Changes(round_.closes, (), round_.message), **other)


def events(session: Session) -> list[AuditEvent]:
    return list(session.scalars(select(AuditEvent).order_by(AuditEvent.id)))


def late(session: Session, place: Place, count: int) -> None:
    """So many people of organisations of their own answer the reopened round."""
    for number in range(count):
        invitee = Invitee(f"Late {number}", f"Late body {number}", "voluntary-community")
        site.answer(session, invite(session, place.closed, invitee).invitation, place.version, "Fenland")


# Changing


def test_the_last_day_moves_either_way_but_not_into_the_past(session: Session, place: Place, by: Actor) -> None:
    for day in (SOON, today(), None):
        change_round(session, place.open, same(place.open, closes=day), by)
        assert place.open.closes == day
    with pytest.raises(TooEarly):
        change_round(session, place.open, same(place.open, closes=today() - timedelta(days=1)), by)


def test_a_last_day_that_passed_may_stay_while_something_else_changes(
    session: Session, place: Place, by: Actor
) -> None:
    place.open.closes = today() - timedelta(days=1)
    session.flush()
    change_round(session, place.open, same(place.open, reminders=(SOON,)), by)
    assert reminder_days(session, place.open) == [SOON]


def test_the_message_changes_only_before_the_first_answer(
    session: Session, place: Place, fresh: Round, by: Actor
) -> None:
    change_round(session, fresh, same(fresh, message="Good day"), by)
    assert fresh.message == "Good day"
    with pytest.raises(Answered):
        change_round(session, place.open, same(place.open, message="Now you tell us"), by)


def test_attribution_is_tightened_and_never_loosened(session: Session, place: Place, by: Actor) -> None:
    place.open.attribution = "open"
    session.flush()
    change_round(session, place.open, same(place.open, private=True), by)
    assert place.open.attribution == "private"
    change_round(session, place.open, same(place.open, private=False), by)
    assert place.open.attribution == "private"


def test_a_closed_round_is_not_changed(session: Session, place: Place, by: Actor) -> None:
    with pytest.raises(RoundClosed):
        change_round(session, place.closed, same(place.closed, closes=SOON), by)


def test_a_change_is_in_the_audit_without_the_message_and_none_is_not(
    session: Session, place: Place, fresh: Round, by: Actor
) -> None:
    before = len(events(session))
    change_round(session, fresh, same(fresh), by)
    assert len(events(session)) == before
    change_round(session, fresh, same(fresh, closes=SOON, message="Secret plans"), by)
    event = events(session)[-1]
    assert (event.action, json.loads(event.detail)) == (
        "changed the round",
        {"last day": SOON.isoformat(), "message": "changed"},
    )


# Calling off


def test_a_round_that_nobody_answered_is_called_off_with_all_that_hangs_on_it(
    session: Session, place: Place, fresh: Round, by: Actor
) -> None:
    remind_on(session, fresh, [SOON])
    site.give_facts(session, fresh, place.version, "Fenland")
    number = fresh.id
    call_off(session, fresh, by)
    for name, table in Base.metadata.tables.items():
        if "round_id" in table.c:
            left = session.scalar(select(func.count()).select_from(table).where(table.c.round_id == number))
            assert left == 0, name
    assert session.get(Round, number) is None
    assert (events(session)[-1].action, events(session)[-1].object) == ("called off the round", f"round {number}")


def test_a_round_with_answers_or_closed_is_not_called_off(session: Session, place: Place, by: Actor) -> None:
    assert has_answers(session, place.open)
    with pytest.raises(Answered):
        call_off(session, place.open, by)
    with pytest.raises(RoundClosed):
        call_off(session, place.closed, by)


# Opening again


def test_a_round_is_opened_again_with_a_reason_and_a_new_last_day(session: Session, place: Place, by: Actor) -> None:
    remind_on(session, place.closed, [SOON])
    reopen(session, place.closed, "The health trust was left out.", SOON, by)
    assert (place.closed.closed, place.closed.closes) == (None, SOON)
    assert reminder_days(session, place.closed) == []
    (kept,) = reopenings_of(session, place.closed)
    assert (kept.reason, kept.person_id) == ("The health trust was left out.", by.person_id)
    event = events(session)[-1]
    assert event.action == "opened the round again"
    assert "health trust" not in event.detail


def test_an_open_round_is_not_opened_again_nor_one_until_yesterday(session: Session, place: Place, by: Actor) -> None:
    with pytest.raises(NotClosed):
        reopen(session, place.open, "Why not", SOON, by)
    with pytest.raises(TooEarly):
        reopen(session, place.closed, "Why not", today() - timedelta(days=1), by)


def test_a_round_whose_people_are_erased_is_not_opened_again(session: Session, place: Place, by: Actor) -> None:
    place.closed.people_erased = now()
    with pytest.raises(PeopleErased):
        reopen(session, place.closed, "Too late", SOON, by)


def test_letters_that_were_not_sent_yet_are_taken_back_at_the_closing(session: Session, place: Place) -> None:
    waiting = place.invited[0].invitation
    draft = Draft("invitation", "k", "a@example.org", place.partnership.id, waiting.id)
    letter = write_letter(session, draft)
    close_round(session, place.open)
    assert letter is not None
    session.refresh(letter)
    assert letter.state == "cancelled"


def test_the_next_closing_makes_a_successor_and_leaves_the_first_result_as_it_was(
    session: Session, place: Place, by: Actor
) -> None:
    before = (place.result.sha256, place.result.document, place.result.internal)
    reopen(session, place.closed, "More partners", NEVER, by)
    late(session, place, 5)
    (second,) = close_round(session, place.closed)
    assert editions_of(session, place.closed.id, place.version.id) == [place.result, second]
    assert (second.edition, second.shown, held_back(second)) == (2, True, frozenset())
    assert disclosed(second).result.respondents == 10
    assert (place.result.sha256, place.result.document, place.result.internal) == before
    assert close_round(session, place.closed) == [second]


@pytest.mark.parametrize("people", [1, 4])
def test_a_successor_that_would_give_somebody_away_is_kept_and_not_shown(
    session: Session, place: Place, by: Actor, people: int
) -> None:
    reopen(session, place.closed, "Somebody was ill", NEVER, by)
    late(session, place, people)
    (second,) = close_round(session, place.closed)
    assert not second.shown
    with pytest.raises(NotShown):
        disclosed(second)


def test_a_third_result_is_compared_with_every_one_that_was_shown(session: Session, place: Place, by: Actor) -> None:
    reopen(session, place.closed, "One", NEVER, by)
    late(session, place, 5)
    (second,) = close_round(session, place.closed)
    reopen(session, place.closed, "Two", NEVER, by)
    (same_again,) = close_round(session, place.closed)
    assert (second.shown, same_again.shown) == (True, True)
    reopen(session, place.closed, "Three", NEVER, by)
    for one in people_of(session, place.closed):
        if one.invitation.name.startswith("Late") and not one.invitation.name.endswith("4"):
            withdraw(session, one.invitation)  # four fewer than the second, one more than the first
    (fourth,) = close_round(session, place.closed)
    assert not fourth.shown


def test_where_the_first_results_people_are_erased_no_successor_can_be_compared(
    session: Session, place: Place, by: Actor
) -> None:
    place.result.internal = None
    reopen(session, place.closed, "Late", NEVER, by)
    late(session, place, 9)
    (second,) = close_round(session, place.closed)
    assert not second.shown


def test_a_result_from_before_marks_were_kept_counts_as_one_that_cant_be_compared(
    session: Session, place: Place, by: Actor
) -> None:
    voices = json.loads(place.result.internal or "[]")
    place.result.internal = json.dumps([{k: v for k, v in each.items() if k != "marks"} for each in voices])
    reopen(session, place.closed, "Late", NEVER, by)
    late(session, place, 9)
    assert [each.shown for each in close_round(session, place.closed)] == [False]


def test_what_is_kept_to_compare_holds_no_text(place: Place) -> None:
    marks = json.loads(place.result.internal or "[]")[0]["marks"]
    assert marks["story"] == "given"
    assert set(marks) == {"aim", "limits", "heard", "story"}
    assert "level" not in json.dumps(marks)


def test_in_a_round_answered_together_every_result_is_shown(session: Session, place: Place, by: Actor) -> None:
    room = open_round(session, place.partnership, RoundPlan("Room", [place.version], together=True))
    site.answer(session, invite_together(session, room).invitation, place.version, "Fenland")
    close_round(session, room)
    reopen(session, room, "We disagreed", NEVER, by)
    (second,) = close_round(session, room)
    assert (second.edition, second.shown, second.held_back) == (2, True, None)

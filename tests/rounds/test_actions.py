"""Actions of a round: what is listed and in which order, carrying over, history, two who change one at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.loading_agreed import round_action
from a2p.rounds.actions import (
    Clash,
    Plan,
    Which,
    actions_of,
    actions_of_all_rounds,
    add_action,
    change_action,
    changes_of,
    narrowed,
    plan_of,
)
from a2p.rounds.closing import close_round
from a2p.rounds.opening import RoundPlan, open_round
from a2p.store.audit import Actor
from a2p.store.base import today
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Round
from tests import site
from tests.site import Place


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


@pytest.fixture
def by(place: Place) -> Actor:
    return Actor(place.coordinator.id, "coordinator")


@pytest.fixture
def later(session: Session, place: Place) -> Round:
    """The partnership's next round."""
    return open_round(session, place.partnership, RoundPlan("Next year", [place.version], together=False))


def test_actions_stand_by_their_day_and_say_how_far_it_is(session: Session, place: Place, by: Actor) -> None:
    for what, days in (("Later", 5), ("Late", -3), ("Today", 0)):
        add_action(session, place.closed, Plan(what, due=today() + timedelta(days=days)), by)
    add_action(session, place.closed, Plan("Some day"), by)
    add_action(session, place.closed, Plan("Over", due=today() - timedelta(days=9), status="done"), by)
    listed = [(each.action.what, each.days_over) for each in actions_of(session, place.closed)]
    assert listed == [("Late", 3), ("Today", 0), ("Later", -5), ("Some day", None), ("Over", None)]


def test_what_is_neither_done_nor_dropped_is_carried_over(
    session: Session, place: Place, by: Actor, later: Round
) -> None:
    for status in ("planned", "under-way", "done", "dropped"):
        add_action(session, place.closed, Plan(status, status=status), by)
    add_action(session, later, Plan("new"), by)
    listed = [(each.action.what, each.of_round if each.carried else "") for each in actions_of(session, later)]
    assert listed == [("planned", place.closed.name), ("under-way", place.closed.name), ("new", "")]
    assert len(actions_of(session, place.closed)) == 4


def test_what_was_left_to_do_when_a_round_opened_stays_in_its_list_once_it_is_done(
    session: Session, place: Place, by: Actor
) -> None:
    before = add_action(session, place.closed, Plan("done before"), by)
    since = add_action(session, place.closed, Plan("done since"), by)
    change_action(session, before, Plan("done before", status="done"), 1, by)
    later = open_round(session, place.partnership, RoundPlan("Next year", [place.version], together=False))
    change_action(session, since, Plan("done since", status="done"), 1, by)
    assert [(each.action.what, each.carried) for each in actions_of(session, later)] == [("done since", True)]
    assert {each.action.what for each in actions_of(session, place.closed)} == {"done before", "done since"}


def test_which_round_is_earlier_is_said_by_when_they_closed(session: Session, place: Place, by: Actor) -> None:
    long_open = place.open  # opened before the other, and closed after it
    assert long_open.id < place.closed.id
    add_action(session, place.closed, Plan("carried"), by)
    assert [each.action.what for each in actions_of(session, long_open)] == ["carried"]
    close_round(session, long_open)
    add_action(session, long_open, Plan("of the later one"), by)
    assert [each.action.what for each in actions_of(session, long_open)] == ["carried", "of the later one"]
    assert [each.action.what for each in actions_of(session, place.closed)] == ["carried"]
    for round_, action_of, there in ((long_open, place.closed, True), (place.closed, long_open, False)):
        args = {"round_id": round_.id, "action_id": actions_of(session, action_of)[-1].action.id}
        assert (round_action(session, args) is not None) is there


def test_the_actions_of_all_rounds_stand_in_one_list_and_can_be_narrowed(
    session: Session, place: Place, by: Actor, later: Round
) -> None:
    for round_, what, days, status in (
        (place.closed, "late", -1, "under-way"),
        (later, "soon", 1, "planned"),
        (later, "done", -9, "done"),
        (place.closed, "dropped", 0, "dropped"),
    ):
        add_action(session, round_, Plan(what, due=today() + timedelta(days=days), status=status), by)
    listed = actions_of_all_rounds(session, place.partnership.id)
    assert [(each.action.what, each.of_round) for each in listed] == [
        ("late", place.closed.name),
        ("soon", "Next year"),
        ("done", "Next year"),
        ("dropped", place.closed.name),
    ]
    narrow = {which: [each.action.what for each in narrowed(listed, which)] for which in Which}
    assert narrow == {
        Which.ALL: ["late", "soon", "done", "dropped"],
        Which.OVERDUE: ["late"],
        Which.PLANNED: ["soon"],
        Which.UNDER_WAY: ["late"],
        Which.DONE: ["done"],
        Which.DROPPED: ["dropped"],
    }


def test_another_partnerships_actions_are_never_listed(session: Session) -> None:
    built = site.build(session)
    add_action(session, built.own.closed, Plan("Ours"), Actor(None, "system"))
    newest = open_round(session, built.foreign.partnership, RoundPlan("Z", [built.foreign.version], together=False))
    assert actions_of(session, newest) == ()
    assert actions_of_all_rounds(session, built.foreign.partnership.id) == ()


def test_a_change_is_kept_with_its_note_and_told_to_the_audit_log(session: Session, place: Place, by: Actor) -> None:
    plan = Plan("Write the charter", owner="Ruth Fen", owner_email="ruth@example.org")
    action = add_action(session, place.closed, plan, by)
    assert change_action(session, action, replace(plan, status="done"), 1, by, note="Signed on Monday.")
    history = [(each.change.status, each.change.note, each.who) for each in changes_of(session, action)]
    assert history == [("done", "Signed on Monday.", place.coordinator.name), ("planned", "", place.coordinator.name)]
    events = session.scalars(select(AuditEvent).where(AuditEvent.object == f"action {action.id}")).all()
    assert [event.action for event in events] == ["added an action", "changed an action"]
    assert not any(word in event.detail for event in events for word in ("Ruth", "charter", "Signed"))


def test_who_saw_an_older_edition_is_told_and_nothing_is_overwritten(session: Session, place: Place, by: Actor) -> None:
    action = add_action(session, place.closed, Plan("First"), by)
    change_action(session, action, Plan("Second"), 1, by)
    with pytest.raises(Clash) as told:
        change_action(session, action, Plan("Third"), 1, by)
    assert plan_of(told.value.action).what == "Second"
    assert change_action(session, action, Plan("Third"), told.value.action.edition, by)


def test_saving_what_stands_already_is_neither_a_change_nor_a_clash(session: Session, place: Place, by: Actor) -> None:
    action = add_action(session, place.closed, Plan("Same"), by)
    assert not change_action(session, action, Plan("Same"), 0, by)
    assert len(changes_of(session, action)) == 1

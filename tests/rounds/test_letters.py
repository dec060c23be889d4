"""Letters of a round: who is written to, when, how often, and what is never sent; on each engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.rounds import letters
from a2p.rounds.closing import close_round
from a2p.rounds.inviting import Invited, Invitee, by_token, invite, withdraw
from a2p.rounds.letters import Counts, NotPossible, remind, remind_where_due, resend, send_invitations
from a2p.rounds.opening import RoundClosed
from a2p.store.audit import SYSTEM, Actor
from a2p.store.base import now, today
from a2p.store.letter_tables import AuditEvent, Letter, RoundReminder
from a2p.store.round_tables import Invitation
from tests import site
from tests.site import Place

YESTERDAY = timedelta(days=1)


@pytest.fixture
def place(session: Session) -> Place:
    """A partnership whose open round has five people, each with an address; the first has begun to answer."""
    own = site.build(session).own
    for number, invited in enumerate(own.invited):
        invited.invitation.email = f"fenland{number}@example.org"
    session.flush()
    return own


@pytest.fixture
def by(place: Place) -> Actor:
    return Actor(place.coordinator.id, "coordinator")


def written(session: Session, purpose: str = "invitation") -> list[Letter]:
    return list(session.scalars(select(Letter).where(Letter.purpose == purpose).order_by(Letter.address, Letter.id)))


def gone(session: Session, ago: timedelta = YESTERDAY) -> None:
    """Let every letter have been sent, so long ago."""
    for letter in session.scalars(select(Letter)):
        letter.state, letter.sent, letter.due, letter.created = "sent", now() - ago, now() - ago, now() - ago
    session.flush()


def audited(session: Session) -> list[tuple[str, str, str]]:
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [(each.actor, each.action, each.detail) for each in events if each.action.startswith(("sent", "reminded"))]


# Invitations


def test_everybody_with_an_address_is_written_to_once(session: Session, place: Place, by: Actor) -> None:
    place.invited[4].invitation.email = ""
    assert send_invitations(session, place.open, by) == Counts(written=4, without_address=1)
    assert send_invitations(session, place.open, by) == Counts(written=0, without_address=1)
    assert [letter.address for letter in written(session)] == [f"fenland{n}@example.org" for n in range(4)]
    assert all(json.loads(letter.options) == {"by": by.person_id} for letter in written(session))


def test_who_submitted_or_was_withdrawn_or_has_a_deputy_is_not_written_to(
    session: Session, place: Place, by: Actor
) -> None:
    one, two, three, four, _ = (each.invitation for each in place.invited)
    site.answer(session, two, place.version, "Fenland")
    withdraw(session, three)
    four.passed_to_id = one.id
    send_invitations(session, place.open, by)
    assert [letter.address for letter in written(session)] == ["fenland0@example.org", "fenland4@example.org"]


def test_letters_of_a_round_that_lies_ahead_are_due_when_it_opens(session: Session, place: Place, by: Actor) -> None:
    place.open.opened = now() + timedelta(days=3)
    send_invitations(session, place.open, by)
    assert {letter.due for letter in written(session)} == {place.open.opened}


def test_another_partnerships_people_are_not_written_to(session: Session) -> None:
    built = site.build(session)
    for place in (built.own, built.foreign):
        for invited in place.invited:
            invited.invitation.email = f"{place.mark.lower()}@example.org"
    send_invitations(session, built.own.open, SYSTEM)
    assert {letter.address for letter in written(session)} == {"fenland@example.org"}
    assert {letter.partnership_id for letter in written(session)} == {built.own.partnership.id}


@pytest.mark.parametrize("act", [send_invitations, remind])
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "past its last day"])
def test_nothing_is_sent_once_the_round_is_over(
    session: Session, place: Place, by: Actor, act: Callable[..., object], *, closed: bool
) -> None:
    if closed:
        close_round(session, place.open)
    else:
        place.open.opened, place.open.closes = now() - timedelta(days=30), today() - YESTERDAY
    with pytest.raises(RoundClosed):
        act(session, place.open, by)
    with pytest.raises(RoundClosed):
        resend(session, place.invited[0].invitation, by)


def late(session: Session, place: Place) -> Invited:
    invited = invite(session, place.open, Invitee("Late", "Fenland late", "health"))
    invited.invitation.email = "late@example.org"
    session.flush()
    return invited


def test_late_partners_are_written_to_once_the_invitations_were_sent(session: Session, place: Place, by: Actor) -> None:
    assert letters.rounds_with_late_partners(session) == []
    assert letters.send_to_late_partners(session, place.open) == Counts(), "nothing was sent yet"
    send_invitations(session, place.open, by)
    assert letters.rounds_with_late_partners(session) == []
    late(session, place)
    assert letters.rounds_with_late_partners(session) == [place.open.id]
    assert letters.send_to_late_partners(session, place.open).written == 1
    assert "late@example.org" in {letter.address for letter in written(session)}
    assert letters.rounds_with_late_partners(session) == []


# Again


def test_sending_again_stops_the_old_link_and_shuts_out_who_used_it(session: Session, place: Place, by: Actor) -> None:
    invited = place.invited[1]
    browser = sessions.bind_invitation(session, None, invited.invitation)
    invited.invitation.bound = now()
    send_invitations(session, place.open, by)
    gone(session)
    resend(session, invited.invitation, by)
    assert by_token(session, invited.token) is None
    assert invited.invitation.id not in sessions.principal_of(session, browser).invitations
    bound = select(Invitation.bound).where(Invitation.id == invited.invitation.id)
    assert session.scalar(bound) is None, "the fresh link can be opened"
    again = [letter for letter in written(session) if letter.invitation_id == invited.invitation.id]
    assert [letter.state for letter in again] == ["sent", "queued"]


def test_pressed_twice_it_is_one_letter(session: Session, place: Place, by: Actor) -> None:
    for _ in range(2):
        resend(session, place.invited[1].invitation, by)
    assert [letter.state for letter in written(session)] == ["cancelled", "queued"]


def test_without_an_address_or_an_invitation_there_is_nothing_to_send_again(
    session: Session, place: Place, by: Actor
) -> None:
    one, two, three = (each.invitation for each in place.invited[:3])
    one.email = ""
    withdraw(session, two)
    three.passed_to_id = one.id
    for each in (one, two, three):
        with pytest.raises(NotPossible):
            resend(session, each, by)
    assert written(session) == []


def test_nobody_gets_more_than_three_letters_of_a_round_in_a_day(session: Session, place: Place, by: Actor) -> None:
    invitation = place.invited[1].invitation
    for _ in range(3):
        resend(session, invitation, by)
        for letter in written(session):
            letter.state = "sent"
    with pytest.raises(NotPossible, match="tomorrow"):
        resend(session, invitation, by)
    assert len(written(session)) == 3


def test_one_address_of_many_people_is_not_flooded(session: Session, place: Place, by: Actor) -> None:
    for invited in place.invited:
        invited.invitation.email = "office@example.org"
    assert send_invitations(session, place.open, by) == Counts(written=3, too_many=2)


# Reminders


def test_who_has_not_submitted_is_reminded_once_a_day(session: Session, place: Place, by: Actor) -> None:
    send_invitations(session, place.open, by)
    gone(session)
    site.answer(session, place.invited[1].invitation, place.version, "Fenland")
    assert remind(session, place.open, by) == Counts(written=4)
    assert remind(session, place.open, by) == Counts(written=0)
    assert "fenland1@example.org" not in {letter.address for letter in written(session, "reminder")}
    gone(session)
    assert remind(session, place.open, by, today() + YESTERDAY) == Counts(written=4)


def test_nobody_is_reminded_on_the_day_of_their_invitation_nor_without_one(
    session: Session, place: Place, by: Actor
) -> None:
    assert remind(session, place.open, by).written == 0
    send_invitations(session, place.open, by)
    gone(session, timedelta())
    assert remind(session, place.open, by).written == 0


def test_whose_invitation_was_refused_is_not_reminded(session: Session, place: Place, by: Actor) -> None:
    send_invitations(session, place.open, by)
    gone(session)
    written(session)[2].state = "failed"
    assert remind(session, place.open, by).written == 4


def test_who_got_their_link_by_hand_and_opened_it_is_reminded(session: Session, place: Place, by: Actor) -> None:
    place.invited[3].invitation.opened = now() - YESTERDAY
    assert remind(session, place.open, by).written == 1


def test_reminders_go_out_at_nine_in_london_on_the_chosen_day(session: Session, place: Place, by: Actor) -> None:
    send_invitations(session, place.open, by)
    gone(session, timedelta(days=400))
    place.open.opened = now() - timedelta(days=500)
    summer = date(2026, 7, 1)
    session.add(RoundReminder(round_id=place.open.id, day=summer, partnership_id=place.partnership.id))
    session.flush()
    for at in (datetime(2026, 7, 1, 7, 59, tzinfo=UTC), datetime(2026, 6, 30, 12, tzinfo=UTC)):
        assert remind_where_due(session, at) == 0
    gone(session, now() - datetime(2026, 6, 1, tzinfo=UTC))
    assert remind_where_due(session, datetime(2026, 7, 1, 8, 0, tzinfo=UTC)) == 5, "nine in the morning, in summer time"
    assert remind_where_due(session, datetime(2026, 7, 1, 8, 1, tzinfo=UTC)) == 0
    assert {letter.key.rpartition("/")[2] for letter in written(session, "reminder")} == {"2026-07-01"}


# What becomes of them


def test_letters_that_wait_are_taken_back_when_somebody_is_withdrawn_or_the_round_closes(
    session: Session, place: Place, by: Actor
) -> None:
    send_invitations(session, place.open, by)
    written(session)[0].state = "sent"
    withdraw(session, place.invited[1].invitation)
    assert [letter.state for letter in written(session)] == ["sent", "cancelled", "queued", "queued", "queued"]
    close_round(session, place.open)
    session.expire_all()
    assert [letter.state for letter in written(session)] == ["sent", *["cancelled"] * 4]


def test_whose_letter_was_taken_back_can_be_written_to_later(session: Session, place: Place, by: Actor) -> None:
    send_invitations(session, place.open, by)
    withdraw(session, place.invited[1].invitation)
    place.invited[1].invitation.withdrawn = None
    session.flush()
    assert send_invitations(session, place.open, by).written == 1


def test_each_person_has_the_state_of_their_newest_letter(session: Session, place: Place, by: Actor) -> None:
    send_invitations(session, place.open, by)
    gone(session)
    remind(session, place.open, by)
    states = letters.post_of(session, place.open).newest
    assert {(letter.purpose, letter.state) for letter in states.values()} == {("reminder", "queued")}
    assert set(states) == {each.invitation.id for each in place.invited}


def test_how_many_could_be_written_to_is_counted_as_the_buttons_do_it(
    session: Session, place: Place, by: Actor
) -> None:
    def counted() -> tuple[int, int, int]:
        post = letters.post_of(session, place.open)
        return post.to_invite, post.without_address, post.to_remind

    place.invited[4].invitation.email = ""
    session.flush()
    assert counted() == (4, 1, 0)
    send_invitations(session, place.open, by)
    assert counted() == (0, 1, 0)
    gone(session)
    assert counted() == (0, 1, 4)
    remind(session, place.open, by)
    assert counted() == (0, 1, 0)
    close_round(session, place.open)
    assert counted() == (0, 0, 0)


def test_what_was_sent_is_in_the_audit_log_in_numbers(session: Session, place: Place, by: Actor) -> None:
    send_invitations(session, place.open, by)
    send_invitations(session, place.open, by)
    gone(session)
    resend(session, place.invited[1].invitation, by)
    remind(session, place.open, SYSTEM)
    assert audited(session) == [
        ("coordinator", "sent invitations", '{"letters": 5}'),
        ("coordinator", "sent an invitation again", "{}"),
        ("system", "reminded", '{"letters": 4}'),
    ]


def test_the_coordinator_who_had_it_sent_is_named_and_else_the_longest_standing(session: Session, place: Place) -> None:
    second = site.somebody(session, "Second", "second@example.org")
    session.add(site.grant(second, place.partnership))
    session.flush()
    assert letters.coordinator_of(session, place.partnership.id) == place.coordinator
    assert letters.coordinator_of(session, place.partnership.id, first=second.id) == second
    assert letters.coordinator_of(session, place.partnership.id, first=999) == place.coordinator

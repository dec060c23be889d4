"""The letters of one round say nothing of another's, and stop nothing there; on each engine."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.sessions import bind_invitation, principal_of
from a2p.rounds.letters import (
    MOST_IN_A_DAY,
    Counts,
    post_of,
    remind_where_due,
    resend,
    rounds_with_late_partners,
    send_invitations,
    send_to_late_partners,
    was_sent,
)
from a2p.rounds.opening import remind_on
from a2p.store.audit import SYSTEM
from a2p.store.base import LONDON, now, today
from a2p.store.letter_tables import Letter
from a2p.store.letters import Draft, write_letter
from tests.rounds.street import Street, street

NOON = datetime.combine(today(), time(12), LONDON)


@pytest.fixture
def here(session: Session) -> Street:
    return street(session)


def written_to(session: Session, purpose: str = "invitation") -> list[int | None]:
    found = select(Letter.invitation_id).where(Letter.purpose == purpose).order_by(Letter.invitation_id)
    return list(session.scalars(found))


def test_one_rounds_invitations_do_not_count_as_anothers(session: Session, here: Street) -> None:
    send_invitations(session, here.own.open, SYSTEM)
    assert was_sent(session, here.own.open)
    assert not was_sent(session, here.second)
    assert not was_sent(session, here.next_door.open)
    assert post_of(session, here.second).newest == {}
    assert send_to_late_partners(session, here.second) == Counts()


def test_a_round_whose_invitations_were_not_sent_yet_makes_no_other_wait_for_late_partners(
    session: Session, here: Street
) -> None:
    send_invitations(session, here.own.open, SYSTEM)
    assert rounds_with_late_partners(session) == []
    late = here.own.invited[0].invitation
    for letter in session.scalars(select(Letter).where(Letter.invitation_id == late.id)):
        letter.state = "cancelled"
    session.flush()
    assert rounds_with_late_partners(session) == [here.own.open.id]


def test_the_letters_of_a_day_are_counted_in_each_round(session: Session, here: Street) -> None:
    first = here.own.invited[0].invitation
    for number in range(MOST_IN_A_DAY):
        write_letter(session, Draft("reminder", f"{number}", first.email, first.partnership_id, first.id))
    assert send_invitations(session, here.own.open, SYSTEM) == Counts(written=4, too_many=1)
    assert here.people[0].invitation.email == first.email
    assert send_invitations(session, here.second, SYSTEM) == Counts(written=5)


def test_the_key_of_a_letter_counts_that_persons_letters_alone(session: Session, here: Street) -> None:
    """Or two who send at the same moment would write under two keys, and each person would get two."""
    for round_ in (here.own.open, here.second, here.next_door.open):
        send_invitations(session, round_, SYSTEM)
    keys = {letter.key for letter in session.scalars(select(Letter))}
    everybody = (*here.own.invited, *here.people, *here.next_door.invited)
    assert keys == {f"invitation/{each.invitation.id}/0" for each in everybody}


def test_sending_one_person_a_fresh_link_shuts_nobody_else_out(session: Session, here: Street) -> None:
    again, *others = (each.invitation for each in (*here.people[:2], here.own.invited[0], here.next_door.invited[0]))
    mine = bind_invitation(session, None, again)
    theirs = {bind_invitation(session, None, each): each for each in others}
    resend(session, again, SYSTEM)
    assert principal_of(session, mine).invitations == frozenset()
    for token, invitation in theirs.items():
        assert principal_of(session, token).invitations == {invitation.id}


def test_a_reminder_day_is_its_own_rounds(session: Session, here: Street) -> None:
    everybody = (*here.own.invited, *here.people, *here.next_door.invited)
    for each in everybody:
        each.invitation.opened = now() - timedelta(days=2)
    remind_on(session, here.second, [today()])
    remind_on(session, here.own.open, [today() + timedelta(days=1)])
    assert remind_where_due(session, NOON) == 5
    assert written_to(session, "reminder") == [each.invitation.id for each in here.people]

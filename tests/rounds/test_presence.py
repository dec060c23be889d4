"""Who is there in a round answered together; on each engine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from a2p.access.sessions import bind_invitation, sign_out
from a2p.rounds import presence
from a2p.rounds.answering import answers_of, save_section
from a2p.rounds.inviting import invite_together
from a2p.rounds.opening import RoundPlan, open_round
from a2p.scoring.answers import Answer, State
from a2p.store.access_tables import SessionInvitation
from a2p.store.base import now
from a2p.store.round_tables import Invitation
from tests import site

PURPOSE = "sample/purpose"


@pytest.fixture
def room(session: Session) -> Invitation:
    place = site.build(session).own
    plan = RoundPlan("Together", [place.version], together=True)
    return invite_together(session, open_round(session, place.partnership, plan)).invitation


def come_in(session: Session, room: Invitation, name: str = "", at: str = PURPOSE) -> str:
    token = bind_invitation(session, None, room)
    if name:
        presence.call_me(session, token, room, name)
    presence.note(session, token, room, at)
    return token


def seen(session: Session, room: Invitation, token: str) -> list[tuple[str, str]]:
    return [(one.name, one.at) for one in presence.others(session, token, room)]


def test_each_sees_the_others_by_name_and_where_they_are(session: Session, room: Invitation) -> None:
    ann = come_in(session, room, "Ann")
    ben = come_in(session, room, "  Ben   Holt ", "sample/voice")
    third = come_in(session, room)
    assert seen(session, room, ann) == [("A colleague", PURPOSE), ("Ben Holt", "sample/voice")]
    assert seen(session, room, ben) == [("A colleague", PURPOSE), ("Ann", PURPOSE)]
    assert presence.known_as(session, third, room) == ""


def test_who_gives_no_name_is_a_colleague(session: Session, room: Invitation) -> None:
    token = come_in(session, room)
    presence.call_me(session, token, room, "   ")
    assert presence.known_as(session, token, room) == "A colleague"


def test_who_is_silent_or_signed_out_is_gone(session: Session, room: Invitation) -> None:
    ann, ben = come_in(session, room, "Ann"), come_in(session, room, "Ben")
    come_in(session, room, "Cy")
    sign_out(session, ben)
    assert seen(session, room, ann) == [("Cy", PURPOSE)]
    session.execute(update(SessionInvitation).values(seen=now() - timedelta(minutes=1)))
    assert seen(session, room, ann) == []


def test_it_is_noted_now_and_then_and_on_moving_on(session: Session, room: Invitation) -> None:
    ann = come_in(session, room)
    assert not presence.is_to_note(session, ann, room, PURPOSE)
    assert presence.is_to_note(session, ann, room, "sample/voice")
    session.execute(update(SessionInvitation).values(seen=now() - timedelta(seconds=16)))
    assert presence.is_to_note(session, ann, room, PURPOSE)
    presence.note(session, ann, room, PURPOSE)
    assert not presence.is_to_note(session, ann, room, PURPOSE)


def test_another_invitations_people_are_not_there(session: Session, room: Invitation) -> None:
    other = session.scalars(select(Invitation).where(Invitation.id != room.id)).first()
    assert other is not None
    come_in(session, other, "Stranger")
    assert seen(session, room, come_in(session, room, "Ann")) == []


def test_an_answer_says_who_saved_it_and_when(session: Session, room: Invitation) -> None:
    version = room.round.versions[0]
    given = {"aim": Answer(State.GIVEN, "level-2")}
    save_section(session, room, version, given, {}, "Ann")
    stored = answers_of(session, room, version).stored["aim"]
    assert stored.by == "Ann"
    assert stored.at is not None
    assert now() - stored.at < timedelta(minutes=1)
    save_section(session, room, version, given, {"aim": 1}, "Ben")
    assert answers_of(session, room, version).stored["aim"].by == "Ann", "the same answer again is nobody's change"

"""What a workshop settles: kept beside the frozen result, and never over what somebody else recorded meanwhile."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.workshop import Clash, Given, given_of, settle_question, settled_of
from a2p.store.audit import Actor
from a2p.store.letter_tables import AuditEvent
from tests import site
from tests.site import Place

ROOM = Actor(None, "facilitator")


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


def stands(session: Session, place: Place) -> dict[str, Given]:
    return {question: given_of(each) for question, each in settled_of(session, place.closed, place.version).items()}


def test_a_level_a_reason_and_votes_are_kept_beside_the_frozen_result(session: Session, place: Place) -> None:
    frozen = place.result.document
    given = Given("level-2", "The minutes show it.", 7)
    settle_question(session, place.closed, place.version, "aim", given, 0, ROOM)
    settle_question(session, place.closed, place.version, "heard", Given(None), 0, ROOM)
    assert stands(session, place) == {"aim": given, "heard": Given(None)}
    assert place.result.document == frozen


def test_who_saw_an_older_edition_is_told_and_nothing_is_overwritten(session: Session, place: Place) -> None:
    settle_question(session, place.closed, place.version, "aim", Given("level-2"), 0, ROOM)
    with pytest.raises(Clash) as told:
        settle_question(session, place.closed, place.version, "aim", Given("level-3"), 0, ROOM)
    assert given_of(told.value.settled) == Given("level-2")
    settle_question(session, place.closed, place.version, "aim", Given("level-3"), told.value.settled.edition, ROOM)
    assert stands(session, place)["aim"] == Given("level-3")


def test_recording_the_same_twice_is_no_clash_and_one_event(session: Session, place: Place) -> None:
    for _ in range(2):
        settle_question(session, place.closed, place.version, "aim", Given("level-2", "Secret why"), 0, ROOM)
    events = session.scalars(select(AuditEvent).where(AuditEvent.action == "recorded what was agreed")).all()
    assert [(event.actor, "Secret" in event.detail) for event in events] == [("facilitator", False)]

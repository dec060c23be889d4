"""Keying in what somebody wrote on paper; on each engine."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.answering import answers_of, save_section
from a2p.rounds.inviting import withdraw
from a2p.rounds.opening import RoundClosed
from a2p.rounds.overview import Mix, mix_of
from a2p.rounds.paper import AnsweredOnSite, ConsentMissing, key_in, may_be_keyed_for, refuse
from a2p.rounds.respondents import submitted_respondents
from a2p.scoring.answers import Answer, State
from a2p.store.audit import Actor
from a2p.store.base import today
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Invitation
from tests import site
from tests.site import Place

LOW, HIGH = Answer(State.GIVEN, "level-1"), Answer(State.GIVEN, "level-4", "On paper.")
OFFICE = Actor(None, "programme manager")


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


@pytest.fixture
def health(place: Place) -> Invitation:
    return place.invited[1].invitation


def test_a_form_is_submitted_as_it_is_kept_and_says_who_keyed_it_in(
    session: Session, place: Place, health: Invitation
) -> None:
    response = key_in(session, health, place.version, {"aim": HIGH}, OFFICE)
    assert (response.keyed_by, response.consent) == ("programme manager", "")
    (counted,) = submitted_respondents(session, place.open, place.version)
    assert (counted.id, counted.answers) == (str(health.id), {"aim": HIGH})


def test_a_coordinator_needs_the_respondents_consent_which_is_kept(
    session: Session, place: Place, health: Invitation
) -> None:
    coordinator = Actor(place.coordinator.id, "coordinator")
    with pytest.raises(ConsentMissing):
        key_in(session, health, place.version, {"aim": LOW}, coordinator, "  ")
    assert answers_of(session, health, place.version).response is None
    assert key_in(session, health, place.version, {"aim": LOW}, coordinator, " By telephone ").consent == "By telephone"


def test_the_audit_says_that_and_not_what(session: Session, place: Place, health: Invitation) -> None:
    key_in(session, health, place.version, {"aim": HIGH}, Actor(place.coordinator.id, "coordinator"), "By telephone")
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.action, event.object) == ("keyed in a paper form", f"invitation {health.id}")
    assert json.loads(event.detail) == {"round": place.open.id, "questionnaire": "sample"}


def test_keying_in_again_replaces_the_form_as_a_whole(session: Session, place: Place, health: Invitation) -> None:
    key_in(session, health, place.version, {"aim": HIGH, "heard": LOW}, OFFICE)
    key_in(session, health, place.version, {"limits": LOW}, Actor(None, "facilitator"))
    found = answers_of(session, health, place.version)
    assert found.plain == {"limits": LOW}
    assert found.response is not None
    assert found.response.keyed_by == "facilitator"


def test_who_has_begun_on_the_site_answers_there(session: Session, place: Place) -> None:
    begun = place.invited[0].invitation
    before = answers_of(session, begun, place.version).plain
    with pytest.raises(AnsweredOnSite):
        key_in(session, begun, place.version, {"aim": LOW}, OFFICE)
    assert answers_of(session, begun, place.version).plain == before


def test_what_was_keyed_in_and_then_corrected_on_the_site_stands(
    session: Session, place: Place, health: Invitation
) -> None:
    key_in(session, health, place.version, {"aim": HIGH}, OFFICE)
    assert refuse(session, health, place.version) is not None
    assert save_section(session, health, place.version, {"aim": LOW}, {"aim": 1}) == {}
    with pytest.raises(AnsweredOnSite):
        key_in(session, health, place.version, {"aim": HIGH}, OFFICE)


def test_no_form_is_keyed_in_when_it_is_too_late(session: Session, place: Place, health: Invitation) -> None:
    place.open.closes = today() - timedelta(days=1)
    with pytest.raises(RoundClosed):
        key_in(session, health, place.version, {"aim": LOW}, OFFICE)
    with pytest.raises(RoundClosed):
        key_in(session, place.answered[0], place.version, {"aim": LOW}, OFFICE)


def test_the_list_of_whose_form_it_may_be_leaves_out_the_withdrawn(
    session: Session, place: Place, health: Invitation
) -> None:
    withdraw(session, health)
    names = [each.name for each in may_be_keyed_for(session, place.open)]
    assert names == sorted(names)
    assert len(names) == 4
    assert health.name not in names


def test_the_response_mix_says_how_answers_came_in(session: Session, place: Place, health: Invitation) -> None:
    site.answer(session, place.invited[2].invitation, place.version, "Fenland")
    key_in(session, health, place.version, {"aim": HIGH}, OFFICE)
    key_in(session, place.invited[3].invitation, place.version, {}, Actor(None, "facilitator"))
    mix = mix_of(session, place.open)
    assert mix == Mix(1, (("facilitator", 1), ("programme manager", 1)))
    assert (mix.all, mix.on_paper) == (3, 2)
    withdraw(session, health)
    assert mix_of(session, place.open, place.version).all == 2


def test_the_response_mix_tells_forms_read_in_from_those_keyed_in(
    session: Session, place: Place, health: Invitation
) -> None:
    other = place.invited[3].invitation
    key_in(session, health, place.version, {"aim": HIGH}, OFFICE, from_file=True)
    key_in(session, other, place.version, {"aim": HIGH}, OFFICE, from_file=True)
    assert mix_of(session, place.open, place.version) == Mix(0, (("programme manager", 2),), 2)
    key_in(session, other, place.version, {"aim": LOW}, OFFICE)  # again, by hand
    assert mix_of(session, place.open).read_in == 1
    withdraw(session, health)
    assert mix_of(session, place.open).read_in == 0

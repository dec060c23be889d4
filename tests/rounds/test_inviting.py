"""Inviting from the list of partners: once each, with the questionnaires chosen for them, and like last time."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds import directory
from a2p.rounds.choosing import candidates, last_round, people_of_last, suggested
from a2p.rounds.closing import close_round, result_if_closed, warnings_before_closing
from a2p.rounds.directory import Status
from a2p.rounds.inviting import (
    AlreadyInvited,
    AnsweredTogether,
    Chosen,
    Invitee,
    by_token,
    invite,
    invite_contacts,
    withdraw,
)
from a2p.rounds.merging import merge
from a2p.rounds.opening import RoundClosed, RoundPlan, open_round
from a2p.rounds.partners import Details, add_contact, find_organisation, remove_contact
from a2p.rounds.respondents import submitted_respondents
from a2p.store.audit import SYSTEM
from a2p.store.definitions import publish
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import InvitationQuestionnaire, QuestionnaireVersion, Round
from a2p.store.tables import Contact, Organisation
from tests import site
from tests.builders import definition, section
from tests.site import Place


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


@pytest.fixture
def second(session: Session) -> QuestionnaireVersion:
    return publish(session, definition(section("elected", answered_by=["councillors"]), questionnaire="second"))


@pytest.fixture
def both(session: Session, place: Place, second: QuestionnaireVersion) -> Round:
    return open_round(session, place.partnership, RoundPlan("Both", [place.version, second], together=False))


def organisation(session: Session, place: Place, name: str) -> Organisation:
    found = find_organisation(session, place.partnership.id, name)
    assert found is not None
    return found


def person(session: Session, place: Place, name: str, email: str = "", of: str = "Fenland fire") -> Contact:
    return add_contact(session, organisation(session, place, of), Details(name, email), SYSTEM)


# From the list


def test_people_of_the_list_are_invited_with_what_is_known_of_them(session: Session, place: Place) -> None:
    fire = organisation(session, place, "Fenland fire")
    ann = add_contact(session, fire, Details("Ann", "ann@example.org", "executive", "board"), SYSTEM)
    ben = person(session, place, "Ben")
    by_mail, by_hand = invite_contacts(session, place.open, [Chosen(ann), Chosen(ben)], SYSTEM)
    invitation = by_mail.invitation
    assert (invitation.name, invitation.email, invitation.councillor, invitation.layer) == (
        *("Ann", "ann@example.org", "executive", "board"),
    )
    assert (invitation.organisation, invitation.contact_id) == (fire, ann.id)
    assert (by_mail.token, invitation.token_hash) == ("", None)
    assert by_token(session, by_hand.token) is by_hand.invitation
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.action, event.object, event.detail) == ("invited people", f"round {place.open.id}", '{"people": 2}')


def test_nobody_is_invited_twice_until_they_were_withdrawn(session: Session, place: Place) -> None:
    (first,) = invite_contacts(session, place.open, [Chosen(place.contact), Chosen(place.contact)], SYSTEM)
    assert invite_contacts(session, place.open, [Chosen(place.contact)], SYSTEM) == []
    with pytest.raises(AlreadyInvited):
        invite(session, place.open, Invitee("Other", "Fenland fire", "fire", email=place.contact.email))
    withdraw(session, first.invitation)
    assert len(invite_contacts(session, place.open, [Chosen(place.contact)], SYSTEM)) == 1


def test_who_was_invited_by_hand_counts_by_their_address(session: Session, place: Place) -> None:
    invite(session, place.open, Invitee("Ann", "Fenland fire", "fire", email="ann@example.org"))
    ann = person(session, place, "Ann", "ann@example.org")
    assert candidates(session, place.open).invited == {ann.id}
    assert candidates(session, place.open).people == [place.contact]


def test_a_closed_round_or_one_answered_together_takes_nobody_from_the_list(session: Session, place: Place) -> None:
    together = open_round(session, place.partnership, RoundPlan("Together", [place.version], together=True))
    with pytest.raises(AnsweredTogether):
        invite_contacts(session, together, [Chosen(place.contact)], SYSTEM)
    with pytest.raises(RoundClosed):
        invite_contacts(session, place.closed, [Chosen(place.contact)], SYSTEM)


# Some of a round's questionnaires


def test_all_of_a_rounds_questionnaires_are_put_to_somebody_unless_some_were_chosen(
    session: Session, place: Place, both: Round, second: QuestionnaireVersion
) -> None:
    ann, ben, eve = (person(session, place, name) for name in ("Ann", "Ben", "Eve"))
    chosen = [Chosen(ann), Chosen(ben, [second]), Chosen(eve, [second, place.version])]
    made = [each.invitation for each in invite_contacts(session, both, chosen, SYSTEM)]
    asked = [[version.questionnaire for version in each.versions] for each in made]
    assert asked == [["sample", "second"], ["second"], ["sample", "second"]]
    assert len(session.scalars(select(InvitationQuestionnaire)).all()) == 1


def test_a_questionnaire_that_the_round_does_not_ask_is_put_to_nobody(
    session: Session, place: Place, second: QuestionnaireVersion
) -> None:
    with pytest.raises(ValueError, match="does not ask"):
        invite_contacts(session, place.open, [Chosen(place.contact, [second])], SYSTEM)


def test_a_questionnaire_for_councillors_alone_is_suggested_to_councillors(
    place: Place, second: QuestionnaireVersion
) -> None:
    versions = [place.version, second]
    assert suggested(versions, councillor=False) == [place.version]
    assert suggested(versions, councillor=True) == [second]


def test_who_submitted_all_that_is_put_to_them_has_submitted(
    session: Session, place: Place, both: Round, second: QuestionnaireVersion
) -> None:
    ann, ben = (person(session, place, name) for name in ("Ann", "Ben"))
    chosen = [Chosen(ann), Chosen(ben, [place.version])]
    for each in invite_contacts(session, both, chosen, SYSTEM):
        site.answer(session, each.invitation, place.version, "Fenland")
    status = {each.invitation.name: each.status for each in directory.people_of(session, both)}
    assert status == {"Ann": Status.STARTED, "Ben": Status.SUBMITTED}


def test_who_is_not_asked_a_questionnaire_is_not_missed_in_it(
    session: Session, place: Place, both: Round, second: QuestionnaireVersion
) -> None:
    fire, police = person(session, place, "Ann"), person(session, place, "Ben", of="Fenland police")
    made = invite_contacts(session, both, [Chosen(fire), Chosen(police, [second])], SYSTEM)
    assert result_if_closed(session, both, place.version).invited_organisations == 1
    assert result_if_closed(session, both, second).invited_organisations == 2
    for each in made:
        site.answer(session, each.invitation, place.version, "Fenland")
    assert [each.organisation for each in submitted_respondents(session, both, place.version)] == [
        str(fire.organisation_id)
    ]
    assert result_if_closed(session, both, place.version).started == 0
    assert [each.respondents for each in warnings_before_closing(session, both)["sample"]] == [4, 4]


# Like last time


def test_last_time_is_the_newest_other_round_answered_apart(session: Session, place: Place) -> None:
    fresh = open_round(session, place.partnership, RoundPlan("Fresh", [place.version], together=False))
    open_round(session, place.partnership, RoundPlan("Together", [place.version], together=True))
    assert last_round(session, fresh) is place.closed
    assert last_round(session, place.open) is None


def test_the_people_of_last_time_are_on_the_list_with_their_organisations(session: Session, place: Place) -> None:
    known = place.answered[0]
    known.contact_id = place.contact.id
    place.answered[1].email = "second@example.org"
    withdrawn = place.answered[4]
    withdrawn.withdrawn = withdrawn.created
    close_round(session, place.open)
    merge(session, organisation(session, place, "Fenland police"), organisation(session, place, "Fenland fire"), SYSTEM)
    session.flush()

    found = people_of_last(session, place.closed, SYSTEM)
    people = [session.get_one(Contact, each) for each in found]
    assert {(each.name, each.organisation.name, each.email) for each in people} == {
        ("Fenland Listed", "Fenland police", place.contact.email),
        ("Fenland health person", "Fenland health", "second@example.org"),
        ("Fenland fire person", "Fenland police", ""),
        ("Fenland education person", "Fenland education", ""),
    }
    assert people_of_last(session, place.closed, SYSTEM) == found


def test_who_was_taken_off_the_list_comes_back_by_last_time(session: Session, place: Place) -> None:
    fire = person(session, place, "Ann", "ann@example.org")
    fresh = open_round(session, place.partnership, RoundPlan("Fresh", [place.version], together=False))
    invite_contacts(session, fresh, [Chosen(fire)], SYSTEM)
    remove_contact(session, fire, SYSTEM)
    session.expire_all()
    (back,) = people_of_last(session, fresh, SYSTEM)
    assert session.get_one(Contact, back).email == "ann@example.org"

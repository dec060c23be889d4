"""What is listed, invited and erased of one partnership, round or person leaves their neighbours alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.rounds.answering import save_section
from a2p.rounds.blank_forms import order_blank
from a2p.rounds.blanking import blank_invitations
from a2p.rounds.copies import order_copy
from a2p.rounds.erasing import erase_person
from a2p.rounds.everybody import everybody
from a2p.rounds.gazetteer import others_in_region
from a2p.rounds.inviting import by_address, invite_together, invited_contacts, renew_link, withdraw
from a2p.rounds.opening import RoundPlan, open_round
from a2p.scoring.answers import Answer, State
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.access_tables import SessionInvitation
from a2p.store.letters import Draft, write_letter
from a2p.store.round_tables import AnswerRow, Invitation, Job, Response
from a2p.store.tables import Contact, Grant
from tests import site
from tests.rounds.known_person import EMAIL, list_in, make_known
from tests.rounds.street import Street, street
from tests.site import Place

GIVEN = {"aim": Answer(State.GIVEN, "level-2")}


@pytest.fixture
def here(session: Session) -> Street:
    return street(session)


def browsers_of(session: Session, invitation: Invitation) -> int:
    rows = select(SessionInvitation.session_id).where(SessionInvitation.invitation_id == invitation.id)
    return len(session.scalars(rows).all())


def two_opened(session: Session, here: Street) -> tuple[Invitation, Invitation]:
    first, second = (each.invitation for each in here.own.invited[:2])
    for each in (first, second):
        sessions.bind_invitation(session, None, each)
    return first, second


def test_a_new_link_shuts_out_the_browsers_of_that_link_alone(session: Session, here: Street) -> None:
    first, second = two_opened(session, here)
    renew_link(session, first)
    assert (browsers_of(session, first), browsers_of(session, second)) == (0, 1)


def test_withdrawing_shuts_out_the_browsers_of_that_invitation_alone(session: Session, here: Street) -> None:
    first, second = two_opened(session, here)
    withdraw(session, first)
    assert (browsers_of(session, first), browsers_of(session, second)) == (0, 1)


def test_whoever_is_invited_to_one_round_is_not_thereby_invited_to_another(session: Session, here: Street) -> None:
    entry = here.own.contact
    here.people[0].invitation.contact_id = entry.id
    session.flush()
    assert invited_contacts(session, here.second, [entry]) == {entry.id}
    assert invited_contacts(session, here.own.open, [entry]) == frozenset()


def test_a_rounds_addresses_are_of_that_round_alone(session: Session, here: Street) -> None:
    found = by_address(session, here.second)
    assert {each.round_id for each in found.values()} == {here.second.id}
    here.people[0].invitation.withdrawn = here.second.opened
    session.flush()
    assert here.people[0].invitation.email not in by_address(session, here.second)


def test_a_paper_form_is_ordered_anew_by_each_partnership(session: Session, here: Street, tmp_path: Path) -> None:
    version = here.own.version
    made = [
        order_blank(session, place.partnership.id, version, place.coordinator.id, tmp_path, large=False)
        for place in (here.own, here.next_door)
    ]
    assert [job.partnership_id for job in made] == [here.own.partnership.id, here.next_door.partnership.id]


def test_a_copy_is_of_the_own_answers_and_not_of_somebody_elses(session: Session, here: Street, tmp_path: Path) -> None:
    made = [order_copy(session, each, here.own.version, tmp_path) for each in here.own.answered[:2]]
    assert [job.invitation_id for job in made] == [each.id for each in here.own.answered[:2]]


def together(session: Session, place: Place) -> Invitation:
    plan = RoundPlan("Together", [place.version], together=True)
    return invite_together(session, open_round(session, place.partnership, plan)).invitation


def well_used(session: Session, place: Place) -> None:
    """A letter, an opened browser and a copy of each of the open round's people."""
    for each in (one.invitation for one in place.invited):
        write_letter(session, Draft("invitation", f"of {each.id}", each.email, each.partnership_id, each.id))
        sessions.bind_invitation(session, None, each)
        job = Job(partnership_id=each.partnership_id, invitation_id=each.id, kind="copy", version_id=place.version.id)
        session.add(job)
    session.flush()


def test_blanking_one_invitation_leaves_the_letters_browsers_and_copies_of_the_others(
    session: Session, here: Street
) -> None:
    well_used(session, here.own)
    gone, *others = (each.invitation for each in here.own.invited)
    blanked = blank_invitations(session, [gone], withdraw=True)
    assert (blanked.invitations, blanked.letters) == (1, 1)
    ids = {each.id for each in others}
    assert set(session.scalars(select(SessionInvitation.invitation_id))) == ids
    assert set(session.scalars(select(Job.invitation_id).where(Job.kind == "copy"))) == ids


def test_an_erased_name_is_taken_off_what_their_partnerships_answered_together_and_off_nothing_else(
    session: Session, here: Street, tmp_path: Path
) -> None:
    make_known(session, here.own)
    rooms = {place.mark: together(session, place) for place in (here.own, here.next_door)}
    for room in rooms.values():
        save_section(session, room, here.own.version, GIVEN, {}, "Ben Ashby")
        sessions.bind_invitation(session, None, room)
    apart = session.scalars(select(Response).where(Response.invitation_id == here.own.answered[1].id)).one()
    row = session.get_one(AnswerRow, (apart.id, "aim"))
    row.by = "Ben Ashby"
    for opened in session.scalars(select(SessionInvitation)):
        opened.known_as = "Ben Ashby"
    session.flush()
    erase_person(session, EMAIL, list_in(tmp_path))
    session.expire_all()

    def by(room: Invitation) -> str:
        found = select(AnswerRow.by).join(Response, Response.id == AnswerRow.response_id)
        return session.scalars(found.where(Response.invitation_id == room.id)).one()

    def known(room: Invitation) -> str:
        return session.scalars(
            select(SessionInvitation.known_as).where(SessionInvitation.invitation_id == room.id)
        ).one()

    own, next_door = rooms[here.own.mark], rooms[here.next_door.mark]
    assert (by(own), by(next_door)) == ("", "Ben Ashby")
    assert (known(own), known(next_door)) == ("", "Ben Ashby")
    assert session.get_one(AnswerRow, (apart.id, "aim")).by == "Ben Ashby"


def test_erasing_a_person_leaves_the_entries_that_others_were_invited_by(
    session: Session, here: Street, tmp_path: Path
) -> None:
    make_known(session, here.own)
    here.people[1].invitation.contact_id = here.own.contact.id
    session.flush()
    erase_person(session, EMAIL, list_in(tmp_path))
    session.expire_all()
    assert here.people[1].invitation.contact_id == here.own.contact.id
    assert session.get(Contact, here.own.contact.id) is not None


def test_closing_one_account_leaves_everybody_elses_roles_and_browsers(
    session: Session, here: Street, tmp_path: Path
) -> None:
    gone = here.own.coordinator
    for person in (gone, here.next_door.coordinator):
        sessions.sign_in(session, None, person.id)
    erase_person(session, gone.email, list_in(tmp_path))
    session.expire_all()
    assert set(session.scalars(select(Grant.person_id).where(Grant.ended.is_not(None)))) == {gone.id}
    assert set(session.scalars(select(BrowserSession.person_id))) == {here.next_door.coordinator.id}


def test_each_region_lists_its_own_managers_and_partnerships(session: Session) -> None:
    built = site.build(session)
    listed = everybody(session).regions
    assert [(each.region.name, [one.partnership.name for one in each.partnerships]) for each in listed] == [
        (place.region.name, [place.partnership.name]) for place in (built.own, built.foreign)
    ]
    assert [[staff.person.name for staff in each.staff] for each in listed] == [
        ["Fenland programme manager"],
        ["Zzcanary programme manager"],
    ]


def test_only_partnerships_of_the_same_region_are_offered(session: Session) -> None:
    built = site.build(session)
    assert others_in_region(session, built.own.region.id) == [built.own.partnership]

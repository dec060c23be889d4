"""What is done to a partnership's list, and to partnerships, leaves the neighbours as they were; on each engine."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from a2p.rounds.closing import close_round
from a2p.rounds.directory import rounds_of
from a2p.rounds.inviting import Invited
from a2p.rounds.joining import Moved
from a2p.rounds.joining import merge as merge_partnerships
from a2p.rounds.merging import merge, merging
from a2p.rounds.partners import Details, add_contact, add_organisation, change_contact, hold, remove_contact
from a2p.rounds.programme import take_up
from a2p.store.audit import SYSTEM
from a2p.store.base import today
from a2p.store.tables import Contact, Organisation
from tests.rounds.street import Street, street


@pytest.fixture
def here(session: Session) -> Street:
    return street(session)


def organisation_of(session: Session, invited: Invited) -> Organisation:
    return session.get_one(Organisation, invited.invitation.organisation_id)


def listed(session: Session, invited: Invited, name: str, email: str = "") -> Contact:
    """Somebody on the list of partners, who is invited as that person."""
    contact = add_contact(session, organisation_of(session, invited), Details(name, email), SYSTEM)
    invited.invitation.contact_id = contact.id
    session.flush()
    return contact


def leads_to(session: Session, invited: Invited) -> int | None:
    session.refresh(invited.invitation)
    return invited.invitation.contact_id


def test_who_is_taken_off_the_list_does_not_take_others_off_their_invitations(session: Session, here: Street) -> None:
    ann, ben = (listed(session, invited, name) for invited, name in zip(here.people, ("Ann", "Ben"), strict=False))
    zoe = listed(session, here.next_door.invited[0], "Zoe")
    remove_contact(session, ann, SYSTEM)
    assert leads_to(session, here.people[0]) is None
    assert leads_to(session, here.people[1]) == ben.id
    assert leads_to(session, here.next_door.invited[0]) == zoe.id


def test_a_person_may_move_to_another_organisation_with_all_else_unchanged(session: Session, here: Street) -> None:
    ann = listed(session, here.people[0], "Ann", "ann@example.org")
    fire = organisation_of(session, here.people[2])
    assert change_contact(session, ann, fire, Details("Ann", "ann@example.org"), SYSTEM) == []
    session.expire_all()
    assert ann.organisation_id == fire.id


def test_a_new_address_goes_to_that_persons_invitations_alone(session: Session, here: Street) -> None:
    """An office's address may be several people's, from round to round."""
    ann = listed(session, here.people[0], "Ann", "office@example.org")
    for each in (here.people[0], here.own.invited[1], here.next_door.invited[0]):
        each.invitation.email = "office@example.org"
    assert change_contact(session, ann, ann.organisation, Details("Ann", "ann@example.org"), SYSTEM) == [
        here.people[0].invitation
    ]
    others = {each.invitation.email for each in (here.own.invited[1], here.next_door.invited[0])}
    assert others == {"office@example.org"}


def test_holding_a_list_holds_no_other_partnerships(session: Session, here: Street) -> None:
    hold(session, here.own.partnership.id)  # more or fewer rows than the one are an error


# Merging organisations


def test_two_entries_of_one_person_become_one_and_nobody_else_is_taken_for_them(session: Session, here: Street) -> None:
    police, fire = (organisation_of(session, here.people[number]) for number in (0, 2))
    stays, goes = (add_contact(session, each, Details("Ben Ashby"), SYSTEM) for each in (police, fire))
    here.people[2].invitation.contact_id = goes.id
    other, zoe = listed(session, here.people[1], "Ewa"), listed(session, here.next_door.invited[0], "Zoe")
    merge(session, police, fire, SYSTEM)
    assert leads_to(session, here.people[2]) == stays.id
    assert leads_to(session, here.people[1]) == other.id
    assert leads_to(session, here.next_door.invited[0]) == zoe.id
    assert leads_to(session, here.people[3]) is None


def test_a_merge_concerns_the_rounds_to_which_somebody_of_the_entry_is_invited(session: Session, here: Street) -> None:
    kept = organisation_of(session, here.people[0])
    fresh = add_organisation(session, here.own.partnership.id, "Fenland office", "police", SYSTEM)
    assert merging(session, kept, fresh).rounds == ()
    here.people[3].invitation.organisation_id = fresh.id
    session.flush()
    assert [each.round for each in merging(session, kept, fresh).rounds] == [here.second]


# Merging partnerships, and the region's list


def test_who_was_known_where_a_partnership_went_stays_on_the_old_list(session: Session, here: Street) -> None:
    known = listed(session, here.people[0], "Ann", "ann@example.org")
    listed(session, here.people[1], "Ben", "ben@example.org")
    add_contact(session, organisation_of(session, here.next_door.invited[0]), Details("A", known.email), SYSTEM)
    for round_ in rounds_of(session, here.own.partnership):
        close_round(session, round_)
    yesterday = today() - timedelta(days=1)
    moved = merge_partnerships(session, here.own.partnership, here.next_door.partnership, yesterday, by=SYSTEM)
    assert moved == Moved(organisations=5, people=2, known=1)
    assert leads_to(session, here.people[0]) == known.id
    assert leads_to(session, here.people[1]) is None


def test_each_partnership_of_a_region_is_listed_with_its_own_rounds_once(session: Session, here: Street) -> None:
    seen = {each.partnership: [one.round for one in each.rounds] for each in take_up(session, here.own.region.id)}
    places = (here.own.partnership, here.next_door.partnership)
    assert seen == {place: rounds_of(session, place) for place in places}
    assert take_up(session, here.next_door.region.id) == ()

"""A partnership's list of partners: organisations and people, kept, merged and looked up; on each engine."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.closing import close_round
from a2p.rounds.inviting import Invitee, invite
from a2p.rounds.merging import CannotMerge, follow_merges, merge, merging
from a2p.rounds.partners import (
    AddressKnown,
    Details,
    NameKnown,
    PersonKnown,
    StillUsed,
    add_contact,
    add_organisation,
    as_list,
    bodies_of,
    by_sector,
    change_contact,
    change_organisation,
    find_organisation,
    organisations_of,
    remove_contact,
    remove_organisation,
)
from a2p.rounds.respondents import submitted_respondents
from a2p.store.audit import SYSTEM
from a2p.store.base import now
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Invitation
from a2p.store.tables import Contact, Organisation
from tests import site
from tests.site import Place, Site

ANN = Details("Ann Orchard", "ann@example.org")


@pytest.fixture
def built(session: Session) -> Site:
    """The small site with nobody on its lists."""
    made = site.build(session)
    for each in (made.own, made.foreign):
        session.delete(each.contact)
    session.flush()
    return made


@pytest.fixture
def place(built: Site) -> Place:
    return built.own


def organisation(session: Session, place: Place, name: str = "Fenland police") -> Organisation:
    found = find_organisation(session, place.partnership.id, name)
    assert found is not None
    return found


def events(session: Session) -> list[str]:
    actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id))
    return [action for action in actions if action.endswith(("an organisation", "a person"))]


# Organisations


@pytest.mark.parametrize("name", ["FENLAND POLICE", "Fenland  Police"])
def test_an_organisation_is_not_entered_twice_in_other_letters(session: Session, place: Place, name: str) -> None:
    with pytest.raises(NameKnown) as told:
        add_organisation(session, place.partnership.id, name, "police", SYSTEM)
    assert told.value.known.name == "Fenland police"
    other = organisation(session, place, "Fenland fire")
    with pytest.raises(NameKnown):
        change_organisation(session, other, name, "fire", SYSTEM)


def test_two_partnerships_have_organisations_of_one_name(session: Session, built: Site) -> None:
    added = add_organisation(session, built.foreign.partnership.id, "Fenland police", "police", SYSTEM)
    assert added.id != organisation(session, built.own).id


def test_an_organisation_is_renamed_and_given_another_sector(session: Session, place: Place) -> None:
    police = organisation(session, place)
    change_organisation(session, police, "FENLAND Police", "other-public", SYSTEM)
    assert (police.name, police.sector) == ("FENLAND Police", "other-public")
    change_organisation(session, police, "FENLAND Police", "other-public", SYSTEM)
    assert events(session) == ["changed an organisation"]


def test_an_organisation_that_was_invited_or_has_people_is_not_removed(session: Session, place: Place) -> None:
    fresh = add_organisation(session, place.partnership.id, "Fen Trust", "health", SYSTEM)
    ann = add_contact(session, fresh, ANN, SYSTEM)
    for used in (fresh, organisation(session, place)):
        with pytest.raises(StillUsed):
            remove_organisation(session, used, SYSTEM)
    remove_contact(session, ann, SYSTEM)
    remove_organisation(session, fresh, SYSTEM)
    assert find_organisation(session, place.partnership.id, "Fen Trust") is None


# People


def test_a_person_is_on_the_list_once_by_their_address(session: Session, built: Site) -> None:
    police, fire = (organisation(session, built.own, f"Fenland {name}") for name in ("police", "fire"))
    ann = add_contact(session, police, ANN, SYSTEM)
    with pytest.raises(AddressKnown) as told:
        add_contact(session, fire, Details("Another", ANN.email), SYSTEM)
    assert told.value.known is ann
    other = add_contact(session, fire, Details("Ben"), SYSTEM)
    with pytest.raises(AddressKnown):
        change_contact(session, other, fire, ANN, SYSTEM)
    foreign = find_organisation(session, built.foreign.partnership.id, "Zzcanary police")
    assert foreign is not None
    assert add_contact(session, foreign, ANN, SYSTEM).id


def test_without_an_address_a_person_is_known_by_name_and_organisation(session: Session, place: Place) -> None:
    police, fire = (organisation(session, place, f"Fenland {name}") for name in ("police", "fire"))
    add_contact(session, police, Details("Ann Orchard"), SYSTEM)
    with pytest.raises(PersonKnown):
        add_contact(session, police, Details("ann  orchard"), SYSTEM)
    assert add_contact(session, fire, Details("Ann Orchard"), SYSTEM).id
    assert add_contact(session, police, ANN, SYSTEM).id


def test_a_person_is_changed_and_moved(session: Session, place: Place) -> None:
    police, fire = (organisation(session, place, f"Fenland {name}") for name in ("police", "fire"))
    ann = add_contact(session, police, ANN, SYSTEM)
    assert change_contact(session, ann, police, ANN, SYSTEM) == []
    change_contact(session, ann, fire, Details("Ann Grove", "grove@example.org", "executive", "board"), SYSTEM)
    session.expire_all()
    assert (ann.name, ann.email, ann.councillor, ann.layer) == ("Ann Grove", "grove@example.org", "executive", "board")
    assert ann.organisation.name == "Fenland fire"
    assert events(session) == ["added a person", "changed a person"]


def invited_contact(session: Session, place: Place) -> tuple[Contact, Invitation]:
    ann = add_contact(session, organisation(session, place), ANN, SYSTEM)
    invitation = place.invited[0].invitation
    invitation.contact_id, invitation.email = ann.id, ann.email
    session.flush()
    return ann, invitation


def test_a_mistyped_address_is_put_right_in_an_invitation_that_nobody_opened(session: Session, place: Place) -> None:
    ann, invitation = invited_contact(session, place)
    changed = change_contact(session, ann, ann.organisation, Details(ann.name, "right@example.org"), SYSTEM)
    assert changed == [invitation]
    assert (invitation.email, invitation.token_hash) == ("right@example.org", None)


def test_a_link_that_was_passed_on_by_hand_stays_when_an_address_becomes_known(session: Session, place: Place) -> None:
    ben = add_contact(session, organisation(session, place), Details("Ben"), SYSTEM)
    invitation = place.invited[0].invitation
    invitation.contact_id = ben.id
    session.flush()
    assert change_contact(session, ben, ben.organisation, Details("Ben", "ben@example.org"), SYSTEM) == []
    assert invitation.token_hash is not None


def test_a_link_that_was_opened_is_never_led_to_another_address(session: Session, place: Place) -> None:
    ann, invitation = invited_contact(session, place)
    invitation.opened = now()
    assert change_contact(session, ann, ann.organisation, Details(ann.name, "mine@example.org"), SYSTEM) == []
    assert invitation.email == ANN.email


def test_who_is_taken_off_the_list_keeps_their_invitation(session: Session, place: Place) -> None:
    ann, invitation = invited_contact(session, place)
    remove_contact(session, ann, SYSTEM)
    session.refresh(invitation)
    assert (invitation.contact_id, invitation.email) == (None, ANN.email)
    assert session.scalars(select(Contact)).all() == []


# Looking up


def test_the_list_is_by_sector_and_its_search_finds_organisations_and_people(session: Session, place: Place) -> None:
    police = organisation(session, place)
    add_contact(session, police, ANN, SYSTEM)
    add_contact(session, police, Details("Ben Ashby"), SYSTEM)
    add_contact(session, organisation(session, place, "Fenland fire"), Details("Ewa Orchard"), SYSTEM)

    def found(search: str) -> dict[str, list[str]]:
        bodies = bodies_of(session, place.partnership.id, search)
        return {body.organisation.name: [each.name for each in body.people] for body in bodies}

    assert len(found("")) == 5
    assert found("ORCHARD") == {"Fenland fire": ["Ewa Orchard"], "Fenland police": ["Ann Orchard"]}
    assert found("ann@") == {"Fenland police": ["Ann Orchard"]}
    assert found("police") == {"Fenland police": ["Ann Orchard", "Ben Ashby"]}
    assert found("zzcanary") == {}
    sectors = [sector for sector, _ in by_sector(bodies_of(session, place.partnership.id))]
    assert sectors == ["police", "fire", "health", "education", "business"]


def test_the_exported_list_has_people_and_organisations_without_any(session: Session, place: Place) -> None:
    add_contact(session, organisation(session, place), ANN, SYSTEM)
    listed = [(each.organisation, each.name, each.sector) for each in as_list(session, place.partnership.id)]
    assert listed[-1] == ("Fenland police", "Ann Orchard", "police")
    assert listed[0] == ("Fenland business", "", "business")


# Merging


def test_merging_makes_two_voices_one_in_open_rounds_and_leaves_closed_ones(session: Session, place: Place) -> None:
    kept, gone = (organisation(session, place, f"Fenland {name}") for name in ("police", "fire"))
    add_contact(session, gone, ANN, SYSTEM)
    for each in place.invited[:2]:
        site.answer(session, each.invitation, place.version, "Fenland", submitted=True)
    planned = merging(session, kept, gone)
    assert [(each.round, each.moved, each.there, each.joins_voices) for each in planned.rounds] == [
        (place.open, 1, 1, True)
    ]
    assert planned.people == 1
    assert len(organisations_of(session, place.partnership.id)) == 5

    merge(session, kept, gone, SYSTEM)
    session.expire_all()
    assert gone.merged_into_id == kept.id
    voices = {each.organisation for each in submitted_respondents(session, place.open, place.version)}
    assert str(gone.id) not in voices
    assert len({each.invitation.organisation_id for each in place.invited}) == 4
    assert len({each.organisation_id for each in place.answered}) == 5
    assert [each.name for each in organisations_of(session, place.partnership.id)] == [
        *("Fenland business", "Fenland education", "Fenland health", "Fenland police")
    ]
    assert events(session)[-1] == "merged an organisation"


def test_the_name_of_a_merged_organisation_leads_to_the_kept_one(session: Session, place: Place) -> None:
    first, second, third = (organisation(session, place, f"Fenland {name}") for name in ("police", "fire", "health"))
    merge(session, second, first, SYSTEM)
    merge(session, third, second, SYSTEM)
    session.expire_all()
    for name in ("Fenland police", "Fenland fire"):
        assert organisation(session, place, name) is third
    invited = invite(session, place.open, Invitee("New", "Fenland police", "health"))
    assert invited.invitation.organisation is third
    with pytest.raises(NameKnown):
        add_organisation(session, place.partnership.id, "Fenland police", "police", SYSTEM)


def test_people_without_an_address_who_are_in_both_entries_become_one(session: Session, place: Place) -> None:
    kept, gone = (organisation(session, place, f"Fenland {name}") for name in ("police", "fire"))
    stays = add_contact(session, kept, Details("Ben Ashby"), SYSTEM)
    goes = add_contact(session, gone, Details("BEN ASHBY"), SYSTEM)
    place.invited[1].invitation.contact_id = goes.id
    session.flush()
    merge(session, kept, gone, SYSTEM)
    session.expire_all()
    assert session.scalars(select(Contact)).all() == [stays]
    assert place.invited[1].invitation.contact_id == stays.id


def test_what_can_not_be_one_organisation_is_not_merged(session: Session, built: Site) -> None:
    own, other = (organisation(session, built.own, f"Fenland {name}") for name in ("police", "fire"))
    foreign = find_organisation(session, built.foreign.partnership.id, "Zzcanary fire")
    assert foreign is not None
    for pair in ((own, own), (own, foreign)):
        with pytest.raises(CannotMerge):
            merge(session, *pair, SYSTEM)
    merge(session, own, other, SYSTEM)
    for pair in ((own, other), (other, own)):
        with pytest.raises(CannotMerge):
            merge(session, *pair, SYSTEM)


def test_a_round_that_is_opened_again_can_follow_what_was_merged_since(session: Session, place: Place) -> None:
    kept, gone = (organisation(session, place, f"Fenland {name}") for name in ("police", "fire"))
    close_round(session, place.open)
    merge(session, kept, gone, SYSTEM)
    assert len({each.invitation.organisation_id for each in place.invited}) == 5
    place.open.closed = None
    follow_merges(session, place.open)
    session.expire_all()
    assert len({each.invitation.organisation_id for each in place.invited}) == 4

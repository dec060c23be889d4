"""Workshops that were held: what is kept of them and of who came, two who record one at once, and forgetting people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.loading_agreed import round_workshop
from a2p.documents.known import Held
from a2p.rounds.erasing import erase_person
from a2p.rounds.retention import attendees_due, erase_attendees_due
from a2p.rounds.subject_access import held_about
from a2p.rounds.workshops import (
    Clash,
    Meeting,
    Named,
    add_workshop,
    change_workshop,
    differences,
    meeting_of,
    workshops_of,
)
from a2p.store.audit import Actor
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Round
from tests import site
from tests.ordered import wanted
from tests.rounds.known_person import everything, list_in
from tests.site import Place

ROOM = Actor(None, "facilitator")
ANN, BEN = Named("Ann Orchard", "ann@example.org"), Named("Ben Penn")
MEETING = Meeting(date(2026, 3, 31), "The Guildhall", ("Fire", "Police"), 9, (ANN, BEN), "A long day.", "Who speaks.")


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


def test_workshops_of_a_round_are_kept_by_their_day(session: Session, place: Place) -> None:
    second = add_workshop(session, place.closed, Meeting(date(2026, 4, 1)), ROOM)
    first = add_workshop(session, place.closed, MEETING, ROOM)
    assert workshops_of(session, place.closed) == [first, second]
    assert workshops_of(session, place.open) == []
    for round_, there in ((place.closed, True), (place.open, False)):
        args = {"round_id": round_.id, "workshop_id": first.id}
        assert (round_workshop(session, args) is not None) is there
    assert meeting_of(session, first) == MEETING
    assert meeting_of(session, second) == Meeting(date(2026, 4, 1))


def test_documents_are_told_of_a_workshop_and_of_nobody_who_came(session: Session, place: Place) -> None:
    add_workshop(session, place.closed, MEETING, ROOM)
    told = wanted(session, place.result).material.known.workshops
    assert told == (Held("31 March 2026", "The Guildhall", ("Fire", "Police"), 9, "A long day.", "Who speaks."),)
    assert ANN.name not in repr(told)


def test_organisations_are_kept_once_each_and_by_the_alphabet(session: Session, place: Place) -> None:
    given = replace(MEETING, organisations=("police", "Fire", "Police"))
    assert meeting_of(session, add_workshop(session, place.closed, given, ROOM)).organisations == ("Fire", "Police")


def test_a_workshop_sent_twice_is_recorded_once(session: Session, place: Place) -> None:
    for _ in range(2):
        add_workshop(session, place.closed, MEETING, ROOM)
    assert len(workshops_of(session, place.closed)) == 1


def test_who_saw_an_older_edition_is_told_and_nothing_is_overwritten(session: Session, place: Place) -> None:
    kept = add_workshop(session, place.closed, MEETING, ROOM)
    theirs, mine = replace(MEETING, people=12, attendees=(BEN,)), replace(MEETING, note="Short.")
    assert change_workshop(session, kept, theirs, 1, ROOM)
    with pytest.raises(Clash):
        change_workshop(session, kept, mine, 1, ROOM)
    assert meeting_of(session, kept) == theirs
    assert differences(mine, theirs) == ["people", "attendees", "note"]
    assert change_workshop(session, kept, mine, kept.edition, ROOM)
    assert not change_workshop(session, kept, mine, 0, ROOM), "what stands already is neither a change nor a clash"


def test_the_audit_log_says_that_it_was_recorded_and_names_nobody(session: Session, place: Place) -> None:
    kept = add_workshop(session, place.closed, MEETING, ROOM)
    change_workshop(session, kept, replace(MEETING, people=12), 1, ROOM)
    events = session.scalars(select(AuditEvent).where(AuditEvent.object == f"workshop {kept.id}")).all()
    assert [event.action for event in events] == ["recorded a workshop", "changed a workshop"]
    assert not any(word in event.detail for event in events for word in ("Ann", "Guildhall"))


def test_who_came_is_among_what_is_held_about_them_and_is_erased_with_them(
    session: Session, place: Place, tmp_path: Path
) -> None:
    kept = add_workshop(session, place.closed, MEETING, ROOM)
    held = held_about(session, "ANN@example.org")
    assert held is not None
    assert [(each.workshop, each.name) for each in held.workshops] == [(MEETING.held, "Ann Orchard")]
    erase_person(session, "ANN@example.org", list_in(tmp_path))
    session.expire_all()
    assert "orchard" not in everything(session).lower()
    assert meeting_of(session, kept) == replace(MEETING, attendees=(BEN,))
    with pytest.raises(Clash):  # a form that was open meanwhile does not bring them back
        change_workshop(session, kept, replace(MEETING, note="Old form"), 1, ROOM)


def test_who_was_noted_without_an_address_is_known_by_name_where_the_partnership_knows_them(
    session: Session, place: Place, tmp_path: Path
) -> None:
    place.contact.email = "ben@example.org"
    came = (Named(place.contact.name.upper()), BEN)
    elsewhere = session.scalars(select(Round).where(Round.partnership_id != place.partnership.id)).first()
    assert elsewhere is not None
    namesake = add_workshop(session, elsewhere, replace(MEETING, attendees=came), ROOM)
    kept = add_workshop(session, session.merge(place.closed), replace(MEETING, attendees=came), ROOM)
    session.flush()
    held = held_about(session, "ben@example.org")
    assert held is not None
    assert [each.name for each in held.workshops] == [place.contact.name.upper()]
    erase_person(session, "ben@example.org", list_in(tmp_path))
    session.expire_all()
    assert meeting_of(session, kept).attendees == (BEN,)
    assert len(meeting_of(session, namesake).attendees) == 2


def test_who_came_is_erased_so_many_months_after_the_workshop_and_how_many_stays(
    session: Session, place: Place
) -> None:
    kept = add_workshop(session, place.closed, MEETING, ROOM)
    later = add_workshop(session, place.closed, replace(MEETING, held=date(2026, 4, 15)), ROOM)
    assert attendees_due(session, date(2026, 4, 29), 1) == []
    assert erase_attendees_due(session, date(2026, 4, 30), 1) == 2
    session.expire_all()
    assert meeting_of(session, kept) == replace(MEETING, attendees=())
    assert meeting_of(session, later).attendees == (ANN, BEN)
    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "erased who came to a workshop"))
    assert event.object == f"workshop {kept.id}"

"""The record of a workshop goes to those who came and left an address: once it is made, and each version once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from a2p.access.policy import Role
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.jobs import Desk
from a2p.jobs.renderer import Here
from a2p.ordering.records import order_record
from a2p.rounds.records import letters_of, send_record
from a2p.rounds.retention import erase_attendees_due
from a2p.rounds.workshops import Meeting, Named, add_workshop, change_workshop, meeting_of
from a2p.settings import documents_folder
from a2p.store.audit import Actor
from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.outcome_tables import Workshop
from a2p.store.round_tables import Job, Round
from a2p.store.tables import Grant
from tests.jobs.office import Office

CAME = (Named("Ann Orchard", "ann@example.org"), Named("Ben Field"), Named("Cat Hill", "cat@example.org"))


@pytest.fixture
def workshop(office: Office) -> int:
    """A workshop on the closed round, to which three came; two left an address."""
    place = office.built.own
    with office.session() as session, session.begin():
        round_ = session.get_one(Round, place.closed.id)
        return add_workshop(session, round_, Meeting(date(2026, 1, 5), attendees=CAME), facilitator(office)).id


def facilitator(office: Office) -> Actor:
    return Actor(office.built.own.staff[Role.FACILITATOR].id, "facilitator")


def send(office: Office, workshop_id: int, *, draft: bool = True) -> int:
    """Press the button; how many letters were written."""
    with office.session() as session, session.begin():
        workshop, by = session.get_one(Workshop, workshop_id), facilitator(office)
        assert by.person_id is not None
        folder = documents_folder(office.settings.data_dir)
        round_ = session.get_one(Round, workshop.round_id)
        version = order_record(session, round_, draft=draft, person_id=by.person_id, documents=folder)
        assert version is not None
        return send_record(session, workshop, version, by)


def make(office: Office, *, failing: bool = False) -> None:
    """Let the worker of documents do what waits."""

    def made(_material: Material, order: Order) -> bytes:
        if failing:
            raise RuntimeError
        assert order.kind == "record"
        return b"%PDF draft" if order.draft else b"%PDF final"

    with office.session() as session:
        waiting = list(session.scalars(select(Job.id).where(Job.state == "queued")))
    desk = Desk(office.engine, office.settings.data_dir, made, Here())
    for _ in range(3):
        for job_id in waiting:
            desk.do(job_id)


def again(office: Office) -> None:
    """The time to look again has come."""
    with office.session() as session, session.begin():
        for letter in session.scalars(select(Letter).where(Letter.state == "queued")):
            letter.due = now()
    office.postman.send_due()


def test_it_waits_until_it_is_made_and_then_goes_with_the_letter(office: Office, workshop: int) -> None:
    assert send(office, workshop) == 2
    office.postman.send_due()
    assert office.box.letters == []
    make(office)
    again(office)
    assert sorted(office.box.to) == ["ann@example.org", "cat@example.org"]
    (file,) = office.box.letters[0].iter_attachments()
    assert file.get_filename() == "record-of-the-workshop-draft.pdf"
    assert file.get_payload(decode=True) == b"%PDF draft"
    assert "It is a draft." in office.box.text
    assert str(office.box.letters[0]["Reply-To"]) == office.built.own.staff[Role.FACILITATOR].email


def test_a_version_is_sent_once_and_the_final_one_is_another(office: Office, workshop: int) -> None:
    assert [send(office, workshop), send(office, workshop)] == [2, 0]
    assert send(office, workshop, draft=False) == 2
    make(office)
    again(office)
    assert len(office.box.letters) == 4


def test_what_was_corrected_since_is_another_version(office: Office, workshop: int) -> None:
    send(office, workshop)
    with office.session() as session, session.begin():
        kept = session.get_one(Workshop, workshop)
        corrected = Meeting(date(2026, 1, 5), place="The hall", attendees=meeting_of(session, kept).attendees)
        change_workshop(session, kept, corrected, kept.edition, facilitator(office))
    assert send(office, workshop) == 2


def test_who_was_taken_off_the_workshop_meanwhile_gets_none(office: Office, workshop: int) -> None:
    send(office, workshop)
    make(office)
    with office.session() as session, session.begin():
        kept = session.get_one(Workshop, workshop)
        change_workshop(session, kept, Meeting(date(2026, 1, 5), attendees=CAME[:2]), kept.edition, facilitator(office))
    again(office)
    assert office.box.to == ["ann@example.org"]


def test_a_record_that_could_not_be_made_is_not_sent_and_its_letter_says_so(office: Office, workshop: int) -> None:
    send(office, workshop)
    make(office, failing=True)
    again(office)
    with office.session() as session:
        assert {each.state for each in letters_of(session, session.get_one(Workshop, workshop))} == {"cancelled"}
    assert office.box.letters == []


def test_nothing_goes_out_once_its_sender_may_not_have_it_any_more(office: Office, workshop: int) -> None:
    send(office, workshop)
    make(office)
    with office.session() as session, session.begin():
        for grant in session.scalars(select(Grant).where(Grant.person_id == facilitator(office).person_id)):
            grant.ended = now()
    again(office)
    assert office.box.letters == []


def test_the_addresses_of_its_letters_are_erased_with_those_who_came(office: Office, workshop: int) -> None:
    send(office, workshop)
    with office.session() as session, session.begin():
        assert erase_attendees_due(session, date(2027, 1, 5), 12) == 3
    with office.session() as session:
        letters = session.scalars(select(Letter).where(Letter.purpose == "record")).all()
        assert [(each.address, each.options, each.state) for each in letters] == [("", "{}", "cancelled")] * 2

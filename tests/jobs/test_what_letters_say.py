"""What letters say, to whom, and what people's own words can't do to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar
from sqlalchemy import Engine, select

from a2p.access.policy import Role
from a2p.exchange.calendar_file import FILE_NAME
from a2p.jobs.letter_text import render
from a2p.rounds.closing import close_round
from a2p.rounds.comments import finish
from a2p.store.audit import Actor
from a2p.store.base import now, today
from a2p.store.letters import Draft
from a2p.store.round_tables import Invitation, Result, Round
from a2p.store.tables import Grant, Person
from a2p.store.tokens import code_hash
from tests import site
from tests.jobs.office import BASE, Office, open_office, text_of


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Office:
    """What letters say is the same on each engine."""
    return open_office(sqlite_engine, tmp_path)


HOSTILE = "<b>Fen</b> & {{ 7 * 7 }}\r\nBcc: x@example.org \x01\u2028“’"


def change_round(office: Office, **columns: object) -> None:
    with office.session() as session, session.begin():
        found = session.get_one(Round, office.built.own.open.id)
        for name, value in columns.items():
            setattr(found, name, value)


def change_invitation(office: Office, number: int = 1, **columns: object) -> None:
    with office.session() as session, session.begin():
        found = session.get_one(Invitation, office.built.own.invited[number].invitation.id)
        for name, value in columns.items():
            setattr(found, name, value)


def sent(office: Office, purpose: str = "invitation") -> str:
    """The text of a letter to the second person, with its lines as one."""
    office.write(purpose, key=f"{purpose}/{len(office.letters())}")
    office.postman.send_due()
    return office.box.text


def test_an_invitation_says_all_that_somebody_needs_before_they_begin(office: Office) -> None:
    change_round(office, closes=date(2999, 3, 31), message="Please help us.\n\n- It is short.")
    text = sent(office)
    letter = office.box.letters[-1]
    assert letter["Subject"] == "Fenland Partnership: your view – Fenland autumn"
    assert letter["Reply-To"] == "fenland.coordinator@example.org"
    for said in (
        "Dear Fenland health person,",
        "Fenland coordinator asks you to give your own view in “Fenland autumn”, for Fenland health.",
        "Please help us. - It is short.",
        "Last day for answers: 31 March 2999",
        "The link is yours alone",
        "no account and no password",
        f"go to {BASE}/code and type this code:",
        "who will see what",
        "it goes to Fenland coordinator, who coordinates the round",
        "help@example.org",
        f"How we keep data: {BASE}/privacy",
    ):
        assert said in text
    assert "open round" not in text


def test_every_letter_of_an_open_round_says_that_organisations_are_named(office: Office) -> None:
    change_round(office, attribution="open")
    for purpose in ("invitation", "reminder"):
        text = sent(office, purpose)
        assert "This is an open round. After it closes, the coordinator, the chair and a facilitator are shown" in text
        assert "If you alone answer for yours, its level is your own answer." in text


def test_an_invitation_brings_the_last_day_for_a_calendar_without_a_link_that_lets_in(office: Office) -> None:
    sent(office)
    change_round(office, closes=None)
    assert "calendar" not in sent(office, "deputy")
    with_day, without = office.box.letters
    assert list(without.iter_attachments()) == []
    (attached,) = with_day.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", FILE_NAME)
    (event,) = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert event.decoded("dtstart") == date(2999, 12, 31)
    assert event["uid"] == f"invitation-{office.invitation().id}@a2p.example.org"
    assert event["url"] == BASE
    assert "/i/" not in str(event)


def test_the_code_in_the_letter_is_the_invitations(office: Office) -> None:
    text = sent(office)
    code = text.partition("type this code: ")[2].split()[0]
    assert office.invitation().code_hash == code_hash(code)


def test_both_forms_of_a_letter_say_the_same(office: Office) -> None:
    change_round(office, message="One.\n\nTwo:\n- three\n- four")
    sent(office)
    letter = office.box.letters[-1]
    page = BeautifulSoup(text_of(letter, "html"), "html5lib")
    said = page.get_text(" ") + " ".join(str(link["href"]) for link in page.find_all("a"))
    for word in text_of(letter).split():
        assert word in ("-", "--") or word.rstrip(":.,") in said
    assert not page.find_all(style=True)
    assert not page.find_all(["script", "img", "link"])


def test_what_people_wrote_is_never_markup_nor_a_template_nor_a_header(office: Office) -> None:
    change_round(office, name=HOSTILE, message=HOSTILE)
    change_invitation(office, name=HOSTILE)
    sent(office)
    letter = office.box.letters[-1]
    html = text_of(letter, "html")
    assert "<b>" not in html
    assert "&lt;b&gt;Fen&lt;/b&gt; &amp; {{ 7 * 7 }}" in html
    assert "<b>Fen</b> & {{ 7 * 7 }}" in text_of(letter)
    assert letter["Bcc"] is None
    assert letter["Subject"].startswith("Fenland Partnership: your view – <b>Fen</b> & {{ 7 * 7 }} Bcc: x@example.org")
    assert "\x01" not in html + text_of(letter)


def test_lines_of_the_plain_text_are_short_enough_to_read(office: Office) -> None:
    change_round(office, message="word " * 200)
    sent(office)
    lines = text_of(office.box.letters[-1]).splitlines()
    assert max(len(line) for line in lines if "http" not in line) <= 72


def test_once_a_link_was_opened_letters_carry_none(office: Office) -> None:
    change_invitation(office, opened=now(), bound=now())
    before = office.invitation()
    text = sent(office, "reminder")
    assert f"{BASE}/answer/{before.id}" in text
    assert "/i/" not in text
    assert "type this code" not in text
    assert (office.invitation().token_hash, office.invitation().code_hash) == (before.token_hash, before.code_hash)


def test_a_link_made_anew_is_in_the_letter_though_the_old_one_was_opened(office: Office) -> None:
    change_invitation(office, opened=now(), bound=None, token_hash=None)
    assert "/i/" in sent(office)


def test_a_reminder_says_what_was_begun_and_what_was_not(office: Office) -> None:
    assert "There is still time." in sent(office, "reminder")
    with office.session() as session, session.begin():
        own = office.built.own
        site.answer(session, session.merge(own.invited[1].invitation), own.version, "Fenland", submitted=False)
    text = sent(office, "reminder")
    assert "You have begun to answer" in text
    assert "Fenland comment" not in text


def test_who_submitted_meanwhile_is_not_reminded(office: Office) -> None:
    letter_id = office.write("reminder")
    with office.session() as session, session.begin():
        own = office.built.own
        site.answer(session, session.merge(own.invited[1].invitation), own.version, "Fenland")
    office.postman.send_due()
    assert (office.letter(letter_id).state, office.box.letters) == ("cancelled", [])


def test_a_deputy_is_told_who_passed_it_on(office: Office) -> None:
    change_invitation(office, number=2, passed_to_id=office.built.own.invited[1].invitation.id)
    assert "Fenland fire person has passed this on to you, to answer in their place." in sent(office, "deputy")


def test_in_a_round_answered_together_the_letter_says_that_all_share_the_link(office: Office) -> None:
    change_round(office, together=True)
    text = sent(office)
    assert "Everybody with this link can read and change the partnership’s answer." in text
    assert "yours alone" not in text


def test_where_nobody_coordinates_any_more_nobody_reads_replies(office: Office) -> None:
    with office.session() as session, session.begin():
        for grant in session.scalars(select(Grant).where(Grant.role == Role.COORDINATOR.value)):
            grant.ended = now()
    text = sent(office)
    assert "Nobody reads replies" in text
    assert "Fenland Partnership asks you" in text
    assert office.box.letters[-1]["Reply-To"] is None


# To those with a role


def test_coordinators_are_told_that_their_round_was_closed(office: Office) -> None:
    own = office.built.own
    with office.session() as session, session.begin():
        round_ = session.get_one(Round, own.open.id)
        round_.closes = today() - timedelta(days=1)
        close_round(session, round_)
    options = {"round_id": own.open.id, "person_id": own.coordinator.id}
    office.write_draft(Draft("closed", "closed/1", own.coordinator.email, own.partnership.id, options=options))
    office.postman.send_due()
    assert "0 of 5 people submitted" in office.box.text
    assert f"{BASE}/rounds/{own.open.id}" in office.box.text


def about_grant(office: Office, grant: Grant, to: Person, purpose: str = "grant") -> None:
    options = {"grant_id": grant.id, "person_id": to.id}
    key = f"{purpose}/{grant.id}/{to.id}"
    office.write_draft(Draft(purpose, key, to.email, grant.partnership_id, options=options))
    office.postman.send_due()


def proposed(office: Office, **columns: object) -> tuple[Grant, Person]:
    own = office.built.own
    with office.session() as session, session.begin():
        person = site.somebody(session, "New Person", "new@example.org")
        grant = site.grant(person, own.partnership, date(2026, 3, 1))
        grant.granted_by_id = own.coordinator.id
        session.add(grant)
        session.flush()
        for name, value in columns.items():
            setattr(grant, name, value)
    return grant, person


def test_who_got_a_role_is_told_where_to_sign_in_and_the_others_who_it_was(office: Office) -> None:
    grant, person = proposed(office)
    about_grant(office, grant, person)
    assert "You are now coordinator of Fenland Partnership, named by Fenland coordinator: from 1 March" in (
        office.box.text
    )
    assert f"{BASE}/sign-in" in office.box.text
    about_grant(office, grant, office.built.own.staff[Role.CHAIR])
    assert "New Person is now coordinator of Fenland Partnership" in office.box.text
    assert "write to help@example.org" in office.box.text


def test_who_has_a_role_no_more_is_told_by_whom_it_was_ended_or_which_day_was_the_last(office: Office) -> None:
    ended, person = proposed(office, ended=datetime(2026, 3, 9, 23, 30, tzinfo=UTC))
    by = office.built.own.staff[Role.CHAIR]
    options = {"grant_id": ended.id, "person_id": person.id, "by": by.id}
    office.write_draft(Draft("ended", "ended/1", person.email, ended.partnership_id, options=options))
    office.postman.send_due()
    assert "You are no longer coordinator of Fenland Partnership. The role was ended on 9 March" in office.box.text
    assert "by Fenland chair." in office.box.text
    with office.session() as session, session.begin():
        session.get_one(Grant, ended.id).ended = None
        session.get_one(Grant, ended.id).ends = date(2026, 3, 8)
    about_grant(office, ended, by, "ended")
    assert "New Person is no longer coordinator of Fenland Partnership. The role’s last day was 8 March" in (
        office.box.text
    )
    with office.session() as session, session.begin():
        session.get_one(Grant, ended.id).ends = None
    about_grant(office, ended, person, "ended")
    assert len(office.box.letters) == 2, "a role that goes on has not ended"


def test_a_comment_reader_is_told_what_for(office: Office) -> None:
    with office.session() as session, session.begin():
        grant = session.scalars(select(Grant).where(Grant.role == Role.READER.value).order_by(Grant.id)).first()
        assert grant is not None
        person = grant.person
    about_grant(office, grant, person)
    assert "You see no scores and no answers." in office.box.text


def test_a_reader_is_told_that_comments_wait_as_long_as_they_do(office: Office) -> None:
    own = office.built.own
    reader = own.staff[Role.READER]
    options = {"round_id": own.closed.id, "person_id": reader.id}
    for number in range(2):
        key = f"reading/{number}"
        office.write_draft(Draft("reading", key, reader.email, own.partnership.id, options=options))
        office.postman.send_due()
        with office.session() as session, session.begin():
            finish(session, session.get_one(Result, own.result.id), by=Actor(reader.id, Role.READER))
    assert len(office.box.letters) == 1
    assert "you were named for it" in office.box.text
    assert f"{BASE}/rounds/{own.closed.id}/comments" in office.box.text


def test_a_chair_is_asked_to_confirm_until_it_is_decided(office: Office) -> None:
    grant, _ = proposed(office, confirmed=None)
    chair = office.built.own.staff[Role.CHAIR]
    about_grant(office, grant, chair, "confirm")
    assert "Fenland coordinator proposes New Person as coordinator of Fenland Partnership." in office.box.text
    decided, _ = proposed_again(office)
    about_grant(office, decided, chair, "confirm")
    assert len(office.box.letters) == 1


def proposed_again(office: Office) -> tuple[Grant, Person]:
    own = office.built.own
    with office.session() as session, session.begin():
        person = site.somebody(session, "Other Person", "other@example.org")
        grant = site.grant(person, own.partnership)
        session.add(grant)
    return grant, person


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR, Role.FACILITATOR])
def test_every_roles_scope_has_a_name(office: Office, role: Role) -> None:
    with office.session() as session, session.begin():
        grant = session.scalar(select(Grant).where(Grant.role == role.value).order_by(Grant.id))
        assert grant is not None
        person = grant.person
    about_grant(office, grant, person)
    scope = {
        Role.MANAGER: "Fenland region",
        Role.ADMINISTRATOR: "this site",
        Role.FACILITATOR: "“Fenland autumn” of Fenland Partnership",
    }
    assert f"You are now {role} of {scope[role]}" in office.box.text


def test_a_name_too_long_for_a_subject_is_cut(office: Office) -> None:
    text = render(
        "closed",
        office.settings,
        **dict.fromkeys(("name", "round", "last_day", "address"), "x"),
        partnership="y" * 500,
        submitted=1,
        invited=1,
    )
    assert len(text.subject) == 200

"""A person who asks for it is erased: from every table, from the frozen results, and for good."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.rounds.blanking import remove_files
from a2p.rounds.closing import close_round, result_if_closed
from a2p.rounds.erasing import LastAdministrator, NothingHeld, erase_person, replay
from a2p.rounds.inviting import invite_together
from a2p.rounds.opening import RoundPlan, open_round
from a2p.rounds.retention import erase_round
from a2p.scoring.frozen_file import content_hash, read_frozen
from a2p.store.audit import first_broken
from a2p.store.base import now, today
from a2p.store.letter_tables import AuditEvent, Letter
from a2p.store.outcome_tables import ActionItem, Release
from a2p.store.round_tables import AnswerRow, DestroyedResult, Invitation, Job, Response, Result
from a2p.store.tables import Contact, Grant, Person
from tests import site
from tests.rounds.known_person import EMAIL, NAME, everything, finished_report, list_in, make_known
from tests.site import Place, Site


@pytest.fixture
def built(session: Session) -> Site:
    return site.build(session)


@pytest.fixture
def place(built: Site) -> Place:
    return built.own


def test_nothing_of_an_erased_person_is_left_in_any_table(session: Session, place: Place, tmp_path: Path) -> None:
    make_known(session, place)
    (before,) = session.scalars(select(Response.id).where(Response.invitation_id == place.answered[0].id))
    erased = erase_person(session, f" {EMAIL.lower()} ", list_in(tmp_path))
    assert (erased.contacts, erased.invitations, erased.letters) == (1, 2, 2)
    assert erased.answers == 8
    session.expire_all()
    left = everything(session).lower()
    assert EMAIL.lower() not in left
    assert NAME.lower() not in left
    assert session.get(Response, before) is None


def test_what_was_agreed_stays_without_the_erased_persons_name(session: Session, built: Site, tmp_path: Path) -> None:
    make_known(session, built.own)
    make_known(session, built.foreign, "ewa@example.org", "Ewa Lyle")
    erase_person(session, EMAIL, list_in(tmp_path))
    session.expire_all()
    owners = select(ActionItem.owner, ActionItem.owner_email).order_by(ActionItem.id)
    assert list(map(tuple, session.execute(owners))) == [("Erased person", ""), ("Ewa Lyle", "ewa@example.org")]
    asked = select(Release.confirmer, Release.confirmer_email, Release.token_hash.is_(None)).order_by(Release.id)
    assert list(map(tuple, session.execute(asked))) == [
        ("Erased person", "", True),
        ("Ewa Lyle", "ewa@example.org", False),
    ]


def test_another_persons_data_stay_as_they_were(session: Session, built: Site, tmp_path: Path) -> None:
    make_known(session, built.own)
    make_known(session, built.foreign, "ewa@example.org", "Ewa Lyle")
    other = content_hash(result_if_closed(session, built.foreign.closed, built.foreign.version))
    erase_person(session, EMAIL, list_in(tmp_path))
    session.expire_all()
    assert built.foreign.result.sha256 == other
    names = set(session.scalars(select(Contact.name)))
    assert names == {"Ewa Lyle", built.own.contact.name, built.foreign.contact.name}
    assert {each.email.lower() for each in session.scalars(select(Invitation)) if each.email} == {"ewa@example.org"}
    assert sum(1 for _ in session.scalars(select(AnswerRow))) == 2 * (5 * 4 + 4 + 1) - 8


def test_a_closed_round_has_the_result_that_it_would_have_without_the_person(
    session: Session, place: Place, tmp_path: Path
) -> None:
    make_known(session, place)
    before, number = place.result.sha256, place.result.id
    erased = erase_person(session, EMAIL, list_in(tmp_path))
    session.expire_all()
    (result,) = session.scalars(select(Result).where(Result.round_id == place.closed.id))
    frozen = read_frozen(result.document.encode())
    assert (erased.recomputed, erased.destroyed) == (1, 0)
    assert result.id == number
    assert result.sha256 == content_hash(frozen) != before
    assert frozen.respondents == 4
    assert frozen.sections == result_if_closed(session, place.closed, place.version).sections
    assert str(place.answered[0].id) not in {voice for voice in str(result.internal).split('"') if voice.isdigit()}


def test_what_is_remembered_of_the_destroyed_result_is_of_the_others_and_goes_with_the_rounds_people(
    session: Session, place: Place, tmp_path: Path
) -> None:
    make_known(session, place)
    second = place.answered[1]
    second.email = "second@example.org"
    erased = [str(place.answered[0].id)]
    erase_person(session, EMAIL, list_in(tmp_path))
    (remembered,) = session.scalars(select(DestroyedResult))
    assert json.loads(remembered.seen) == ["aim", "heard", "limits", "story"]
    assert {voice["respondent"] for voice in json.loads(remembered.internal or "[]")}.isdisjoint(erased)
    erase_person(session, "second@example.org", list_in(tmp_path))
    (remembered,) = session.scalars(select(DestroyedResult).where(DestroyedResult.seen != "[]"))
    assert len(json.loads(remembered.internal or "[]")) == 3
    line = list_in(tmp_path).of_round(place.closed.id)
    erase_round(session, place.closed, line)
    session.expire_all()
    assert set(session.scalars(select(DestroyedResult.internal))) == {None}


def test_a_partnership_renamed_since_keeps_its_old_name_in_the_new_result(
    session: Session, place: Place, tmp_path: Path
) -> None:
    make_known(session, place)
    place.partnership.name = "Renamed Partnership"
    erase_person(session, EMAIL, list_in(tmp_path))
    assert read_frozen(place.result.document.encode()).partnership == "Fenland Partnership"


def test_documents_made_of_the_old_result_are_gone(session: Session, place: Place, tmp_path: Path) -> None:
    make_known(session, place)
    report = finished_report(session, place, tmp_path / "documents")
    erased = erase_person(session, EMAIL, list_in(tmp_path))
    remove_files(tmp_path / "documents", erased.files)
    assert not report.exists()
    assert session.scalar(select(Job.id).where(Job.result_id == place.result.id)) is None


def test_an_earlier_edition_that_counts_the_person_is_destroyed(session: Session, place: Place, tmp_path: Path) -> None:
    make_known(session, place)
    second = Result(
        partnership_id=place.partnership.id,
        round_id=place.closed.id,
        version_id=place.version.id,
        edition=2,
        sha256=place.result.sha256,
        document=place.result.document,
        internal=place.result.internal,
    )
    session.add(second)
    session.flush()
    erased = erase_person(session, EMAIL, list_in(tmp_path))
    assert (erased.recomputed, erased.destroyed) == (1, 1)
    (kept,) = session.scalars(select(Result).where(Result.round_id == place.closed.id))
    assert kept.edition == 2


def test_a_round_that_is_open_again_loses_its_result_and_makes_the_next_at_its_close(
    session: Session, place: Place, tmp_path: Path
) -> None:
    make_known(session, place)
    place.closed.closed = None
    erased = erase_person(session, EMAIL, list_in(tmp_path))
    assert (erased.recomputed, erased.destroyed) == (0, 1)
    (result,) = close_round(session, place.closed)
    assert read_frozen(result.document.encode()).respondents == 4


def test_what_a_partnership_answered_together_stays_without_the_name(
    session: Session, place: Place, tmp_path: Path
) -> None:
    round_ = open_round(session, place.partnership, RoundPlan("Together", [place.version], together=True))
    invitation = invite_together(session, round_).invitation
    site.answer(session, invitation, place.version, "Fenland")
    make_known(session, place)
    invitation.email = EMAIL
    together = select(AnswerRow).join(Response, Response.id == AnswerRow.response_id)
    for answer in session.scalars(together.where(Response.round_id == round_.id)):
        answer.by = NAME
    erase_person(session, EMAIL, list_in(tmp_path))
    session.expire_all()
    kept = session.scalars(together.where(Response.round_id == round_.id)).all()
    assert (len(kept), {answer.by for answer in kept}) == (4, {""})
    assert (invitation.email, invitation.withdrawn) == ("", None)


def test_a_letter_that_waits_is_not_sent_and_says_no_address(session: Session, place: Place, tmp_path: Path) -> None:
    make_known(session, place)
    erase_person(session, EMAIL, list_in(tmp_path))
    letters = session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [letter.state for letter in letters] == ["sent", "cancelled"]
    assert {(letter.address, letter.options, letter.answer) for letter in letters} == {("", "{}", "")}


def test_an_entry_that_passed_to_a_successor_is_not_the_erased_persons(
    session: Session, place: Place, tmp_path: Path
) -> None:
    make_known(session, place)
    contact = session.scalars(select(Contact).where(Contact.email == EMAIL)).one()
    contact.name, contact.email = "Carys Marsh", "carys@example.org"
    session.flush()
    erased = erase_person(session, EMAIL, list_in(tmp_path))
    assert (erased.contacts, erased.invitations) == (0, 2)
    assert "Carys Marsh" in session.scalars(select(Contact.name)).all()


def test_a_person_invited_without_an_address_goes_with_their_entry(
    session: Session, place: Place, tmp_path: Path
) -> None:
    for invitation in make_known(session, place):
        invitation.email = ""
    assert erase_person(session, EMAIL, list_in(tmp_path)).invitations == 2


def test_whoever_has_a_role_loses_it_their_name_and_their_browsers(
    session: Session, built: Site, tmp_path: Path
) -> None:
    person = built.own.coordinator
    token = sessions.sign_in(session, None, person.id)
    person.second_factor, person.single_sign_on = "sealed", "https://login.example.org/1"
    erased = erase_person(session, person.email, list_in(tmp_path))
    session.expire_all()
    assert erased.account
    assert (person.name, person.email) == ("Erased person", f"erased-{person.id}@erased.invalid")
    assert {person.second_factor, person.single_sign_on} == {None}
    assert all(grant.ended is not None for grant in person.grants)
    assert not sessions.principal_of(session, token).grants


def test_the_last_administrator_is_not_erased(session: Session, built: Site, tmp_path: Path) -> None:
    other = site.somebody(session, "Otto Locks", "otto@example.org")
    left = Grant(person_id=other.id, role="administrator", starts=site.LONG_AGO, ends=today() - timedelta(days=1))
    session.add(left)
    session.flush()
    with pytest.raises(LastAdministrator):
        erase_person(session, built.administrator.email, list_in(tmp_path))
    assert list_in(tmp_path).read() == []
    left.ends = None
    session.flush()
    assert erase_person(session, built.administrator.email, list_in(tmp_path)).account


def test_an_unknown_address_is_said_to_be_unknown(session: Session, place: Place, tmp_path: Path) -> None:
    with pytest.raises(NothingHeld):
        erase_person(session, "nobody@example.org", list_in(tmp_path))
    assert list_in(tmp_path).read() == []


def test_the_audit_says_that_somebody_was_erased_and_not_who(session: Session, place: Place, tmp_path: Path) -> None:
    make_known(session, place)
    before = place.result.sha256
    erase_person(session, EMAIL, list_in(tmp_path))
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.action for event in events][-2:] == ["recomputed a result", "erased a person"]
    assert events[-2].partnership_id == place.partnership.id
    assert before not in events[-2].detail, "guesses could be tried by the hash of what was destroyed"
    assert first_broken(session) is None


# The erasure list


def test_the_list_says_nothing_in_clear(session: Session, place: Place, tmp_path: Path) -> None:
    make_known(session, place)
    erase_person(session, EMAIL, list_in(tmp_path))
    text = (tmp_path / "erased.jsonl").read_text()
    assert text.count("\n") == 1
    for secret in (*EMAIL.lower().split("@"), *NAME.lower().split()):
        assert secret not in text.lower()
    assert (tmp_path / "erased.jsonl").stat().st_mode & 0o077 == 0


def test_who_is_in_the_list_is_erased_again_and_only_once(session: Session, place: Place, tmp_path: Path) -> None:
    make_known(session, place)
    session.commit()
    erase_person(session, EMAIL, list_in(tmp_path))
    session.rollback()  # the database is now as a backup from before has it
    assert EMAIL in everything(session)
    (done,) = replay(session, list_in(tmp_path))
    assert (done.contacts, done.invitations, done.recomputed) == (1, 2, 1)
    assert EMAIL.lower() not in everything(session).lower()
    make_known(session, place)  # invited again, of their own will, after the erasure
    assert replay(session, list_in(tmp_path)) == []
    assert EMAIL in everything(session)


def test_who_had_another_address_at_the_time_of_the_backup_is_erased_too(
    session: Session, place: Place, tmp_path: Path
) -> None:
    make_known(session, place, "ben@old.example.org")
    session.commit()
    old = select(Contact).where(Contact.email == "ben@old.example.org")
    for each in (*session.scalars(old), *place.answered[:1], place.invited[0].invitation):
        each.email = EMAIL
    erase_person(session, EMAIL, list_in(tmp_path))
    session.rollback()
    (done,) = replay(session, list_in(tmp_path))
    assert (done.contacts, done.invitations) == (1, 2)
    assert "ben@old" not in everything(session).lower()


def test_an_account_is_erased_again(session: Session, built: Site, tmp_path: Path) -> None:
    session.commit()
    erase_person(session, built.own.coordinator.email, list_in(tmp_path))
    session.rollback()
    assert [each.account for each in replay(session, list_in(tmp_path))] == [True]
    assert session.get_one(Person, built.own.coordinator.id).name == "Erased person"


def test_a_list_of_another_secret_key_still_erases_by_the_rows(session: Session, place: Place, tmp_path: Path) -> None:
    make_known(session, place)
    session.commit()
    erase_person(session, EMAIL, list_in(tmp_path))
    session.rollback()
    other = type(list_in(tmp_path))(tmp_path / "erased.jsonl", "another secret key of the same length...")
    assert [each.invitations for each in replay(session, other)] == [2]


def test_erasing_leaves_a_later_moment_on_the_result(session: Session, place: Place, tmp_path: Path) -> None:
    make_known(session, place)
    place.result.frozen = now() - timedelta(days=30)
    erase_person(session, EMAIL, list_in(tmp_path))
    assert place.result.frozen > now() - timedelta(days=1)

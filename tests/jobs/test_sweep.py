"""What is due by the clock: rounds closed after their last day, late partners, reminders, tidying up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update

from a2p.jobs import sweep as sweeping
from a2p.jobs.sweep import sweep
from a2p.rounds.inviting import Invitee, invite
from a2p.store.access_tables import Attempt, HeldPost, SignInLink
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.base import Base, now
from a2p.store.letter_tables import AuditEvent, RoundReminder
from a2p.store.round_tables import AnswerRow, Response, Result, Round
from tests.jobs.office import Office

LAST_DAY = date(2026, 6, 30)


def last_day(office: Office, day: date | None) -> None:
    with office.session() as session, session.begin():
        session.get_one(Round, office.built.own.open.id).closes = day


def round_(office: Office) -> Round:
    with office.session() as session:
        return session.get_one(Round, office.built.own.open.id)


def test_a_round_closes_by_itself_when_its_last_day_has_passed_in_london(office: Office) -> None:
    last_day(office, LAST_DAY)
    sweep(office.engine, datetime(2026, 6, 30, 22, 59, tzinfo=UTC))
    assert round_(office).closed is None
    midnight = datetime(2026, 6, 30, 23, 0, tzinfo=UTC)
    sweep(office.engine, midnight)
    assert round_(office).closed == midnight
    with office.session() as session:
        assert len(session.scalars(select(Result).where(Result.round_id == office.built.own.open.id)).all()) == 1
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert event is not None
        assert (event.actor, event.action, event.object) == (
            "system",
            "closed the round",
            f"round {office.built.own.open.id}",
        )


def test_coordinators_are_told_of_it_once(office: Office) -> None:
    last_day(office, LAST_DAY)
    for _ in range(2):
        office.postman.sweep()
    assert office.box.to == [office.built.own.coordinator.email]
    assert "is closed, and its results are ready" in str(office.box.letters[0]["Subject"])


def test_a_round_that_was_extended_meanwhile_is_not_closed(office: Office) -> None:
    last_day(office, date(2999, 1, 1))
    with office.session() as session, session.begin():
        assert not sweeping.close_if_over(session, office.built.own.open.id, now())
    assert round_(office).closed is None


def test_a_round_without_a_last_day_stays_open(office: Office) -> None:
    last_day(office, None)
    sweep(office.engine, datetime(2998, 1, 1, tzinfo=UTC))
    assert round_(office).closed is None


def test_one_round_that_can_not_be_closed_leaves_the_others_alone(office: Office) -> None:
    own, foreign = office.built.own, office.built.foreign
    with office.session() as session, session.begin():
        for place in (own, foreign):
            session.get_one(Round, place.open.id).closes = LAST_DAY
        answered = session.scalar(select(Response).where(Response.round_id == own.open.id))
        assert answered is not None
        answered.submitted = now()
        session.execute(update(AnswerRow).where(AnswerRow.response_id == answered.id).values(state="unreadable"))
    sweep(office.engine, now())
    assert round_(office).closed is None
    with office.session() as session:
        assert session.get_one(Round, foreign.open.id).closed is not None


def test_late_partners_are_written_to_and_reminders_go_out(office: Office) -> None:
    office.write(state="sent", sent=now() - timedelta(days=2), created=now() - timedelta(days=2))
    with office.session() as session, session.begin():
        own = office.built.own
        late = invite(session, session.merge(own.open), Invitee("Late", "Fenland health", "health"))
        late.invitation.email = "late@example.org"
        session.add(RoundReminder(round_id=own.open.id, partnership_id=own.partnership.id, day=date(2998, 5, 1)))
        session.get_one(Round, own.open.id).closes = None
    office.postman.sweep()
    assert office.box.to == ["late@example.org"]
    sweep(office.engine, datetime(2998, 5, 1, 12, tzinfo=UTC))
    assert {letter.address for letter in office.letters() if letter.purpose == "reminder"} == {
        "fenland1@example.org",
        "late@example.org",
    }


def test_what_is_over_is_forgotten_and_nothing_else(office: Office) -> None:
    def rows(fate: str, moment: datetime) -> list[Base]:
        return [
            BrowserSession(token_hash=fate, ends=moment),
            SignInLink(email="a@example.org", token_hash=fate, code_hash=fate, expires=moment),
            Attempt(purpose=fate, key_hash=fate, at=moment),
            HeldPost(token_hash=fate, address="/", sealed=fate, expires=moment),
        ]

    with office.session() as session, session.begin():
        session.add_all([*rows("over", now() - timedelta(days=8)), *rows("kept", now() + timedelta(minutes=5))])
    sweep(office.engine, now())
    with office.session() as session:
        for table in (BrowserSession, SignInLink, HeldPost):
            assert session.scalars(select(table.token_hash)).all() == ["kept"]
        assert session.scalars(select(Attempt.purpose)).all() == ["kept"]

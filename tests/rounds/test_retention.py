"""A round's people are erased a set time after its close, by a clock that the tests move; its results stay."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.blanking import NAME, remove_files
from a2p.rounds.closing import close_round
from a2p.rounds.erasing import erase_person, replay
from a2p.rounds.inviting import by_token, invite_together
from a2p.rounds.opening import RoundPlan, open_round
from a2p.rounds.results import disclosed, remarks
from a2p.rounds.retention import erase_associates_due, erase_due, kept_until
from a2p.scoring.frozen_file import content_hash, read_frozen
from a2p.store.audit import first_broken
from a2p.store.base import today
from a2p.store.letter_tables import AuditEvent, Letter
from a2p.store.region_tables import Associate, Introduction
from a2p.store.round_tables import AnswerRow, Invitation, Response, Result
from a2p.store.tables import Contact
from a2p.store.tokens import token_hash
from tests import site
from tests.rounds.known_person import EMAIL, everything, finished_report, list_in, make_known
from tests.site import Place, Site

CLOSED = datetime(2026, 3, 15, 12, tzinfo=UTC)
DUE = date(2027, 3, 15)


@pytest.fixture
def built(session: Session) -> Site:
    made = site.build(session)
    for place in (made.own, made.foreign):
        place.closed.closed = CLOSED
    session.flush()
    return made


@pytest.fixture
def place(built: Site) -> Place:
    return built.own


@pytest.mark.parametrize(
    ("closed", "months", "day"),
    [
        (datetime(2026, 3, 15, 12, tzinfo=UTC), 12, date(2027, 3, 15)),
        (datetime(2026, 1, 31, 12, tzinfo=UTC), 1, date(2026, 2, 28)),
        (datetime(2027, 12, 31, 12, tzinfo=UTC), 2, date(2028, 2, 29)),
        (datetime(2026, 7, 15, 23, 30, tzinfo=UTC), 12, date(2027, 7, 16)),  # past midnight in London's summer
        (None, 1, date.max),
    ],
)
def test_people_are_kept_to_the_same_day_of_the_month_in_london(
    closed: datetime | None, months: int, day: date
) -> None:
    assert kept_until(closed, months) == day


def test_nothing_is_erased_a_day_too_early(session: Session, built: Site, tmp_path: Path) -> None:
    make_known(session, built.own)
    before = everything(session)
    assert erase_due(session, date(2027, 3, 14), 12, list_in(tmp_path)).rounds == ()
    assert everything(session) == before


def test_a_closed_rounds_people_are_erased_when_it_is_time(session: Session, built: Site, tmp_path: Path) -> None:
    make_known(session, built.own)
    erased = erase_due(session, DUE, 12, list_in(tmp_path))
    session.expire_all()
    assert erased.rounds == (built.own.closed.id, built.foreign.closed.id)
    people = session.scalars(select(Invitation).where(Invitation.round_id == built.own.closed.id)).all()
    assert {(each.name, each.email, each.token_hash, each.contact_id) for each in people} == {(NAME, "", None, None)}
    answers = select(AnswerRow).join(Response, Response.id == AnswerRow.response_id)
    left = session.scalars(answers.where(Response.round_id == built.own.closed.id)).all()
    assert [answer.question for answer in left] == ["members"]  # the partnership's fact
    assert session.scalar(select(Result.internal).where(Result.id == built.own.result.id)) is None
    letter = session.scalars(select(Letter).where(Letter.invitation_id == people[0].id)).one()
    assert (letter.address, letter.state) == ("", "sent")


def test_an_open_round_is_left_as_it_is_and_so_is_the_list_of_people(
    session: Session, built: Site, tmp_path: Path
) -> None:
    (_, open_one) = make_known(session, built.own)
    erase_due(session, DUE, 12, list_in(tmp_path))
    session.expire_all()
    assert open_one.email == EMAIL.lower()
    assert EMAIL in session.scalars(select(Contact.email)).all()
    begun = select(AnswerRow).join(Response, Response.id == AnswerRow.response_id)
    assert len(session.scalars(begun.where(Response.invitation_id == open_one.id)).all()) == 4


def test_frozen_results_stay_to_the_letter_and_can_still_be_read(
    session: Session, place: Place, tmp_path: Path
) -> None:
    before = (place.result.sha256, place.result.document, place.result.frozen)
    shown = disclosed(place.result)
    report = finished_report(session, place, tmp_path / "documents")
    remove_files(tmp_path / "documents", erase_due(session, DUE, 12, list_in(tmp_path)).files)
    session.expire_all()
    assert (place.result.sha256, place.result.document, place.result.frozen) == before
    assert content_hash(read_frozen(place.result.document.encode())) == before[0]
    assert disclosed(place.result) == shown
    assert not report.exists()


def test_a_link_to_a_round_whose_people_are_erased_opens_nothing(
    session: Session, place: Place, tmp_path: Path
) -> None:
    invitation = place.answered[0]
    invitation.token_hash = token_hash("a token")
    session.flush()
    assert by_token(session, "a token") is invitation
    erase_due(session, DUE, 12, list_in(tmp_path))
    assert by_token(session, "a token") is None


def test_it_is_done_once_and_audited(session: Session, built: Site, tmp_path: Path) -> None:
    erase_due(session, DUE, 12, list_in(tmp_path))
    assert erase_due(session, DUE, 12, list_in(tmp_path)).rounds == ()
    events = session.scalars(select(AuditEvent).where(AuditEvent.action == "erased a round's people")).all()
    assert [event.object for event in events] == [f"round {each.closed.id}" for each in (built.own, built.foreign)]
    assert len(list_in(tmp_path).read()) == 2
    assert first_broken(session) is None


def test_what_was_answered_together_keeps_its_words_without_names(
    session: Session, place: Place, tmp_path: Path
) -> None:
    round_ = open_round(session, place.partnership, RoundPlan("Together", [place.version], together=True))
    invitation = invite_together(session, round_).invitation
    site.answer(session, invitation, place.version, "Fenland")
    (result,) = close_round(session, round_, at=CLOSED)
    for answer in session.scalars(select(AnswerRow)):
        answer.by = "Ben Ashby"
    said = remarks(session, result)
    assert said
    erase_due(session, DUE, 12, list_in(tmp_path))
    session.expire_all()
    assert remarks(session, result) == said
    names = select(AnswerRow.by).join(Response, Response.id == AnswerRow.response_id)
    assert set(session.scalars(names.where(Response.round_id == round_.id))) == {""}


def test_a_round_closed_again_is_kept_from_its_last_close(session: Session, place: Place, tmp_path: Path) -> None:
    place.closed.closed = datetime(2026, 9, 1, 12, tzinfo=UTC)
    assert place.closed.id not in erase_due(session, DUE, 12, list_in(tmp_path)).rounds
    place.closed.closed = None
    assert erase_due(session, date(2040, 1, 1), 12, list_in(tmp_path)).rounds == ()


def test_people_invited_to_a_round_that_is_opened_again_later_are_erased_in_their_turn(
    session: Session, place: Place, tmp_path: Path
) -> None:
    erase_due(session, DUE, 12, list_in(tmp_path))
    place.closed.people_erased = datetime(2027, 3, 15, tzinfo=UTC)
    place.closed.closed = datetime(2027, 4, 1, tzinfo=UTC)  # opened again, and closed again
    place.answered[0].name = "Somebody else"
    session.flush()
    assert erase_due(session, date(2028, 3, 31), 12, list_in(tmp_path)).rounds == ()
    assert erase_due(session, date(2028, 4, 1), 12, list_in(tmp_path)).rounds == (place.closed.id,)
    assert place.answered[0].name == NAME


def test_a_person_erased_after_the_rounds_people_changes_no_result(
    session: Session, place: Place, tmp_path: Path
) -> None:
    make_known(session, place)
    erase_due(session, DUE, 12, list_in(tmp_path))
    before = place.result.document
    erased = erase_person(session, EMAIL, list_in(tmp_path))
    session.expire_all()
    assert (erased.invitations, erased.recomputed, erased.destroyed) == (1, 0, 0)
    assert place.result.document == before


@pytest.mark.parametrize(("agreed", "withdrawn", "left"), [(False, False, 0), (True, True, 0), (True, False, 1)])
def test_an_associate_who_withdrew_or_never_agreed_is_erased_in_time(
    session: Session, built: Site, agreed: bool, withdrawn: bool, left: int
) -> None:
    make_known(session, built.own)
    (associate,) = session.scalars(select(Associate))
    associate.invited = datetime(2026, 1, 31, 12, tzinfo=UTC)
    associate.agreed = associate.invited if agreed else None
    associate.withdrawn = associate.invited if withdrawn else None
    assert erase_associates_due(session, date(2026, 2, 27), 1) == 0
    assert erase_associates_due(session, date(2026, 2, 28), 1) == 1 - left
    session.expire_all()
    (proposed,) = session.scalars(select(Introduction))
    assert [associate.name, proposed.ended is None] == (["Ben Ashby", True] if left else [NAME, False])
    assert erase_associates_due(session, date(2026, 2, 28), 1) == 0


def test_a_database_from_before_has_its_rounds_erased_again(session: Session, built: Site, tmp_path: Path) -> None:
    make_known(session, built.own)
    session.commit()
    erase_due(session, DUE, 12, list_in(tmp_path))
    session.rollback()
    replay(session, list_in(tmp_path))
    session.expire_all()
    assert {
        each.name for each in session.scalars(select(Invitation).where(Invitation.round_id == built.own.closed.id))
    } == {NAME}
    assert built.own.closed.people_erased is not None
    assert built.own.open.people_erased is None
    assert erase_due(session, max(DUE, today()), 12, list_in(tmp_path)).rounds == ()


def test_gdpr_lifecycle(session: Session, built: Site, tmp_path: Path) -> None:
    """One asks to be erased before it is time, the other waits. When it is time nobody is left; the site goes on."""
    make_known(session, built.own)
    make_known(session, built.foreign, "ewa@example.org", "Ewa Lyle")
    erase_person(session, EMAIL, list_in(tmp_path))
    kept = [each.result.document for each in (built.own, built.foreign)]
    for day in (date(2027, 2, 15), DUE, date(2027, 4, 15)):
        erase_due(session, day, 12, list_in(tmp_path))
    session.expire_all()
    assert [each.result.document for each in (built.own, built.foreign)] == kept
    closed = [each.closed.id for each in (built.own, built.foreign)]
    assert set(session.scalars(select(Invitation.name).where(Invitation.round_id.in_(closed)))) == {NAME}
    assert "ewa@example.org" in everything(session)  # still invited to the round that is open
    assert first_broken(session) is None

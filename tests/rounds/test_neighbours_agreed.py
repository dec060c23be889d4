"""What is read, released and agreed of one round or partnership leaves its neighbours as they were; on each engine."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.rounds.closing import close_round
from a2p.rounds.comments import comments_wait, finish, own_comments, take_up_again, withhold
from a2p.rounds.confirmers import Confirmer, confirmers
from a2p.rounds.editions import destroyed_of, forget, remember
from a2p.rounds.gathering import comments_of, drop_comments, gather
from a2p.rounds.naming import forget_named
from a2p.rounds.releasing import Wish, by_token, history, propose, waiting
from a2p.rounds.reopening import reopen
from a2p.rounds.retention import erase_round
from a2p.rounds.support import make_wish, wishes_of
from a2p.rounds.workshop import Given, given_of, settle_question, settled_of
from a2p.scoring.releases import To
from a2p.store.audit import SYSTEM, Actor
from a2p.store.base import now, today
from a2p.store.insiders import why_inside
from a2p.store.outcome_tables import CommentReading, Release
from a2p.store.releases import released
from a2p.store.round_tables import Job, Response, Result, Round
from a2p.store.tables import Contact
from a2p.store.tokens import token_hash
from tests import site
from tests.rounds.known_person import list_in
from tests.rounds.street import Street, street
from tests.site import Place

SOON = today() + timedelta(days=9)
BOARD = Confirmer("contact-1", "Bea Board", "bea@example.org", "board")


@pytest.fixture
def here(session: Session) -> Street:
    return street(session)


def close_second(session: Session, here: Street) -> Result:
    """The result of the second round, whose people answered as those of the closed one did."""
    for each in here.people:
        site.answer(session, each.invitation, here.own.version, here.own.mark)
    (result,) = close_round(session, here.second)
    return result


def results_of(session: Session, here: Street) -> tuple[Result, Result, Result]:
    """A result, another of the same partnership, and one of the partnership next door; all of one questionnaire."""
    return here.own.result, close_second(session, here), here.next_door.result


def report_of(session: Session, result: Result, **options: bool) -> int:
    job = Job(
        partnership_id=result.partnership_id, result_id=result.id, kind="report", options=json.dumps(options), file="x"
    )
    session.add(job)
    session.flush()
    return job.id


def jobs(session: Session) -> set[int]:
    return set(session.scalars(select(Job.id)))


def reader_of(place: Place) -> Actor:
    return Actor(place.staff[Role.FACILITATOR].id, Role.FACILITATOR)


# Comments


def test_reading_comments_over_outdates_the_reports_of_that_result_alone(session: Session, here: Street) -> None:
    read, *others = results_of(session, here)
    kept = {report_of(session, each) for each in others}
    for do in (finish, take_up_again):
        report_of(session, read)
        do(session, read, by=reader_of(here.own))
        assert jobs(session) == kept


def test_withholding_a_comment_outdates_the_reports_beside_it_alone(session: Session, here: Street) -> None:
    beside, *others = results_of(session, here)
    report_of(session, beside)
    kept = {report_of(session, each) for each in others}
    writer = here.own.answered[0]
    withhold(session, writer, own_comments(session, writer, here.own.version)[0].id)
    assert jobs(session) == kept


def test_a_comment_of_another_partnership_is_nobodys_own_here(session: Session, here: Street) -> None:
    """A comment outlives its writer's response, so the number it keeps may come to be another response's."""
    nobody = here.own.invited[1].invitation
    site.answer(session, nobody, here.own.version, here.own.mark)
    number = session.scalars(select(Response.id).where(Response.invitation_id == nobody.id)).one()
    for each in comments_of(session, here.next_door.result)[:1]:
        each.response_id = number
    session.flush()
    assert own_comments(session, nobody, here.own.version) == ()


def test_the_newest_result_is_its_own_rounds_whatever_edition_another_has(session: Session, here: Street) -> None:
    close_second(session, here)
    reopen(session, here.second, "Somebody was left out.", SOON, SYSTEM)
    (again,) = close_round(session, here.second)
    assert (again.edition, here.own.result.edition) == (2, 1)
    assert comments_wait(session, here.own.closed)


def test_dropping_the_comments_of_a_result_leaves_the_others_and_their_reading(session: Session, here: Street) -> None:
    dropped, *others = results_of(session, here)
    for each in (dropped, *others):
        session.merge(CommentReading(result_id=each.id, partnership_id=each.partnership_id))
    session.flush()
    numbers = [len(comments_of(session, each)) for each in others]
    assert all(numbers)
    drop_comments(session, dropped)
    session.expire_all()
    assert comments_of(session, dropped) == []
    assert [len(comments_of(session, each)) for each in others] == numbers
    assert set(session.scalars(select(CommentReading.result_id))) == {each.id for each in others}


def test_what_became_of_a_comment_is_taken_from_the_newest_result_before(session: Session, here: Street) -> None:
    first = close_second(session, here)
    later = []
    for _ in range(2):
        reopen(session, here.second, "Somebody was left out.", SOON, SYSTEM)
        later += close_round(session, here.second)
    second, third = later
    drop_comments(session, third)
    drop_comments(session, first)
    gather(session, first)  # now the first result's comments have higher numbers than the second's
    for each in comments_of(session, first):
        each.hidden = now()
    for each in comments_of(session, second):
        each.hidden = None
    session.flush()
    gather(session, third)
    assert {each.hidden for each in comments_of(session, third)} == {None}


def test_what_was_hidden_in_another_round_is_not_hidden_in_this_one(session: Session, here: Street) -> None:
    """Even where a comment there keeps the number that is a response's here."""
    site.answer(session, here.people[0].invitation, here.own.version, here.own.mark)
    writer = select(Response.id).where(Response.invitation_id == here.people[0].invitation.id)
    hidden = comments_of(session, here.own.result)[0]
    hidden.response_id, hidden.hidden = session.scalars(writer).one(), now()
    session.flush()
    assert hidden.text == "Fenland comment"
    (result,) = close_round(session, here.second)
    assert {each.hidden for each in comments_of(session, result)} == {None}


@pytest.mark.parametrize("kind", ["coordinates", "listed", "invited"])
def test_who_stands_near_the_coordinator_next_door_may_read_comments_here(
    session: Session, here: Street, kind: str
) -> None:
    """The coordinator and the reader are of one organisation there, and of none here."""
    own, there = here.own, here.next_door
    number = own.partnership.id
    reader = there.coordinator.email if kind == "coordinates" else "reader@example.org"
    if kind == "listed":
        listed_together(session, there.contact, own.coordinator.email, reader)
    if kind == "invited":
        one, two = (each.invitation for each in there.invited[:2])
        two.organisation_id, one.email, two.email = one.organisation_id, own.coordinator.email, reader
        session.flush()
    assert why_inside(session, number, reader) is None


def listed_together(session: Session, beside: Contact, *addresses: str) -> None:
    for email in addresses:
        session.add(
            Contact(
                partnership_id=beside.partnership_id, organisation_id=beside.organisation_id, name="One", email=email
            )
        )
    session.flush()


# Documents that name organisations, and what is remembered of destroyed results


def test_the_named_documents_of_another_round_stay(session: Session, here: Street) -> None:
    gone, *others = results_of(session, here)
    report_of(session, gone, names=True)
    kept = {report_of(session, each, names=True) for each in others} | {report_of(session, gone)}
    forget_named(session, here.own.closed)
    assert jobs(session) == kept


def test_a_destroyed_result_is_its_own_rounds(session: Session, here: Street) -> None:
    results = results_of(session, here)
    for each in results:
        remember(session, each, frozenset())
    session.flush()
    for each in results:
        assert [one.round_id for one in destroyed_of(session, each.round_id, each.version_id)] == [each.round_id]


def test_people_are_forgotten_in_the_destroyed_results_of_their_round_alone(session: Session, here: Street) -> None:
    """Even if somebody of another round had the same mark."""
    own, *others = (internal_of_destroyed(session, each) for each in results_of(session, here))
    everybody = {voice["respondent"] for each in (own, *others) for voice in each}
    assert len(everybody) == 15
    forget(session, here.own.closed, everybody)
    session.flush()
    left = [
        json.loads(each.internal or "")
        for round_ in (here.own.closed, here.second, here.next_door.closed)
        for each in destroyed_of(session, round_.id, here.own.version.id)
    ]
    assert left == [[], *others]


def internal_of_destroyed(session: Session, result: Result) -> list[dict[str, str]]:
    remember(session, result, frozenset())
    session.flush()
    found: list[dict[str, str]] = json.loads(result.internal or "")
    return found


def test_erasing_a_rounds_people_leaves_the_confirmers_and_destroyed_results_of_others(
    session: Session, here: Street, tmp_path: Path
) -> None:
    for each in results_of(session, here):
        remember(session, each, frozenset())
    releases = proposed_in_each(session, here)
    erase_round(session, here.own.closed, list_in(tmp_path).of_round(here.own.closed.id))
    session.expire_all()
    assert [each.confirmer_email for each in releases] == ["", BOARD.email, BOARD.email]
    kept = [
        each.internal is not None
        for round_ in (here.own.closed, here.second, here.next_door.closed)
        for each in destroyed_of(session, round_.id, here.own.version.id)
    ]
    assert kept == [False, True, True]


# Releases


def proposed_in_each(session: Session, here: Street) -> list[Release]:
    """A proposal of the same to the same audience, in a round, another of the partnership, and one next door."""
    rounds = (here.own.closed, here.second, here.next_door.closed)
    wish = Wish(To.REGION, "1", "To learn.")
    return [propose(session, each, wish, BOARD, Actor(None, "coordinator")) for each in rounds]


def test_each_round_has_its_own_releases(session: Session, here: Street) -> None:
    close_second(session, here)
    releases = proposed_in_each(session, here)
    for release in releases:
        round_ = session.get_one(Round, release.round_id)
        assert waiting(session, round_, To.REGION) is release
        assert [each.release for each in history(session, round_)] == [release]


def test_a_mailed_link_is_for_its_own_proposal(session: Session, here: Street) -> None:
    close_second(session, here)
    releases = proposed_in_each(session, here)
    for number, release in enumerate(releases):
        release.token_hash = token_hash(f"token-{number}")
    session.flush()
    assert [by_token(session, f"token-{number}") for number in range(3)] == releases


def test_what_is_released_of_a_round_does_not_depend_on_what_was_opened_again(session: Session, here: Street) -> None:
    for place in (here.own, here.next_door):
        reopen(session, place.closed, "Somebody was left out.", SOON, SYSTEM)
    assert not released(session, here.second, To.REGION).anything


def test_a_board_member_next_door_confirms_nothing_here(session: Session, here: Street) -> None:
    for place in (here.own, here.next_door):
        place.contact.layer = "board"
    session.flush()
    asked = confirmers(session, here.own.partnership, here.own.coordinator.id)
    assert [each.name for each in asked] == ["Fenland chair", "Fenland Listed"]


# What is agreed


def test_each_round_settles_a_question_for_itself(session: Session, here: Street) -> None:
    close_second(session, here)
    levels = {here.own.closed: "level-1", here.second: "level-2", here.next_door.closed: "level-3"}
    for round_, level in levels.items():
        settle_question(session, round_, here.own.version, "aim", Given(level), 0, SYSTEM)
    for round_, level in levels.items():
        found = settled_of(session, round_, here.own.version)
        assert {question: given_of(each).level for question, each in found.items()} == {"aim": level}


def test_each_partnership_wishes_for_itself_and_may_wish_for_the_same(session: Session, here: Street) -> None:
    places = (here.own.partnership, here.next_door.partnership)
    made = [make_wish(session, place, "ask", "sample/purpose", "", SYSTEM) for place in places]
    assert [[each.wish for each in wishes_of(session, place)] for place in places] == [[each] for each in made]

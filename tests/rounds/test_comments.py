"""Comments of a round answered apart: read over before anybody sees them, hidden or withheld, never reworded."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.granting import GrantRefused, Wanted, give
from a2p.access.policy import Role
from a2p.rounds.comments import (
    NotOutside,
    ReadAlready,
    finish,
    own_comments,
    reading_of,
    set_hidden,
    take_up_again,
    tell_readers,
    to_read,
    withhold,
)
from a2p.rounds.erasing import erase_person
from a2p.rounds.results import hidden_comments, remarks
from a2p.rounds.retention import erase_round
from a2p.rounds.subject_access import held_about
from a2p.store.audit import Actor
from a2p.store.erasures import ErasureList
from a2p.store.letter_tables import Letter
from a2p.store.outcome_tables import Comment
from a2p.store.tables import Contact
from tests import site
from tests.rounds.known_person import EMAIL, list_in, make_known
from tests.site import NEVER, Place


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


@pytest.fixture
def reader(place: Place) -> Actor:
    return Actor(place.staff[Role.FACILITATOR].id, Role.FACILITATOR)


def kept(session: Session, place: Place) -> list[Comment]:
    found = select(Comment).where(Comment.result_id == place.result.id).order_by(Comment.id)
    return list(session.scalars(found))


def test_nobody_sees_a_comment_before_it_was_read_over(session: Session, place: Place, reader: Actor) -> None:
    assert len(kept(session, place)) == 20
    assert reading_of(session, place.result).read is None
    assert remarks(session, place.result) == ()
    finish(session, place.result, by=reader)
    assert {remark.text for remark in remarks(session, place.result)} == {"Fenland comment", "Fenland story"}


def test_a_hidden_comment_is_counted_and_not_shown(session: Session, place: Place, reader: Actor) -> None:
    story = next(each for each in kept(session, place) if each.kind == "answer")
    set_hidden(session, place.result, story.id, hidden=True, by=reader)
    finish(session, place.result, by=reader)
    stands = reading_of(session, place.result)
    assert (stands.number, stands.hidden) == (20, 1)
    assert len(remarks(session, place.result)) == 19


def test_the_report_is_told_how_many_were_hidden_once_they_were_read_over(
    session: Session, place: Place, reader: Actor
) -> None:
    set_hidden(session, place.result, kept(session, place)[0].id, hidden=True, by=reader)
    assert hidden_comments(session, place.result) == 0
    finish(session, place.result, by=reader)
    assert hidden_comments(session, place.result) == 1


def test_readers_are_told_once_that_comments_wait_and_not_when_none_do(
    session: Session, place: Place, reader: Actor
) -> None:
    assert [tell_readers(session, place.closed) for _ in range(2)] == [2, 2]
    written = session.scalars(select(Letter.address).where(Letter.purpose == "reading")).all()
    assert sorted(written) == sorted(place.staff[role].email for role in (Role.FACILITATOR, Role.READER))
    finish(session, place.result, by=reader)
    assert tell_readers(session, place.closed) == 0
    assert tell_readers(session, place.open) == 0


def test_once_read_over_a_comment_is_hidden_only_in_a_reading_taken_up_again(
    session: Session, place: Place, reader: Actor
) -> None:
    first = kept(session, place)[0]
    finish(session, place.result, by=reader)
    with pytest.raises(ReadAlready):
        set_hidden(session, place.result, first.id, hidden=True, by=reader)
    take_up_again(session, place.result, by=reader)
    assert remarks(session, place.result) == ()
    set_hidden(session, place.result, first.id, hidden=True, by=reader)


def test_a_coordinator_never_reads_over_whatever_other_role_they_have(session: Session, place: Place) -> None:
    as_reader = Actor(place.coordinator.id, Role.FACILITATOR)
    with pytest.raises(NotOutside):
        to_read(session, place.result, place.coordinator.id)
    with pytest.raises(NotOutside):
        finish(session, place.result, by=as_reader)


def test_a_reader_is_not_of_the_coordinators_organisation(session: Session, place: Place) -> None:
    organisation = place.contact.organisation_id
    for email in (place.coordinator.email, "near@example.org"):
        session.add(
            Contact(partnership_id=place.partnership.id, organisation_id=organisation, name="A", email=email.upper())
        )
    near, far = (site.somebody(session, name, f"{name}@example.org") for name in ("near", "far"))
    wanted = Wanted(Role.READER, place.closed, ends=NEVER)
    by = Actor(place.coordinator.id, Role.COORDINATOR)
    with pytest.raises(GrantRefused):
        give(session, near, wanted, by=by)
    give(session, far, wanted, by=by)


def test_a_comment_on_a_question_of_which_nothing_is_shown_is_put_before_nobody(
    session: Session, place: Place, reader: Actor, tmp_path: Path
) -> None:
    make_known(session, place)
    erase_person(session, EMAIL, list_in(tmp_path))  # four are left: every question is below its minimum
    assert to_read(session, place.result, reader.person_id or 0) == ()
    finish(session, place.result, by=reader)
    assert remarks(session, place.result) == ()


def test_its_writer_withholds_a_comment_from_everybody_for_good(session: Session, place: Place, reader: Actor) -> None:
    finish(session, place.result, by=reader)
    writer, other = place.answered[:2]
    own = own_comments(session, writer, place.version)
    assert len(own) == 4
    withhold(session, other, own[0].id)  # not theirs
    assert reading_of(session, place.result).number == 20
    withhold(session, writer, own[0].id)
    assert own_comments(session, writer, place.version)[0].withheld
    assert reading_of(session, place.result).number == 19
    assert len(remarks(session, place.result)) == 19


def test_the_numbers_of_comments_do_not_tell_who_wrote_which(session: Session, place: Place) -> None:
    texts = [each.text for each in kept(session, place)]
    assert texts == sorted(texts)


def test_with_the_rounds_people_all_but_what_is_shown_is_erased(
    session: Session, place: Place, reader: Actor, tmp_path: Path
) -> None:
    first, second = kept(session, place)[:2]
    set_hidden(session, place.result, first.id, hidden=True, by=reader)
    finish(session, place.result, by=reader)
    withhold(session, place.answered[0], own_comments(session, place.answered[0], place.version)[3].id)
    shown = remarks(session, place.result)
    erase_round(session, place.closed, _list(tmp_path).of_round(place.closed.id))
    session.expire_all()
    left = kept(session, place)
    assert {each.response_id for each in left} == {None}
    assert len(left) == 18
    assert remarks(session, place.result) == shown
    assert second.id in {each.id for each in left}


def test_unread_comments_are_erased_with_the_rounds_people(session: Session, place: Place, tmp_path: Path) -> None:
    erase_round(session, place.closed, _list(tmp_path).of_round(place.closed.id))
    assert kept(session, place) == []


def test_who_asks_for_their_data_gets_their_comments(session: Session, place: Place) -> None:
    make_known(session, place)
    held = held_about(session, EMAIL)
    assert held is not None
    said = [each.text for invited in held.invitations for given in invited.responses for each in given.comments]
    assert said.count("Fenland comment") == 3


def _list(folder: Path) -> ErasureList:
    return list_in(folder)

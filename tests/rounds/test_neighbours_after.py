"""What is done to one round or person of a partnership leaves its neighbours as they were; on each engine."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.sessions import bind_invitation
from a2p.rounds import presence
from a2p.rounds.answering import answers_of, save_section
from a2p.rounds.closing import close_round
from a2p.rounds.erasing import erase_person
from a2p.rounds.inviting import Invited, invite_together
from a2p.rounds.opening import RoundPlan, open_round, remind_on, reminder_days
from a2p.rounds.paper import key_in
from a2p.rounds.passing import Deputy, pass_on
from a2p.rounds.reopening import call_off, reopen, reopenings_of
from a2p.rounds.retention import erase_due, erase_round
from a2p.rounds.subject_access import held_about
from a2p.scoring.answers import Answer, State
from a2p.store.audit import SYSTEM, Actor
from a2p.store.base import now, today
from a2p.store.letters import Draft, write_letter
from a2p.store.round_tables import Invitation, Job, Result, Round
from tests import site
from tests.ordered import order_report
from tests.rounds.known_person import EMAIL, list_in, make_known
from tests.rounds.street import Street, of_other_rounds, street
from tests.site import Place

OFFICE = Actor(None, "programme manager")
SOON = today() + timedelta(days=9)


@pytest.fixture
def here(session: Session) -> Street:
    return street(session)


def well_used(session: Session, place: Place, people: Collection[Invited]) -> None:
    """A letter, an opened browser and a copy of the answers of each of these people."""
    for each in (one.invitation for one in people):
        write_letter(session, Draft("invitation", f"of {each.id}", each.email, each.partnership_id, each.id))
        bind_invitation(session, None, each)
        job = Job(partnership_id=each.partnership_id, invitation_id=each.id, kind="copy", version_id=place.version.id)
        session.add(job)
    session.flush()


def together(session: Session, place: Place, name: str = "Together") -> Invitation:
    plan = RoundPlan(name, [place.version], together=True)
    return invite_together(session, open_round(session, place.partnership, plan)).invitation


def report_of(session: Session, place: Place, result: Result, nowhere: Path) -> Job:
    job = order_report(session, result, place.coordinator.id, nowhere)
    job.file = f"{result.id}.pdf"
    session.flush()
    return job


# Retention and erasing


def test_erasing_the_people_of_one_round_leaves_every_other_rounds(
    session: Session, here: Street, tmp_path: Path
) -> None:
    well_used(session, here.own, [*here.own.invited, *here.next_door.invited])
    room = together(session, here.own)
    given = {"aim": Answer(State.GIVEN, "level-2")}
    save_section(session, room, here.own.version, given, {}, "Ann Orchard")
    (second,) = close_round(session, here.second)
    for place, result in ((here.own, here.own.result), (here.own, second), (here.next_door, here.next_door.result)):
        report_of(session, place, result, tmp_path)
    before = of_other_rounds(session, here.own.closed)
    erased = erase_round(session, here.own.closed, list_in(tmp_path).of_round(here.own.closed.id))
    assert erased.files == (f"{here.own.result.id}.pdf",)
    assert of_other_rounds(session, here.own.closed) == before


def test_of_two_rounds_of_one_partnership_that_which_is_due_is_erased(
    session: Session, here: Street, tmp_path: Path
) -> None:
    for each in here.people:
        site.answer(session, each.invitation, here.own.version, "Fenland")
    close_round(session, here.second, at=now() - timedelta(days=800))
    before = of_other_rounds(session, here.second)
    assert erase_due(session, today(), 24, list_in(tmp_path)).rounds == (here.second.id,)
    assert of_other_rounds(session, here.second) == before


def test_somebody_is_erased_from_the_results_of_their_round_alone(
    session: Session, here: Street, tmp_path: Path
) -> None:
    own = here.own
    theirs = make_known(session, own)[0]
    for each in here.people:
        site.answer(session, each.invitation, own.version, "Fenland")
    close_round(session, here.second)
    reopen(session, here.second, "Somebody was left out.", SOON, SYSTEM)
    (again,) = close_round(session, here.second)
    assert (again.edition, own.result.edition) == (2, 1)
    kept = [
        report_of(session, own, again, tmp_path),
        report_of(session, here.next_door, here.next_door.result, tmp_path),
    ]
    gone = report_of(session, own, own.result, tmp_path)
    hashes = {each.id: each.sha256 for each in session.scalars(select(Result))}
    erased = erase_person(session, EMAIL, list_in(tmp_path))
    assert theirs.withdrawn is not None
    assert (erased.recomputed, erased.destroyed) == (1, 0), "the newest of its round, whatever another round has"
    assert erased.files == (gone.file,)
    assert set(session.scalars(select(Job.id))) == {each.id for each in kept}
    session.expire_all()
    changed = {each.id for each in session.scalars(select(Result)) if hashes[each.id] != each.sha256}
    assert changed == {own.result.id}


def test_who_asks_what_is_held_is_given_their_own_browsers_alone(session: Session, here: Street) -> None:
    make_known(session, here.own)
    for each in (*here.people, *here.next_door.invited):
        bind_invitation(session, None, each.invitation)
    held = held_about(session, EMAIL)
    assert held is not None
    assert len(held.sessions) == 2


# Calling off, closing, opening again


def test_calling_a_round_off_leaves_every_other_rounds_people_and_letters(session: Session, here: Street) -> None:
    well_used(session, here.own, [*here.people, *here.own.invited, *here.next_door.invited])
    for round_ in (here.own.open, here.second, here.next_door.open):
        remind_on(session, round_, [SOON])
    before = of_other_rounds(session, here.second)
    call_off(session, here.second, SYSTEM)
    assert of_other_rounds(session, here.second) == before


def test_a_round_can_be_called_off_though_another_was_opened_again(session: Session, here: Street) -> None:
    for place in (here.own, here.next_door):
        reopen(session, place.closed, f"{place.mark} reason", SOON, SYSTEM)
    assert reopenings_of(session, here.second) == ()
    assert [each.reason for each in reopenings_of(session, here.own.closed)] == ["Fenland reason"]
    number = here.second.id
    call_off(session, here.second, SYSTEM)
    assert session.get(Round, number) is None


def test_closing_a_round_takes_back_its_own_letters_alone(session: Session, here: Street) -> None:
    well_used(session, here.own, [*here.people, *here.own.invited, *here.next_door.invited])
    before = of_other_rounds(session, here.second)
    close_round(session, here.second)
    session.expire_all()
    assert of_other_rounds(session, here.second) == before


def test_each_round_has_its_own_reminder_days(session: Session, here: Street) -> None:
    for days, round_ in enumerate((here.own.open, here.second, here.next_door.open)):
        remind_on(session, round_, [SOON + timedelta(days=days)])
    remind_on(session, here.second, [SOON])
    assert reminder_days(session, here.own.open) == [SOON]
    assert reminder_days(session, here.second) == [SOON]
    assert reminder_days(session, here.next_door.open) == [SOON + timedelta(days=2)]


# One person of several


def test_a_form_that_is_keyed_in_again_replaces_that_persons_answers_alone(session: Session, here: Street) -> None:
    own, version = here.own, here.own.version
    health = own.invited[1].invitation
    low, high = ({"aim": Answer(State.GIVEN, level)} for level in ("level-1", "level-4"))
    key_in(session, health, version, low, OFFICE)
    for another in (own.invited[2], here.people[1], here.next_door.invited[1]):
        key_in(session, another.invitation, version, low, OFFICE)
    others = of_other_rounds(session, own.open)
    key_in(session, health, version, high, OFFICE)
    assert answers_of(session, health, version).stored["aim"].answer.value == "level-4"
    assert answers_of(session, own.invited[2].invitation, version).stored["aim"].answer.value == "level-1"
    assert of_other_rounds(session, own.open) == others


def test_who_is_asked_in_another_round_may_be_a_deputy_in_this_one(session: Session, here: Street) -> None:
    here.people[2].invitation.email = here.next_door.invited[2].invitation.email = "dee@example.org"
    fresh = pass_on(session, here.own.invited[1].invitation, Deputy("Dee Puty", "dee@example.org"))
    assert (fresh.round_id, fresh.email) == (here.own.open.id, "dee@example.org")


def test_one_browser_has_a_name_in_each_round_that_it_opened(session: Session, here: Street) -> None:
    first, second = (together(session, here.own, name) for name in ("One", "Two"))
    token = bind_invitation(session, bind_invitation(session, None, first), second)
    presence.call_me(session, token, first, "Ann")
    presence.note(session, token, first, "sample/purpose")
    assert presence.known_as(session, token, first) == "Ann"
    assert presence.known_as(session, token, second) == ""
    assert presence.is_to_note(session, token, second, "sample/purpose")


def test_each_result_has_its_own_report(session: Session, here: Street, tmp_path: Path) -> None:
    (second,) = close_round(session, here.second)
    of_first, of_second = (
        order_report(session, result, here.own.coordinator.id, tmp_path) for result in (here.own.result, second)
    )
    assert (of_first.result_id, of_second.result_id) == (here.own.result.id, second.id)

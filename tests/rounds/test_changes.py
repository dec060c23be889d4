"""What changed since the last round, and that it tells nothing which either round withholds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from a2p.rounds.answering import save_section, submit
from a2p.rounds.changes import NOTHING, OTHERWISE, REOPENED, TOGETHER, Compared, change_released, change_since_last
from a2p.rounds.closing import close_round
from a2p.rounds.confirmers import confirmers
from a2p.rounds.inviting import Invitee, invite, invite_together
from a2p.rounds.opening import RoundPlan, open_round
from a2p.rounds.releasing import Wish, confirm, propose
from a2p.scoring.answers import Answer, State
from a2p.scoring.releases import To
from a2p.store.audit import Actor
from a2p.store.round_tables import Result, Round
from tests import site
from tests.site import Place


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


def held(session: Session, place: Place, levels: Sequence[int], *, limits: int = 0, days: int = 1) -> Result:
    """A later round: organisation by organisation the level given on "aim" and "heard"; `limits` answer that too."""
    round_ = open_round(session, place.partnership, RoundPlan(f"Later {days}", [place.version], together=False))
    round_.opened = place.closed.opened + timedelta(days=days)
    for number, level in enumerate(levels):
        who = Invitee(f"P {number}", f"Body {number}", "health")
        invitation = invite(session, round_, who).invitation
        given = {each: Answer(State.GIVEN, f"level-{level}") for each in ("aim", "heard")}
        if number < limits:
            given["limits"] = Answer(State.GIVEN, f"level-{level}")
        save_section(session, invitation, place.version, given, {})
        submit(session, invitation, place.version)
    (result,) = close_round(session, round_)
    return result


def compared(session: Session, result: Result) -> Compared:
    found = change_since_last(session, result)
    assert found is not None
    return found


def test_there_is_no_change_since_nothing(session: Session, place: Place) -> None:
    assert change_since_last(session, place.result) is None


def test_a_change_is_split_into_the_same_and_different_organisations(session: Session, place: Place) -> None:
    held(session, place, [1] * 5 + [4] * 5)
    result = held(session, place, [2] * 5, days=2)
    change = compared(session, result).change
    assert change is not None
    assert compared(session, result).earlier.name == "Later 1"
    assert change.whole.same is not None
    assert (round(change.whole.before), round(change.whole.after), round(change.whole.same)) == (50, 33, 33)


def test_a_question_that_either_round_withholds_is_compared_with_nothing(session: Session, place: Place) -> None:
    held(session, place, [2] * 5, limits=5)
    result = held(session, place, [3] * 5, limits=4, days=2)
    change = compared(session, result).change
    assert change is not None
    assert {question for section in change.sections for question in section.questions} == {"aim", "heard"}


def test_where_no_question_is_shown_in_both_nothing_is_compared(session: Session, place: Place) -> None:
    held(session, place, [2] * 5)
    found = compared(session, held(session, place, [3] * 4, days=2))
    assert (found.change, found.reason) == (None, NOTHING)


def test_what_is_held_back_or_follows_another_result_is_compared_with_nothing(session: Session, place: Place) -> None:
    before, after = held(session, place, [2] * 5), held(session, place, [3] * 5, days=2)
    assert compared(session, after).change is not None
    after.held_back = json.dumps([])
    assert (compared(session, after).change, compared(session, after).reason) == (None, REOPENED)
    after.held_back, before.edition = None, 2
    assert compared(session, after).change is None
    before.edition, before.shown = 1, False
    assert compared(session, after).change is None


def test_the_split_never_stands_on_fewer_than_five_people(session: Session, place: Place) -> None:
    """One organisation more in the second round: its level would be the whole of "different"."""
    held(session, place, [2] * 5)
    change = compared(session, held(session, place, [2] * 5 + [4], days=2)).change
    assert change is not None
    assert (change.whole.same, change.whole.different) == (None, None)
    assert all(each.same is None for section in change.sections for each in section.questions.values())


def test_a_round_answered_together_is_compared_with_none(session: Session, place: Place) -> None:
    round_: Round = open_round(session, place.partnership, RoundPlan("Room", [place.version], together=True))
    site.answer(session, invite_together(session, round_).invitation, place.version, "Fenland")
    round_.opened = place.closed.opened + timedelta(days=1)
    (result,) = close_round(session, round_)
    assert compared(session, result).reason == TOGETHER
    assert compared(session, held(session, place, [2] * 5, days=2)).reason == OTHERWISE


@pytest.mark.parametrize("earlier", ["nothing", "summary", "all"])
def test_who_is_shown_the_whole_result_is_told_the_change_only_if_the_round_before_is_whole_to_them_too(
    session: Session, place: Place, earlier: str
) -> None:
    before, after = held(session, place, [2] * 5), held(session, place, [3] * 5, days=2)
    for result, level in ((before, earlier), (after, "all")):
        round_ = session.get_one(Round, result.round_id)
        chair = confirmers(session, round_.partnership, place.coordinator.id)[0]
        by = Actor(place.coordinator.id, "coordinator")
        if level != "nothing":
            row = propose(session, round_, Wish(To.RESPONDENTS, level, "Asked", ""), chair, by)
            confirm(session, row, Actor(chair.person_id, "chair"))
    found = change_released(session, after, To.RESPONDENTS)
    assert (found is not None) == (earlier == "all")
    assert change_released(session, after, To.REGION) is None
    assert change_released(session, before, To.RESPONDENTS) is None

"""Whose levels are named in what is kept of a round: while it is open, kept, and alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.documents.order import Order
from a2p.rounds.closing import close_round
from a2p.rounds.editions import editions_of
from a2p.rounds.inviting import Invitee, invite
from a2p.rounds.naming import names_of
from a2p.rounds.reopening import Changes, change_round, reopen
from a2p.rounds.retention import erase_due
from a2p.scoring.named import NamedLevels, Unnamed
from a2p.store.audit import Actor
from a2p.store.base import today
from a2p.store.round_tables import Job, Result
from tests import site
from tests.ordered import order_report
from tests.rounds.known_person import list_in
from tests.site import Place
from tests.web.opened import make_open


@pytest.fixture
def place(session: Session) -> Place:
    """A closed round that was an open one."""
    made = site.build(session).own
    make_open(session, made.closed.id)
    session.flush()
    return made


def again(session: Session, place: Place) -> Actor:
    by = Actor(place.coordinator.id, "coordinator")
    reopen(session, place.closed, "Five forgot.", today() + timedelta(days=9), by)
    return by


def test_each_organisation_is_named_with_the_level_of_its_person(session: Session, place: Place) -> None:
    named = names_of(session, place.result)
    assert isinstance(named, NamedLevels)
    assert named.organisations == tuple(sorted(f"Fenland {sector}" for sector in site.SECTORS))
    levels = {each.organisation.name: 1 + each.id % 4 for each in place.answered if each.organisation}
    aim = next(each for each in named.questions if each.id == "aim")
    assert dict(zip(named.organisations, aim.stands, strict=True)) == levels


def test_after_retention_the_names_are_gone(session: Session, place: Place, tmp_path: Path) -> None:
    erase_due(session, today() + timedelta(days=800), 12, list_in(tmp_path))
    assert names_of(session, place.result) is Unnamed.ERASED


def test_a_round_opened_again_names_nobody_in_its_next_result(session: Session, place: Place) -> None:
    again(session, place)
    for number in range(5):
        late = invite(session, place.closed, Invitee(f"Late {number}", f"Late body {number}", "business"))
        site.answer(session, late.invitation, place.version, "Fenland")
    close_round(session, place.closed)
    first, second = editions_of(session, place.closed.id, place.version.id)
    assert second.shown
    assert names_of(session, second) is Unnamed.SUCCESSOR
    assert isinstance(names_of(session, first), NamedLevels)


def test_a_round_made_private_names_nobody_any_more_and_its_reports_with_names_go(
    session: Session, place: Place, tmp_path: Path
) -> None:
    for names in (False, True):
        job = order_report(session, place.result, place.coordinator.id, tmp_path, Order("report", names=names))
        job.state, job.file = "done", f"{names}.pdf"
    by = again(session, place)
    gone = change_round(session, place.closed, Changes(place.closed.closes, (), place.closed.message, True), by)
    assert gone == ("True.pdf",)
    assert [job.file for job in session.scalars(select(Job).where(Job.result_id == place.result.id))] == ["False.pdf"]
    assert names_of(session, session.get_one(Result, place.result.id)) is Unnamed.PRIVATE

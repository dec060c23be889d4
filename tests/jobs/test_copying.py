"""The worker makes a respondent's copy as long as the invitation is in force."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from a2p.jobs import Desk
from a2p.rounds.copies import order_copy
from a2p.rounds.inviting import withdraw
from a2p.settings import documents_folder
from a2p.store.round_tables import Invitation, Job
from tests import site
from tests.documents.pdf import text_of


@pytest.fixture
def ordered(sqlite_engine: Engine, tmp_path: Path) -> tuple[int, int]:
    """The numbers of an invitation and of the job that copies its answers."""
    with Session(sqlite_engine) as session, session.begin():
        place = site.build(session).own
        own = place.invited[0].invitation
        return own.id, order_copy(session, own, place.version, tmp_path).id


def test_the_copy_holds_own_answers_and_nobody_elses(
    sqlite_engine: Engine, tmp_path: Path, ordered: tuple[int, int]
) -> None:
    Desk(sqlite_engine, tmp_path).do(ordered[1])
    with Session(sqlite_engine) as session:
        job = session.get_one(Job, ordered[1])
    assert job.state == "done", job.message
    text = text_of((documents_folder(tmp_path) / str(job.file)).read_bytes())
    assert "Fenland story" in text
    assert "Fenland police person" in text
    assert "Zzcanary" not in text


def test_who_was_withdrawn_meanwhile_gets_none(sqlite_engine: Engine, tmp_path: Path, ordered: tuple[int, int]) -> None:
    with Session(sqlite_engine) as session, session.begin():
        withdraw(session, session.get_one(Invitation, ordered[0]))
    Desk(sqlite_engine, tmp_path).do(ordered[1])
    with Session(sqlite_engine) as session:
        job = session.get_one(Job, ordered[1])
    assert (job.state, job.file) == ("failed", None)
    assert "may no longer have" in job.message

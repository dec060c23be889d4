"""Jobs: a row says how the work stands, whatever becomes of the worker; a document is whole or not there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.documents.making import Maker
from a2p.documents.material import Material
from a2p.documents.order import Order, order_from_json
from a2p.jobs import Desk, heart
from a2p.jobs.bundling import Contents, write_zip
from a2p.jobs.renderer import Here
from a2p.ordering.orders import cancel, order_batch
from a2p.rounds.actions import Plan, add_action
from a2p.rounds.blanking import delete_jobs
from a2p.settings import ROOT, documents_folder
from a2p.store.audit import SYSTEM
from a2p.store.base import now, today
from a2p.store.outcome_tables import Comment, CommentReading
from a2p.store.round_tables import Job, Result, Round
from tests import site
from tests.ordered import order_report, wanted
from tests.site import Site

LARGE = Order("report", large_print=True)


class Crash(Exception):
    """What goes wrong in a maker of these tests."""


@dataclass
class Office:
    """A site with one order, and a desk whose makers the tests choose."""

    engine: Engine
    folder: Path
    built: Site
    job_id: int

    def desk(self, make: Maker) -> Desk:
        return Desk(self.engine, self.folder, make, Here())

    @property
    def job(self) -> Job:
        with Session(self.engine) as session:
            return session.get_one(Job, self.job_id)

    @property
    def files(self) -> dict[str, bytes]:
        folder = documents_folder(self.folder)
        return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}

    def change(self, **columns: object) -> None:
        with Session(self.engine) as session, session.begin():
            job = session.get_one(Job, self.job_id)
            for name, value in columns.items():
                setattr(job, name, value)


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Office]:
    with Session(sqlite_engine, expire_on_commit=False) as session, session.begin():
        built = site.build(session)
        job = order_report(session, built.own.result, built.own.coordinator.id, tmp_path / "documents", LARGE)
    yield Office(sqlite_engine, tmp_path, built, job.id)
    sqlite_engine.dispose()


def paper(_material: Material, _order: Order) -> bytes:
    return b"%PDF a report"


def crash(_material: Material, _order: Order) -> bytes:
    raise Crash


def test_the_same_order_again_is_the_same_job(office: Office) -> None:
    own = office.built.own

    def again(person_id: int, order: Order) -> int:
        with Session(office.engine) as session, session.begin():
            return order_report(session, own.result, person_id, office.folder / "documents", order).id

    assert again(own.coordinator.id, LARGE) == office.job_id
    assert again(own.coordinator.id, Order("report")) != office.job_id
    assert again(office.built.foreign.coordinator.id, LARGE) != office.job_id
    office.change(state="failed")
    assert again(own.coordinator.id, LARGE) != office.job_id


def test_a_document_that_another_had_made_is_there_at_once(office: Office) -> None:
    office.desk(paper).do(office.job_id)
    own, chair, file = office.built.own, office.built.own.staff[Role.CHAIR], office.job.file
    with Session(office.engine) as session, session.begin():
        theirs = order_report(session, own.result, chair.id, office.folder / "documents", LARGE)
        assert (theirs.state, theirs.file) == ("done", file)
        assert theirs.id != office.job_id


def test_a_document_is_made_anew_once_what_it_is_made_from_has_changed(office: Office) -> None:
    office.desk(paper).do(office.job_id)
    own, before = office.built.own, office.job.file
    with Session(office.engine) as session, session.begin():
        add_action(session, session.get_one(Round, own.closed.id), Plan("Meet monthly"), SYSTEM)
        later = order_report(session, own.result, own.coordinator.id, office.folder / "documents", LARGE)
        assert (later.state, later.id == office.job_id) == ("queued", False)
        later_id = later.id
    office.desk(paper).do(later_id)
    assert len(office.files) == 2
    assert before in office.files


def test_a_document_whose_file_is_gone_is_made_again(office: Office) -> None:
    office.desk(paper).do(office.job_id)
    own, documents = office.built.own, office.folder / "documents"
    file = documents / str(office.job.file)
    with Session(office.engine) as session, session.begin():
        assert order_report(session, own.result, own.coordinator.id, documents, LARGE).id == office.job_id
        file.unlink()
        assert order_report(session, own.result, own.coordinator.id, documents, LARGE).id != office.job_id


def test_a_job_that_is_done_has_a_whole_file_and_no_part_of_one(office: Office) -> None:
    office.desk(paper).do(office.job_id)
    assert office.job.state == "done"
    assert office.files == {office.job.file: b"%PDF a report"}
    assert office.job.finished is not None


def test_the_maker_is_handed_what_disclosure_lets_out_and_the_order(office: Office) -> None:
    handed: list[tuple[Material, Order]] = []

    def make(material: Material, order: Order) -> bytes:
        handed.append((material, order))
        return b""

    office.desk(make).do(office.job_id)
    ((material, order),) = handed
    assert material.remarks == (), "comments of a round answered apart wait until they are read over"
    assert material.disclosed.result.internal is None
    assert material.disclosed.result.partnership == "Fenland Partnership"
    assert order == LARGE == order_from_json(office.job.options)


def test_the_maker_is_told_how_many_comments_their_reader_hid(office: Office) -> None:
    with Session(office.engine) as session, session.begin():
        result = session.get_one(Result, office.job.result_id)
        chosen = session.scalars(select(Comment).where(Comment.result_id == result.id)).first()
        assert chosen is not None
        chosen.hidden = now()
        session.add(CommentReading(result_id=result.id, partnership_id=result.partnership_id))
    told: list[int] = []

    def make(material: Material, _order: Order) -> bytes:
        told.append(material.known.hidden_remarks)
        return b""

    office.desk(make).do(office.job_id)
    assert told == [1]


def test_a_job_is_done_once_however_often_it_is_handed_in(office: Office) -> None:
    made: list[int] = []

    def make(_material: Material, _order: Order) -> bytes:
        made.append(1)
        return b""

    desk = office.desk(make)
    for _ in range(3):
        desk.do(office.job_id)
    desk.sweep()
    assert made == [1]


def test_a_job_that_another_worker_has_is_left_to_it(office: Office) -> None:
    office.change(state="running", heartbeat=now(), tries=1)
    desk = office.desk(paper)
    desk.do(office.job_id)
    desk.sweep()
    assert (office.job.state, office.files) == ("running", {})


def test_the_heart_beats_while_the_work_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heart, "HEARTBEAT_SECONDS", 0.01)
    beaten = Event()

    def make(_material: Material, _order: Order) -> bytes:
        first = office.job.heartbeat
        while not beaten.is_set():
            if office.job.heartbeat != first:
                beaten.set()
        return b"done"

    office.desk(make).do(office.job_id)
    assert office.job.state == "done"
    assert office.job.heartbeat is None


def test_a_worker_that_fell_silent_is_followed_by_another(office: Office) -> None:
    office.change(state="running", heartbeat=now() - timedelta(minutes=2), tries=1)
    office.desk(paper).sweep()
    assert (office.job.state, office.job.tries) == ("done", 2)


def test_an_order_whose_message_was_lost_is_found(office: Office) -> None:
    desk = office.desk(paper)
    desk.sweep()
    assert office.job.state == "queued"
    office.change(created=now() - timedelta(minutes=5))
    desk.sweep()
    assert office.job.state == "done"


def test_three_tries_then_it_has_failed_and_says_so(office: Office) -> None:
    desk = office.desk(crash)
    desk.do(office.job_id)
    assert (office.job.state, office.job.tries) == ("queued", 1)
    desk.do(office.job_id)
    desk.do(office.job_id)
    assert (office.job.state, office.job.tries) == ("failed", 3)
    assert "could not be made" in office.job.message
    assert office.files == {}
    desk.do(office.job_id)
    assert office.job.tries == 3


def test_a_document_that_takes_its_worker_down_is_given_up_after_three_tries(office: Office) -> None:
    office.change(state="running", heartbeat=now() - timedelta(minutes=2), tries=3)
    office.desk(paper).sweep()
    assert (office.job.state, office.files) == ("failed", {})
    assert "could not be made" in office.job.message


def test_who_lost_the_right_meanwhile_gets_nothing(office: Office) -> None:
    with Session(office.engine) as session, session.begin():
        session.merge(office.built.own.coordinator).grants[0].ends = today() - timedelta(days=1)
    office.desk(paper).do(office.job_id)
    assert (office.job.state, office.files) == ("failed", {})
    assert "may no longer have" in office.job.message


def test_a_file_that_could_not_be_written_whole_is_not_there(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    office.desk(paper).do(office.job_id)
    assert office.job.state == "queued"
    assert office.files == {}
    monkeypatch.undo()
    office.desk(paper).do(office.job_id)
    assert list(office.files) == [office.job.file]


WORKER = """
import os, signal, sys
from pathlib import Path
from a2p.jobs import Desk
from a2p.jobs.renderer import Here
from a2p.store.engine import open_engine

def make(material, order):
    os.kill(os.getpid(), signal.SIGKILL)

Desk(open_engine(sys.argv[1]), Path(sys.argv[2]), make, Here()).do(int(sys.argv[3]))
"""


def test_a_worker_killed_in_the_middle_leaves_a_job_that_the_next_one_does(office: Office) -> None:
    command = [sys.executable, "-c", WORKER, str(office.engine.url), str(office.folder), str(office.job_id)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
    assert (office.job.state, office.files) == ("running", {})
    office.change(heartbeat=now() - timedelta(minutes=2))
    office.desk(paper).sweep()
    assert office.job.state == "done"


def test_the_real_report_is_made(office: Office) -> None:
    Desk(office.engine, office.folder).do(office.job_id)
    assert office.job.state == "done", office.job.message
    assert office.files[str(office.job.file)].startswith(b"%PDF-")


def test_what_is_cancelled_while_it_is_made_leaves_no_file(office: Office) -> None:
    def make(_material: Material, _order: Order) -> bytes:
        with Session(office.engine) as session, session.begin():
            cancel(session, session.get_one(Job, office.job_id))
        return b"%PDF too late"

    office.desk(make).do(office.job_id)
    assert (office.job.state, office.files) == ("cancelled", {})


def test_a_file_of_another_persons_job_stays_when_one_is_deleted(office: Office) -> None:
    office.desk(paper).do(office.job_id)
    own, chair = office.built.own, office.built.own.staff[Role.CHAIR]
    with Session(office.engine) as session, session.begin():
        theirs = order_report(session, own.result, chair.id, office.folder / "documents", LARGE).id
        assert delete_jobs(session, Job.id == office.job_id) == ()
        assert delete_jobs(session, Job.id == theirs) == tuple(office.files)


def test_single_documents_do_not_wait_for_a_batch(office: Office) -> None:
    own = office.built.own
    with Session(office.engine) as session, session.begin():
        _, parts = order_batch(session, [wanted(session, own.result, Order("summary"))] * 2, own.coordinator.id)
    made: list[str] = []

    def make(_material: Material, order: Order) -> bytes:
        made.append(order.kind)
        return b"%PDF"

    for part in parts:
        with Session(office.engine) as session, session.begin():
            session.get_one(Job, part).created = now() - timedelta(minutes=5)
    office.change(created=now() - timedelta(minutes=4))
    office.desk(make).sweep()
    assert made == ["report", "summary"], "and the same summary is made once"


def test_documents_of_a_batch_that_another_worker_goes_through_are_left_to_it(office: Office) -> None:
    own = office.built.own
    with Session(office.engine) as session, session.begin():
        kinds = (Order("summary"), Order("summary", large_print=True))
        _, parts = order_batch(session, [wanted(session, own.result, kind) for kind in kinds], own.coordinator.id)
        for part in parts:
            session.get_one(Job, part).created = now() - timedelta(minutes=5)
        moving = session.get_one(Job, parts[0])
        moving.state, moving.heartbeat = "running", now()
    office.change(state="failed")
    office.desk(paper).sweep()
    with Session(office.engine) as session:
        assert [session.get_one(Job, part).state for part in parts] == ["running", "queued"]


def test_nobody_waits_while_a_batch_is_put_together(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_meanwhile(contents: Contents, documents: Path) -> None:
        office.change(message="meanwhile")
        write_zip(contents, documents)

    monkeypatch.setattr("a2p.jobs.desk.write_zip", write_meanwhile)
    own = office.built.own
    with Session(office.engine) as session, session.begin():
        batch, (part,) = order_batch(session, [wanted(session, own.result, Order("summary"))], own.coordinator.id)
        number = batch.id
    office.desk(paper).do(part)
    with Session(office.engine) as session:
        assert session.get_one(Job, number).state == "done"
    assert office.job.message == "meanwhile"

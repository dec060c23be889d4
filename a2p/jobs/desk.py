"""Making documents: a job row says what, for whom and how it stands; a queue tells a worker to take it up.

The row is the truth. The queue forgets a task when a worker is killed: a sweep finds rows that wait too long or whose
worker's heart has stopped, and does them again, three times at most. A file is written whole or not at all.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy import ColumnElement, Engine, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from a2p import logs
from a2p.documents.making import Maker, make
from a2p.jobs.assignments import Assignment, NotPermitted, assignment_of
from a2p.jobs.bundling import Contents, NothingMade, contents_of, write_zip
from a2p.jobs.files import keep_whole, remove_unreferred
from a2p.jobs.heart import heartbeat, silent
from a2p.jobs.renderer import Here, NotWanted, Renderer
from a2p.ordering.orders import BATCH, UNFINISHED
from a2p.settings import documents_folder
from a2p.store.base import now
from a2p.store.engine import READ_ONLY
from a2p.store.queue import Queue
from a2p.store.round_tables import Job

TRIES = 3
KEPT_WAITING = timedelta(seconds=60)
COULD_NOT = "The document could not be made. The administrator’s log says why."
NONE_MADE = "None of the documents could be made."
NOT_PERMITTED = "You may no longer have this document."
log = structlog.get_logger(__name__)


class Desk:
    """Where a worker process does jobs. Documents are written to the `documents` folder of the data folder."""

    def __init__(
        self, engine: Engine, data_dir: Path, make: Maker = make, renderer: Renderer | Here | None = None
    ) -> None:
        self.engine = engine
        self._reader = engine.execution_options(**READ_ONLY)
        self.make = make
        self.renderer = renderer or Renderer()
        self.documents = documents_folder(data_dir)
        self.queue = Queue(data_dir, self.do, self.sweep)

    def work(self) -> None:
        """Do what was left undone, then what comes in, until the process is told to stop."""
        logs.set_up()
        self.sweep()
        self.queue.consume()

    def sweep(self) -> None:
        """Do the jobs that nobody took up, and those whose worker fell silent; give up those that were tried enough."""
        self._give_up()
        with Session(self._reader) as session:
            lost = list(session.scalars(select(Job.id).where(_lost()).order_by(Job.batch_id.is_not(None), Job.id)))
        for job_id in lost:
            self.do(job_id)

    def do(self, job_id: int) -> None:
        """Do one job, unless another worker has it: whole file or a visible failure."""
        if not self._claim(job_id):
            return
        try:
            with heartbeat(self.engine, Job, job_id):
                file, message = self._make(job_id)
        except NotPermitted:
            self._finish(job_id, state="failed", message=NOT_PERMITTED)
        except NothingMade:
            self._finish(job_id, state="failed", message=NONE_MADE)
        except NotWanted:
            pass  # its row says so already, or is gone
        except Exception:
            log.exception("job failed", job=job_id)
            self._try_again(job_id)
        else:
            self._finish(job_id, state="done", file=file, message=message)
        self._finish_batch(job_id)

    def _claim(self, job_id: int) -> bool:
        with Session(self.engine) as session, session.begin():
            claimed = session.execute(
                update(Job)
                .where(Job.id == job_id, Job.tries < TRIES, or_(Job.state == "queued", silent(Job, "running")))
                .where(~_has_unfinished_documents())
                .values(state="running", tries=Job.tries + 1, heartbeat=now(), started=now())
                .returning(Job.id)
            )
            return claimed.first() is not None

    def _give_up(self) -> None:
        """A document that takes its worker down with it is not tried for ever."""
        with Session(self.engine) as session, session.begin():
            session.execute(
                update(Job)
                .where(Job.tries >= TRIES, silent(Job, "running"))
                .values(state="failed", message=COULD_NOT, finished=now(), heartbeat=None)
            )

    def _make(self, job_id: int) -> tuple[str, str]:
        """The name of the job's file, which lies there whole, and what is to be said of it.

        What it is made from is only read: nobody waits for a long batch to be put together.
        """
        with Session(self._reader) as session:
            job = session.get_one(Job, job_id)
            if job.kind == BATCH:
                found: Contents | Assignment = contents_of(session, job, self.documents)
            else:
                found = assignment_of(session, job, self.make)
        if isinstance(found, Contents):
            write_zip(found, self.documents)
            return found.file, found.said
        with Session(self.engine) as session, session.begin():
            session.execute(update(Job).where(Job.id == job_id).values(digest=found.digest))
        if not (found.shared and (self.documents / found.file).is_file()):
            keep_whole(self.documents / found.file, self._render(job_id, found))
        return found.file, ""

    def _render(self, job_id: int, assigned: Assignment) -> bytes:
        return self.renderer.make(assigned.work, assigned.arguments, lambda: self._is_wanted(job_id))

    def _is_wanted(self, job_id: int) -> bool:
        with Session(self._reader) as session:
            return session.scalar(select(Job.state).where(Job.id == job_id)) == "running"

    def _try_again(self, job_id: int) -> None:
        with Session(self._reader) as session:
            tries = session.scalar(select(Job.tries).where(Job.id == job_id)) or TRIES
        if tries < TRIES:
            self._finish(job_id, state="queued")
            self.queue.hand_in(job_id)
        else:
            self._finish(job_id, state="failed", message=COULD_NOT)

    def _finish(self, job_id: int, *, state: str, message: str = "", file: str | None = None) -> None:
        """Say how it ended. If it was cancelled or deleted meanwhile, its file goes unless another job has the same."""
        finished = None if state == "queued" else now()
        with Session(self.engine) as session, session.begin():
            ended = session.execute(
                update(Job)
                .where(Job.id == job_id, Job.state == "running")
                .values(state=state, message=message, file=file, finished=finished, heartbeat=None)
                .returning(Job.id)
            )
            if ended.first() is None and file is not None:
                remove_unreferred(session, self.documents, file)

    def _finish_batch(self, job_id: int) -> None:
        """Put a batch together when the last of its documents has ended."""
        with Session(self._reader) as session:
            batch_id = session.scalar(select(Job.batch_id).where(Job.id == job_id))
        if batch_id is not None:
            self.do(batch_id)


def _lost() -> ColumnElement[bool]:
    """Jobs that wait too long, and those whose worker fell silent. A batch's documents wait for one another: they do so
    too long when none of them has been worked on for as long."""
    before = now() - KEPT_WAITING
    other = aliased(Job)
    moving = exists().where(other.batch_id == Job.batch_id, or_(other.heartbeat >= before, other.finished >= before))
    waiting = and_(Job.state == "queued", Job.created < before, ~moving, ~_has_unfinished_documents())
    return or_(waiting, silent(Job, "running"))


def _has_unfinished_documents() -> ColumnElement[bool]:
    part = aliased(Job)
    return exists().where(part.batch_id == Job.id, part.state.in_(UNFINISHED))

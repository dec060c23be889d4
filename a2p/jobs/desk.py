"""Making documents: a job row says what, for whom and how it stands; a queue tells a worker to take it up.

The row is the truth. The queue forgets a task when a worker is killed: a sweep finds rows that wait too long or whose
worker's heart has stopped, and does them again, three times at most. A file is written whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeAlias

import structlog
from sqlalchemy import Engine, and_, or_, select, update
from sqlalchemy.orm import Session

from a2p import logs
from a2p.access.loading import of_round
from a2p.access.policy import Action, Decision, decide
from a2p.access.sessions import principal_of_person
from a2p.definition.catalogue import support_modules
from a2p.jobs.blank_forms import form_of, make_form
from a2p.jobs.copying import copy_of, make_copy
from a2p.jobs.heart import heartbeat, silent
from a2p.rounds.blank_forms import BLANK, in_large_print
from a2p.rounds.copies import COPY
from a2p.rounds.orders import ReportOrder, order_of
from a2p.rounds.results import disclosed, hidden_comments, remarks
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.remarks import Remark
from a2p.settings import documents_folder
from a2p.store.base import now, today
from a2p.store.queue import Queue
from a2p.store.round_tables import Job, Result, Round

TRIES = 3
KEPT_WAITING = timedelta(seconds=60)
COULD_NOT = "The document could not be made. The administrator’s log says why."
log = structlog.get_logger(__name__)


Make: TypeAlias = Callable[[Disclosed, tuple[Remark, ...], ReportOrder], bytes]


def make_report(shown: Disclosed, said: tuple[Remark, ...], order: ReportOrder) -> bytes:
    """The capacity report as a PDF. WeasyPrint is imported here, so that only workers load it."""
    from a2p.documents.report import ReportOptions, capacity_report

    options = ReportOptions(order.large_print, order.summary, support_modules(), order.hidden_comments)
    return capacity_report(shown, said, options)


class NotPermitted(Exception):
    """The person who asked may not have this any more."""


class Desk:
    """Where a worker process does jobs. Documents are written to the `documents` folder of the data folder."""

    def __init__(self, engine: Engine, data_dir: Path, make: Make | None = None) -> None:
        self.engine = engine
        self.make = make or make_report
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
        waiting = and_(Job.state == "queued", Job.created < now() - KEPT_WAITING)
        with Session(self.engine) as session:
            lost = list(session.scalars(select(Job.id).where(or_(waiting, silent(Job, "running")))))
        for job_id in lost:
            self.do(job_id)

    def do(self, job_id: int) -> None:
        """Do one job, unless another worker has it: whole file or a visible failure."""
        if not self._claim(job_id):
            return
        try:
            with heartbeat(self.engine, Job, job_id):
                name = self._make(job_id)
        except NotPermitted:
            self._finish(job_id, state="failed", message="You may no longer have this document.")
        except Exception:
            log.exception("job failed", job=job_id)
            self._try_again(job_id)
        else:
            self._finish(job_id, state="done", file=name)

    def _claim(self, job_id: int) -> bool:
        with Session(self.engine) as session, session.begin():
            claimed = session.execute(
                update(Job)
                .where(Job.id == job_id, Job.tries < TRIES, or_(Job.state == "queued", silent(Job, "running")))
                .values(state="running", tries=Job.tries + 1, heartbeat=now())
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

    def _make(self, job_id: int) -> str:
        with Session(self.engine) as session:
            job = session.get_one(Job, job_id)
            makers = {COPY: self._copy, BLANK: self._blank}
            name, make = makers.get(job.kind, self._report)(session, job)
        _write_whole(self.documents / name, make())
        return name

    def _report(self, session: Session, job: Job) -> tuple[str, Callable[[], bytes]]:
        if job.person_id is None or job.result_id is None:
            raise NotPermitted
        result = session.get_one(Result, job.result_id)
        principal = principal_of_person(session, job.person_id)
        facts = of_round(session.get_one(Round, result.round_id))
        if decide(principal, Action.MAKE_REPORT, facts, today()) is not Decision.ALLOWED:
            raise NotPermitted
        order = replace(order_of(job), hidden_comments=hidden_comments(session, result))
        return f"{job.result_id}-{job.id}.pdf", partial(self.make, disclosed(result), remarks(session, result), order)

    def _copy(self, session: Session, job: Job) -> tuple[str, Callable[[], bytes]]:
        copy = copy_of(session, job)
        if copy is None:
            raise NotPermitted
        return f"copy-{job.invitation_id}-{job.id}.pdf", partial(make_copy, copy)

    def _blank(self, session: Session, job: Job) -> tuple[str, Callable[[], bytes]]:
        definition = form_of(session, job)
        if definition is None:
            raise NotPermitted
        return f"form-{job.version_id}-{job.id}.pdf", partial(make_form, definition, large_print=in_large_print(job))

    def _try_again(self, job_id: int) -> None:
        with Session(self.engine) as session:
            tries = session.get_one(Job, job_id).tries
        if tries < TRIES:
            self._finish(job_id, state="queued")
            self.queue.hand_in(job_id)
        else:
            self._finish(job_id, state="failed", message=COULD_NOT)

    def _finish(self, job_id: int, *, state: str, message: str = "", file: str | None = None) -> None:
        finished = None if state == "queued" else now()
        with Session(self.engine) as session, session.begin():
            session.execute(
                update(Job)
                .where(Job.id == job_id)
                .values(state=state, message=message, file=file, finished=finished, heartbeat=None)
            )


def _write_whole(path: Path, contents: bytes) -> None:
    """Write beside, sync, then rename: a reader finds the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    with beside.open("wb") as out:
        out.write(contents)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)

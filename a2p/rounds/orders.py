"""Asking for documents: the row of a job, which a worker carries out in the name of the person who asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.store.round_tables import Job, Result


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """What somebody asked of a capacity report. `hidden_comments`, how many their reader hid, is not asked for: it is
    filled in when the report is made."""

    large_print: bool = False
    summary: bool = False
    hidden_comments: int = 0


def order_report(session: Session, result: Result, person_id: int, order: ReportOrder, documents: Path) -> Job:
    """The job of a capacity report; the same person's unfailed one for the same result and order is used again, unless
    its file is gone from the `documents` folder."""
    options = json.dumps({"large_print": order.large_print, "summary": order.summary}, sort_keys=True)
    kept = session.scalar(
        select(Job)
        .where(Job.result_id == result.id, Job.person_id == person_id, Job.options == options, Job.state != "failed")
        .order_by(Job.id.desc())
    )
    if kept is not None and (kept.file is None or (documents / kept.file).is_file()):
        return kept
    job = Job(
        partnership_id=result.partnership_id, result_id=result.id, person_id=person_id, kind="report", options=options
    )
    session.add(job)
    session.flush()
    return job


def order_of(job: Job) -> ReportOrder:
    """What a job's row says was asked for."""
    return ReportOrder(**json.loads(job.options))

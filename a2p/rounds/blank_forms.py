"""Asking for a questionnaire's paper form: one document a partnership, questionnaire version and size of print."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.store.round_tables import Job, QuestionnaireVersion

BLANK = "blank"


def order_blank(
    session: Session,
    partnership_id: int,
    version: QuestionnaireVersion,
    person_id: int,
    folder: Path,
    *,
    large: bool,
    is_open: bool = False,
) -> Job:
    """The job of a paper form, which says whether its round `is_open`; the partnership's unfailed one of the same is
    used again, unless its file is gone from the documents' `folder`."""
    options = json.dumps({"large_print": large, "open": is_open})
    kept = session.scalar(
        select(Job)
        .where(Job.partnership_id == partnership_id, Job.kind == BLANK, Job.version_id == version.id)
        .where(Job.options == options, Job.state != "failed")
        .order_by(Job.id.desc())
    )
    if kept is not None and (kept.file is None or (folder / kept.file).is_file()):
        return kept
    job = Job(partnership_id=partnership_id, version_id=version.id, person_id=person_id, kind=BLANK, options=options)
    session.add(job)
    session.flush()
    return job


def in_large_print(job: Job) -> bool:
    """Whether the form is wanted in large print."""
    return bool(json.loads(job.options)["large_print"])


def of_open_round(job: Job) -> bool:
    """Whether the form says that organisations are named."""
    return bool(json.loads(job.options).get("open"))

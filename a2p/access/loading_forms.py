"""Loading a questionnaire's paper form: what it is ordered of, and the job that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from a2p.access.loading import Loaded, of_partnership
from a2p.store.round_tables import Job
from a2p.store.tables import Partnership


def form_job(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """The Job of a paper form by `partnership_id` and `job_id`."""
    job = session.get(Job, args["job_id"])
    if job is None or job.kind != "blank" or job.partnership_id != args["partnership_id"]:
        return None
    return Loaded(job, of_partnership(session.get_one(Partnership, job.partnership_id)))

"""Loading documents: the job that makes one, and somebody's own batch of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from a2p.access.loading import Loaded, of_round
from a2p.access.policy import Facts
from a2p.store.round_tables import Job, Result, Round


def job(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Job that makes a document of a result, by `job_id`."""
    found = session.get(Job, args["job_id"])
    result = session.get(Result, found.result_id) if found and found.result_id else None
    return Loaded(found, of_round(session.get_one(Round, result.round_id))) if result else None


def batch(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Job that puts a batch of documents together, by `batch_id`. It is of no partnership: who did not ask for it is
    to be told that it isn't there."""
    found = session.get(Job, args["batch_id"])
    return Loaded(found, Facts()) if found and found.kind == "batch" else None

"""Orders of documents: the row of a job, which a worker carries out in the name of the person who asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.ordering.gathering import has_names, material_of
from a2p.ordering.permitting import permitted
from a2p.store.base import now
from a2p.store.round_tables import Job, Result

BATCH = "batch"
UNFINISHED = ("queued", "running")
NOT_AGAIN_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that somebody wants: of which result, which one, and what it is made from."""

    result: Result
    order: Order
    material: Material

    @property
    def digest(self) -> str:
        """The hash of all that it is made from."""
        return self.material.digest(self.order)

    @property
    def file(self) -> str:
        """The file's name in the documents' folder: the same for everybody who may have the same."""
        return file_of(self.digest, self.order)


def file_of(digest: str, order: Order) -> str:
    """The name of the file that holds a document."""
    return f"{digest}.{order.format}"


def want(session: Session, result: Result, order: Order, person_id: int | None) -> Wanted | None:
    """What this document of a result is made from as things stand now, for who may have it; None for who may not."""
    audience = permitted(session, result, order, person_id)
    material = material_of(session, result, order, audience) if audience else None
    if material is None or not has_names(material, order):
        return None
    return Wanted(result, order, material)


def order_document(session: Session, wanted: Wanted, person_id: int | None, documents: Path) -> Job:
    """The job of a document. It is done at once if the file is there already, whoever asked for it first.

    The same person's job of the same document is used again, unless it failed or was cancelled. What is asked for in
    nobody's name has one job for all; if it failed it is tried again after a while, however often it is asked for.
    """
    digest, file = wanted.digest, wanted.file
    made = (documents / file).is_file()
    usable: ColumnElement[bool] = Job.state.in_(("done",) if made else UNFINISHED)
    if person_id is None and not made:
        usable = usable | (Job.state == "failed") & (Job.finished > now() - NOT_AGAIN_FOR)
    kept = session.scalar(
        select(Job)
        .where(Job.digest == digest, Job.result_id == wanted.result.id, Job.person_id == person_id)
        .where(Job.batch_id.is_(None), usable)
        .order_by(Job.id.desc())
    )
    if kept is not None:
        return kept
    job = _job(wanted, person_id, digest)
    if made:
        job.state, job.file, job.finished = "done", file, now()
    session.add(job)
    session.flush()
    return job


def order_batch(session: Session, wanted: Sequence[Wanted], person_id: int) -> tuple[Job, tuple[int, ...]]:
    """A batch of documents, made one by one and put into a ZIP: its job, and those of its documents by number."""
    batch = Job(kind=BATCH, person_id=person_id)
    session.add(batch)
    session.flush()
    jobs = [_job(each, person_id, each.digest) for each in wanted]
    for job in jobs:
        job.batch_id = batch.id
    session.add_all(jobs)
    session.flush()
    return batch, tuple(job.id for job in jobs)


def documents_of(session: Session, batch: Job) -> Sequence[Job]:
    """The jobs of a batch's documents, in the order they were asked for."""
    return session.scalars(select(Job).where(Job.batch_id == batch.id).order_by(Job.id)).all()


def cancel(session: Session, job: Job) -> bool:
    """Say that a document, or all of a batch, is wanted no longer; False if it was done or had failed already."""
    unfinished = Job.state.in_(UNFINISHED)
    gone = {"state": "cancelled", "finished": now(), "heartbeat": None}
    session.execute(update(Job).where(Job.batch_id == job.id, unfinished).values(gone))
    cancelled = session.execute(update(Job).where(Job.id == job.id, unfinished).values(gone).returning(Job.id)).first()
    session.expire_all()
    return cancelled is not None


def _job(wanted: Wanted, person_id: int | None, digest: str) -> Job:
    return Job(
        partnership_id=wanted.result.partnership_id,
        result_id=wanted.result.id,
        person_id=person_id,
        kind=wanted.order.kind,
        options=wanted.order.to_json(),
        digest=digest,
    )

"""What a job comes to: the work, what it is done on, and the file it ends in, for who may have it now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from a2p.documents.making import Maker
from a2p.documents.order import order_from_json
from a2p.jobs.blank_forms import form_of, make_form
from a2p.jobs.copying import copy_of, make_copy
from a2p.jobs.renderer import Work
from a2p.ordering.orders import file_of, want
from a2p.ordering.regional import may_have
from a2p.ordering.regional_gathering import gather_regional
from a2p.rounds.blank_forms import BLANK, form_order_of
from a2p.rounds.copies import COPY
from a2p.store.region_tables import Snapshot
from a2p.store.round_tables import Job, Result


class NotPermitted(Exception):
    """The person who asked may not have this any more."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """`work(*arguments)` makes the bytes of `file`. A `shared` file is that of all jobs with its digest."""

    work: Work
    arguments: tuple[Any, ...]
    file: str
    digest: str | None = None

    @property
    def shared(self) -> bool:
        return self.digest is not None


def assignment_of(session: Session, job: Job, make: Maker) -> Assignment:
    """The assignment of a document's job as things stand now. NotPermitted."""
    if job.kind == COPY:
        return _copy(session, job)
    if job.kind == BLANK:
        return _blank(session, job)
    if job.snapshot_id is not None:
        return _regional(session, job, make)
    return _document(session, job, make)


def _document(session: Session, job: Job, make: Maker) -> Assignment:
    result = session.get_one(Result, job.result_id)
    wanted = want(session, result, order_from_json(job.options), job.person_id)
    if wanted is None:
        raise NotPermitted
    return Assignment(make, (wanted.material, wanted.order), wanted.file, wanted.digest)


def _regional(session: Session, job: Job, make: Maker) -> Assignment:
    """Of what is released by name at this moment."""
    snapshot = session.get_one(Snapshot, job.snapshot_id)
    if not may_have(session, job.person_id, snapshot):
        raise NotPermitted
    order = order_from_json(job.options)
    material = gather_regional(session, snapshot).for_order(order)
    digest = material.digest(order)
    return Assignment(make, (material, order), file_of(digest, order), digest)


def _copy(session: Session, job: Job) -> Assignment:
    copy = copy_of(session, job)
    if copy is None:
        raise NotPermitted
    return Assignment(make_copy, (copy,), f"copy-{job.invitation_id}-{job.id}.pdf")


def _blank(session: Session, job: Job) -> Assignment:
    definition = form_of(session, job)
    if definition is None:
        raise NotPermitted
    return Assignment(make_form, (definition, form_order_of(job)), f"form-{job.version_id}-{job.id}.pdf")

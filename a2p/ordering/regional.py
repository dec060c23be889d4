"""Documents of a region's snapshot: who may have them, and the rows of their jobs.

Figures of groups stand in the snapshot for good. What is shown by name is read when a document is ordered, made and
taken: a partnership that takes its release back is in none that is given out from then on.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Action, Decision, Facts, decide
from a2p.access.sessions import principal_of_person
from a2p.documents.order import Order, order_from_json
from a2p.ordering.orders import UNFINISHED, file_of
from a2p.ordering.regional_gathering import gather_regional
from a2p.rounds.blanking import delete_jobs
from a2p.rounds.regional_snapshots import SnapshotRefused, compare_snapshots
from a2p.store.audit import Actor
from a2p.store.base import now, today
from a2p.store.region_tables import Snapshot
from a2p.store.round_tables import Job
from a2p.store.tables import Region


def may_have(session: Session, person_id: int | None, snapshot: Snapshot) -> bool:
    """Whether a person may have documents of a snapshot today: a programme manager of its region."""
    if person_id is None:
        return False
    principal = principal_of_person(session, person_id)
    return decide(principal, Action.MAKE_REGIONAL, Facts(region_id=snapshot.region_id), today()) is Decision.ALLOWED


def order_regional(session: Session, snapshot: Snapshot, order: Order, person_id: int, documents: Path) -> Job:
    """The job of a snapshot's document. It is done at once if the file is there already; the same person's job of the
    same document is used again, unless it failed or was cancelled. The caller has asked `may_have`."""
    digest = gather_regional(session, snapshot).digest(order)
    file = file_of(digest, order)
    made = (documents / file).is_file()
    kept = session.scalar(
        select(Job)
        .where(Job.digest == digest, Job.snapshot_id == snapshot.id, Job.person_id == person_id)
        .where(Job.batch_id.is_(None), Job.state.in_(("done",) if made else UNFINISHED))
        .order_by(Job.id.desc())
    )
    if kept is not None:
        return kept
    job = Job(snapshot_id=snapshot.id, person_id=person_id, kind=order.kind, options=order.to_json(), digest=digest)
    if made:
        job.state, job.file, job.finished = "done", file, now()
    session.add(job)
    session.flush()
    return job


def is_current(session: Session, job: Job) -> bool:
    """Whether a finished document would still be made of the same. One that names nobody stays what it was: a snapshot
    doesn't change, and the rest of it are counts."""
    order = order_from_json(job.options)
    if not order.names:
        return True
    snapshot = session.get_one(Snapshot, job.snapshot_id)
    return gather_regional(session, snapshot).digest(order) == job.digest


def forget_outdated(session: Session, snapshot: Snapshot) -> tuple[str, ...]:
    """Delete the jobs of documents with names that would no longer be made of the same; returns the files that are
    nobody's then, to be removed once this is committed."""
    done = session.scalars(select(Job).where(Job.snapshot_id == snapshot.id, Job.state == "done")).all()
    named = [(job, order) for job in done if (order := order_from_json(job.options)).names]
    if not named:
        return ()
    now_made = gather_regional(session, snapshot)
    return delete_jobs(session, Job.id.in_([job.id for job, order in named if now_made.digest(order) != job.digest]))


def compare_with_last(session: Session, snapshot: Snapshot, by: Actor) -> None:
    """Compare a snapshot with the one before it, for its report, if that may be done; made once, it is kept."""
    before = select(Snapshot).where(Snapshot.region_id == snapshot.region_id, Snapshot.id < snapshot.id)
    earlier = session.scalar(before.order_by(Snapshot.id.desc()).limit(1))
    if earlier is None:
        return
    try:
        compare_snapshots(session, session.get_one(Region, snapshot.region_id), earlier, snapshot, by)
    except SnapshotRefused:
        return  # then the report has no part on change

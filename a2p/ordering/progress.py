"""How far work on documents is, and how long it may still take, by how long the last ones took."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.ordering.orders import BATCH, UNFINISHED
from a2p.store.round_tables import Job

_LAST = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """Documents done, failed and in all; seconds that the rest may take, None where nothing tells."""

    done: int
    failed: int
    whole: int
    seconds: float | None

    @property
    def words(self) -> str:
        """How long it may still take, in words that follow “It takes”."""
        if self.seconds is None or self.seconds < 15:
            return "a few seconds"
        if self.seconds < 90:
            return f"about {5 * round(self.seconds / 5)} seconds"
        return f"about {round(self.seconds / 60)} minutes"


def progress_of(session: Session, job: Job) -> Progress:
    """The progress of a document, which is a batch of one, or of a batch. Others that were ordered before count too."""
    own = (Job.batch_id == job.id) if job.kind == BATCH else (Job.id == job.id)
    counted = session.execute(select(Job.state, func.count()).where(own).group_by(Job.state))
    states: dict[str, int] = {row[0]: row[1] for row in counted}
    left = sum(states.get(state, 0) for state in UNFINISHED)
    ahead = select(func.count()).where(Job.state.in_(UNFINISHED), Job.id < job.id, Job.kind != BATCH)
    if job.kind != BATCH:
        ahead = ahead.where(Job.batch_id.is_(None))  # single documents are made before those of batches
    before = session.scalar(ahead)
    each = _seconds_each(session)
    return Progress(
        states.get("done", 0),
        states.get("failed", 0),
        sum(states.values()),
        None if each is None else each * (left + (before or 0)),
    )


def _seconds_each(session: Session) -> float | None:
    last = session.execute(
        select(Job.started, Job.finished)
        .where(Job.state == "done", Job.started.is_not(None), Job.kind != BATCH)
        .order_by(Job.id.desc())
        .limit(_LAST)
    )
    took = [(finished - started).total_seconds() for started, finished in last if started and finished]
    return median(took) if took else None

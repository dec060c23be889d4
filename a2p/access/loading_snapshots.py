"""Loading what is about a region's snapshots: one of them, and the job of a document of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from a2p.access.loading import Loaded
from a2p.access.policy import Facts
from a2p.store.region_tables import Snapshot
from a2p.store.round_tables import Job


@dataclass(frozen=True, slots=True)
class SnapshotJob:
    """A job that makes a document of a snapshot."""

    snapshot: Snapshot
    job: Job


@dataclass(frozen=True, slots=True)
class TwoSnapshots:
    """A snapshot of a region with an earlier one of the same."""

    earlier: Snapshot
    later: Snapshot


def snapshot(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Snapshot by `region_id` and `snapshot_id`."""
    found = session.get(Snapshot, args["snapshot_id"])
    if found is None or found.region_id != args["region_id"]:
        return None
    return Loaded(found, Facts(region_id=found.region_id))


def two_snapshots(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """TwoSnapshots by `region_id`, `snapshot_id` and `earlier_id`."""
    found = snapshot(session, args)
    earlier = snapshot(session, {**args, "snapshot_id": args["earlier_id"]})
    return Loaded(TwoSnapshots(earlier.object, found.object), found.facts) if found and earlier else None


def snapshot_job(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A SnapshotJob by `job_id`."""
    job = session.get(Job, args["job_id"])
    of = session.get(Snapshot, job.snapshot_id) if job and job.snapshot_id else None
    return Loaded(SnapshotJob(of, job), Facts(region_id=of.region_id)) if of and job else None

"""Loading documents of released results: the job of one, under the page of what was released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from a2p.access.loading import Loaded
from a2p.access.loading_releases import OwnResult, PublicRound, ReleasedResult, own_result, public_round
from a2p.access.loading_releases import released_to_region as region_result
from a2p.store.round_tables import Job


@dataclass(frozen=True, slots=True)
class OwnHandout:
    """A document of a result that was released to those who answered, for one of them."""

    of: OwnResult
    job: Job


@dataclass(frozen=True, slots=True)
class RegionHandout:
    """A document of a result that was released to the region."""

    of: ReleasedResult
    job: Job


@dataclass(frozen=True, slots=True)
class PublicHandout:
    """A document of a round whose results are public."""

    of: PublicRound
    job: Job


def own_handout(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An OwnHandout by `invitation_id`, `questionnaire` and `job_id`."""
    loaded = own_result(session, args)
    job = _job(session, args, loaded.object.found) if loaded else None
    return Loaded(OwnHandout(loaded.object, job), loaded.facts) if loaded and job else None


def region_handout(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A RegionHandout by `round_id`, `questionnaire` and `job_id`."""
    loaded = region_result(session, args)
    job = _job(session, args, loaded.object) if loaded else None
    return Loaded(RegionHandout(loaded.object, job), loaded.facts) if loaded and job else None


def public_handout(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A PublicHandout by `round_id` and `job_id`."""
    loaded = public_round(session, args)
    job = _job(session, args, *loaded.object.found) if loaded else None
    return Loaded(PublicHandout(loaded.object, job), loaded.facts) if loaded and job else None


def _job(session: Session, args: Mapping[str, Any], *found: ReleasedResult) -> Job | None:
    """The job of a document that is of one of these results."""
    job = session.get(Job, args["job_id"])
    return job if job is not None and job.result_id in {each.result.id for each in found} else None

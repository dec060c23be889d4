"""Loading a copy of a respondent's own answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from a2p.access.loading import Loaded, invitation
from a2p.store.round_tables import Invitation, Job, QuestionnaireVersion


@dataclass(frozen=True, slots=True)
class CopyJob:
    """An invitation with the job that makes a copy of its answers to one questionnaire."""

    invitation: Invitation
    version: QuestionnaireVersion
    job: Job


def copy_job(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A CopyJob by `invitation_id` and `job_id`."""
    loaded = invitation(session, args)
    job = session.get(Job, args["job_id"])
    if loaded is None or job is None or job.invitation_id != args["invitation_id"]:
        return None
    version = session.get(QuestionnaireVersion, job.version_id)
    return Loaded(CopyJob(loaded.object, version, job), loaded.facts) if version else None

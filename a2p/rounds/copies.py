"""Copies of a respondent's own answers: asked for by whoever holds the invitation, made by a worker."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.answering import answers_of
from a2p.store.round_tables import Invitation, Job, QuestionnaireVersion

COPY = "copy"


class NothingToCopy(Exception):
    """Nothing was saved yet."""


def order_copy(session: Session, invitation: Invitation, version: QuestionnaireVersion, documents: Path) -> Job:
    """The job of a copy of what is saved now. One made since the last save is used again; older files are deleted.

    NothingToCopy before the first save.
    """
    response = answers_of(session, invitation, version).response
    if response is None:
        raise NothingToCopy
    earlier = list(
        session.scalars(
            select(Job)
            .where(Job.invitation_id == invitation.id, Job.version_id == version.id, Job.kind == COPY)
            .order_by(Job.id.desc())
        )
    )
    fresh = [job for job in earlier if job.created >= response.saved and job.state != "failed"]
    if fresh and (fresh[0].file is None or (documents / fresh[0].file).is_file()):
        return fresh[0]
    for job in earlier:
        if job.file is not None:
            (documents / job.file).unlink(missing_ok=True)
    made = Job(partnership_id=invitation.partnership_id, invitation_id=invitation.id, version_id=version.id, kind=COPY)
    session.add(made)
    session.flush()
    return made

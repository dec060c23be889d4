"""What the copy of a respondent's own answers is made from, read when it is made and as they may still have it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from a2p.documents.own_copy import OwnCopy
from a2p.rounds.answering import answers_of
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Invitation, Job, QuestionnaireVersion


def copy_of(session: Session, job: Job) -> OwnCopy | None:
    """The answers as they are saved now; None if the invitation is not in force any more."""
    invitation = session.get(Invitation, job.invitation_id)
    version = session.get(QuestionnaireVersion, job.version_id)
    if invitation is None or version is None or invitation.withdrawn is not None:
        return None
    answers = answers_of(session, invitation, version)
    if answers.response is None:
        return None
    return OwnCopy(
        partnership=invitation.round.partnership.name,
        round=invitation.round.name,
        name=invitation.name,
        organisation=invitation.organisation.name if invitation.organisation else "",
        together=invitation.round.together,
        councillor=invitation.councillor is not None,
        saved=answers.response.saved,
        submitted=answers.response.submitted,
        definition=definition_of(version),
        answers=answers.plain,
    )


def make_copy(copy: OwnCopy) -> bytes:
    """The copy as a PDF. WeasyPrint is imported here, so that only workers load it."""
    from a2p.documents.own_copy import own_copy

    return own_copy(copy)

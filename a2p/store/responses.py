"""Finding and starting responses: one for each invitation and questionnaire, and one for the coordinator's facts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from a2p.store.round_tables import Invitation, QuestionnaireVersion, Response, Round


def find_response(
    session: Session, round_: Round, version: QuestionnaireVersion, invitation: Invitation | None
) -> Response | None:
    """The response of an invitation to a questionnaire of its round; without an invitation, the coordinator's facts."""
    whose = Response.invitation_id.is_(None) if invitation is None else Response.invitation_id == invitation.id
    return session.scalar(
        select(Response).where(Response.round_id == round_.id, Response.version_id == version.id, whose)
    )


def start_response(
    session: Session, round_: Round, version: QuestionnaireVersion, invitation: Invitation | None
) -> Response:
    """The response, begun now if it is not there. Two windows that begin at once get the same one."""
    found = find_response(session, round_, version, invitation)
    if found is not None:
        return found
    begun = Response(
        partnership_id=round_.partnership_id,
        round_id=round_.id,
        version_id=version.id,
        invitation_id=invitation.id if invitation else None,
    )
    try:
        with session.begin_nested():
            session.add(begun)
    except IntegrityError:
        found = find_response(session, round_, version, invitation)
        if found is None:
            raise
        return found
    return begun

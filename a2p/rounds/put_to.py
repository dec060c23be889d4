"""Which questionnaires are put to whom: all of the round's, unless some were chosen for a person."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from a2p.store.round_tables import Invitation, InvitationQuestionnaire, QuestionnaireVersion


def put_to(version: QuestionnaireVersion) -> ColumnElement[bool]:
    """Whether a questionnaire of the round is put to the person of an Invitation, as a condition in a statement."""
    chosen = exists().where(InvitationQuestionnaire.invitation_id == Invitation.id)
    return ~chosen | chosen.where(InvitationQuestionnaire.version_id == version.id)

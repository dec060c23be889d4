"""Everybody whose response counts, as scoring takes them: numbers and answers, no names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from a2p.rounds.put_to import put_to
from a2p.scoring.answers import Answer, Councillor, Layer, Respondent, Sector
from a2p.store.answers import read_many
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Response, Round


def submitted_respondents(session: Session, round_: Round, version: QuestionnaireVersion) -> list[Respondent]:
    """Everybody whose response counts, with their answers; ids are the invitations', no names."""
    rows = session.execute(
        select(Response.id, Invitation)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .where(
            Response.round_id == round_.id,
            Response.version_id == version.id,
            Response.submitted.is_not(None),
            Invitation.withdrawn.is_(None),
            put_to(version),
        )
        .options(selectinload(Invitation.organisation))
    ).all()
    answers = read_many(session, [response_id for response_id, _ in rows])
    return [_respondent(invitation, answers[response_id]) for response_id, invitation in rows]


def _respondent(invitation: Invitation, answers: Mapping[str, Answer]) -> Respondent:
    organisation = invitation.organisation
    return Respondent(
        id=str(invitation.id),
        organisation=str(organisation.id) if organisation else "",
        sector=cast("Sector | None", organisation and organisation.sector),
        councillor=cast("Councillor | None", invitation.councillor),
        layer=cast("Layer | None", invitation.layer),
        answers=answers,
    )

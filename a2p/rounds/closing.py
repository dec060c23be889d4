"""Closing a round: its results are computed once, frozen and kept; nothing is computed for anybody before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from a2p.definition.model import Kind
from a2p.rounds.evidence import coordinator_input
from a2p.rounds.opening import lock
from a2p.scoring.answers import Answer, Councillor, Layer, Respondent, Sector
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.frozen_file import content_hash, frozen_json, without_internal
from a2p.scoring.score import Header, score
from a2p.scoring.shortfalls import Shortfall, shortfalls
from a2p.store.answers import read_many
from a2p.store.base import LONDON, now
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Response, Result, Round
from a2p.store.tables import Installation


def close_round(session: Session, round_: Round, *, at: datetime | None = None) -> list[Result]:
    """Close a round and freeze its results, one a questionnaire. A round already closed gives the results it has."""
    lock(session, round_, alone=True)
    if round_.closed is not None:
        return list(session.scalars(select(Result).where(Result.round_id == round_.id)))
    round_.closed = at or now()
    return [_freeze(session, round_, version) for version in round_.versions]


def warnings_before_closing(session: Session, round_: Round) -> dict[str, tuple[Shortfall, ...]]:
    """What would fall short if the round closed now, by questionnaire id: counts and names of sections, no scores."""
    return {
        version.questionnaire: shortfalls(result_if_closed(session, round_, version)) for version in round_.versions
    }


def result_if_closed(session: Session, round_: Round, version: QuestionnaireVersion) -> FrozenResult:
    """The result that closing now would freeze. For freezing and for counting what falls short; never to be shown."""
    respondents = submitted_respondents(session, round_, version)
    started = _count_started(session, round_, version) - len(respondents)
    return score(
        definition_of(version),
        respondents,
        header=_header(session, round_),
        sha256=version.base_sha256,
        overlays=(version.overlay_sha256,) if version.overlay_sha256 else (),
        together=round_.together,
        coordinator=coordinator_input(session, round_, version),
        started=started,
        invited_organisations=None if round_.together else _invited_organisations(session, round_),
    )


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


def _count_started(session: Session, round_: Round, version: QuestionnaireVersion) -> int:
    """Responses begun or submitted by people who are still invited."""
    counted = session.scalar(
        select(func.count())
        .select_from(Response)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .where(Response.round_id == round_.id, Response.version_id == version.id, Invitation.withdrawn.is_(None))
    )
    return counted or 0


def _invited_organisations(session: Session, round_: Round) -> int:
    counted = session.scalar(
        select(func.count(Invitation.organisation_id.distinct())).where(
            Invitation.round_id == round_.id, Invitation.withdrawn.is_(None)
        )
    )
    return counted or 0


def _freeze(session: Session, round_: Round, version: QuestionnaireVersion) -> Result:
    result = result_if_closed(session, round_, version)
    kept = Result(
        partnership_id=round_.partnership_id,
        round_id=round_.id,
        version_id=version.id,
        sha256=content_hash(result),
        document=frozen_json(without_internal(result)).decode(),
        internal=json.dumps([voice.model_dump(mode="json") for voice in result.internal or ()]),
    )
    session.add(kept)
    session.flush()
    return kept


def _header(session: Session, round_: Round) -> Header:
    return Header(
        partnership=round_.partnership.name,
        kind=cast("Kind", round_.partnership.kind),
        round=round_.name,
        opened=_day(round_.opened),
        closed=_day(round_.closed),
        attribution=cast("Literal['private', 'open']", round_.attribution),
        demo=bool(session.scalar(select(Installation.demo))),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(LONDON).date() if moment else None

"""Closing a round: its results are computed once, frozen and kept; nothing is computed for anybody before."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.definition.model import Kind
from a2p.rounds.editions import editions_of, internal_part, judged
from a2p.rounds.evidence import coordinator_input
from a2p.rounds.gathering import gather
from a2p.rounds.opening import lock
from a2p.rounds.put_to import put_to
from a2p.rounds.respondents import submitted_respondents
from a2p.rounds.scores import write_scores
from a2p.scoring.editions import said_by
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.frozen_file import content_hash, frozen_json, without_internal
from a2p.scoring.score import Header, score
from a2p.scoring.shortfalls import Shortfall, shortfalls
from a2p.store.audit import SYSTEM, Actor, record
from a2p.store.base import LONDON, now
from a2p.store.definitions import definition_of
from a2p.store.letters import cancel_letters
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Response, Result, Round
from a2p.store.tables import Installation


def close_round(session: Session, round_: Round, *, at: datetime | None = None, by: Actor = SYSTEM) -> list[Result]:
    """Close a round and freeze its results, one a questionnaire, beside those of earlier closings.

    A round already closed gives the results it has.
    """
    lock(session, round_, alone=True)
    if round_.closed is not None:
        return [editions_of(session, round_.id, version.id)[-1] for version in round_.versions]
    round_.closed = at or now()
    cancel_letters(session, round_id=round_.id)
    results = [_freeze(session, round_, version) for version in round_.versions]
    detail = {"edition": results[0].edition} if results else {}
    record(
        session, "closed the round", by=by, of=f"round {round_.id}", partnership_id=round_.partnership_id, detail=detail
    )
    return results


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
        overlays=version.overlays,
        together=round_.together,
        coordinator=coordinator_input(session, round_, version),
        started=started,
        invited_organisations=None if round_.together else _invited_organisations(session, round_, version),
    )


def _count_started(session: Session, round_: Round, version: QuestionnaireVersion) -> int:
    """Responses begun or submitted by people who are still invited."""
    counted = session.scalar(
        select(func.count())
        .select_from(Response)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .where(Response.round_id == round_.id, Response.version_id == version.id, Invitation.withdrawn.is_(None))
        .where(put_to(version))
    )
    return counted or 0


def _invited_organisations(session: Session, round_: Round, version: QuestionnaireVersion) -> int:
    """The organisations that are asked this questionnaire: who is not asked is not missed."""
    counted = session.scalar(
        select(func.count(Invitation.organisation_id.distinct())).where(
            Invitation.round_id == round_.id, Invitation.withdrawn.is_(None), put_to(version)
        )
    )
    return counted or 0


def _freeze(session: Session, round_: Round, version: QuestionnaireVersion) -> Result:
    result = result_if_closed(session, round_, version)
    said = said_by(result.definition, submitted_respondents(session, round_, version))
    place = judged(session, round_, version, said)
    kept = Result(
        partnership_id=round_.partnership_id,
        round_id=round_.id,
        version_id=version.id,
        edition=place.edition,
        sha256=content_hash(result),
        document=frozen_json(without_internal(result)).decode(),
        internal=internal_part(result, said),
        shown=place.shown,
        held_back=place.held_back,
        frozen=round_.closed or now(),
    )
    session.add(kept)
    session.flush()
    write_scores(session, kept)
    gather(session, kept)
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

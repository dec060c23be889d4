"""What the coordinator alone gives: evidence beside the partners' answers, and the facts that are asked once."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.answering import Answers
from a2p.rounds.opening import RoundClosed
from a2p.scoring.answers import Answer, CoordinatorInput, EvidenceNote
from a2p.store.answers import Stored, StoredEvidence, read_answers, read_evidence, save_answers, save_evidence
from a2p.store.base import now
from a2p.store.round_tables import QuestionnaireVersion, Response, Round


def facts_of(session: Session, round_: Round, version: QuestionnaireVersion) -> Answers:
    """The coordinator's facts so far."""
    response = _facts_response(session, round_, version)
    return Answers(response, read_answers(session, response.id) if response else {})


def save_facts(
    session: Session,
    round_: Round,
    version: QuestionnaireVersion,
    given: Mapping[str, Answer],
    seen: Mapping[str, int],
) -> dict[str, Stored]:
    """Save facts by question id; returns clashes. RoundClosed after the round is closed."""
    _refuse_if_closed(round_)
    response = _facts_response(session, round_, version)
    if response is None:
        response = Response(partnership_id=round_.partnership_id, round_id=round_.id, version_id=version.id)
        session.add(response)
        session.flush()
    response.saved = now()
    return save_answers(session, response.id, given, seen)


def evidence_of(session: Session, round_: Round, version: QuestionnaireVersion) -> dict[str, StoredEvidence]:
    """The coordinator's evidence so far, by question id."""
    return read_evidence(session, round_.id, version.id)


def keep_evidence(
    session: Session,
    round_: Round,
    version: QuestionnaireVersion,
    given: Mapping[str, EvidenceNote],
    seen: Mapping[str, int],
) -> dict[str, StoredEvidence]:
    """Save evidence by question id; returns clashes. RoundClosed after the round is closed."""
    _refuse_if_closed(round_)
    return save_evidence(session, (round_.partnership_id, round_.id, version.id), given, seen)


def coordinator_input(session: Session, round_: Round, version: QuestionnaireVersion) -> CoordinatorInput:
    """Evidence and facts as scoring takes them."""
    evidence = {question: stored.evidence for question, stored in evidence_of(session, round_, version).items()}
    return CoordinatorInput(evidence, facts_of(session, round_, version).plain)


def _facts_response(session: Session, round_: Round, version: QuestionnaireVersion) -> Response | None:
    return session.scalar(
        select(Response).where(
            Response.round_id == round_.id, Response.version_id == version.id, Response.invitation_id.is_(None)
        )
    )


def _refuse_if_closed(round_: Round) -> None:
    if round_.closed is not None:
        raise RoundClosed

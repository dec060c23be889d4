"""What the coordinator alone gives: evidence beside the partners' answers, and the facts that are asked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from a2p.definition.model import Section
from a2p.rounds.answering import Answers, facts_progress
from a2p.rounds.opening import RoundClosed, lock
from a2p.scoring.answers import Answer, CoordinatorInput, EvidenceNote
from a2p.store.answers import Stored, StoredEvidence, read_answers, read_evidence, save_answers, save_evidence
from a2p.store.base import now
from a2p.store.definitions import definition_of
from a2p.store.responses import find_response, start_response
from a2p.store.round_tables import QuestionnaireVersion, Round


@dataclass(frozen=True, slots=True)
class OwnSection:
    """A section of the coordinator's own, and how far it is, in words."""

    section: Section
    far: str


def facts_of(session: Session, round_: Round, version: QuestionnaireVersion) -> Answers:
    """The coordinator's facts so far."""
    response = find_response(session, round_, version, None)
    return Answers(response, read_answers(session, response.id) if response else {})


def save_facts(
    session: Session,
    round_: Round,
    version: QuestionnaireVersion,
    given: Mapping[str, Answer],
    seen: Mapping[str, int],
) -> dict[str, Stored]:
    """Save facts by question id; returns clashes. RoundClosed after the round is closed."""
    _refuse_if_closed(session, round_)
    response = start_response(session, round_, version, None)
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
    _refuse_if_closed(session, round_)
    return save_evidence(session, (round_.partnership_id, round_.id, version.id), given, seen)


def coordinator_input(session: Session, round_: Round, version: QuestionnaireVersion) -> CoordinatorInput:
    """Evidence and facts as scoring takes them."""
    evidence = {question: stored.evidence for question, stored in evidence_of(session, round_, version).items()}
    return CoordinatorInput(evidence, facts_of(session, round_, version).plain)


def own_part(session: Session, round_: Round, version: QuestionnaireVersion) -> tuple[OwnSection, ...]:
    """The sections of a questionnaire that ask the coordinator something, and how far each is."""
    facts = facts_of(session, round_, version).plain
    notes = evidence_of(session, round_, version)
    sections = [each for each in definition_of(version).sections if "coordinator" in each.answered_by]
    return tuple(OwnSection(each, _far(each, facts, notes)) for each in sections)


def _far(section: Section, facts: Mapping[str, Answer], notes: Mapping[str, StoredEvidence]) -> str:
    """How far facts are; how many pieces of evidence there are, none of which is needed."""
    if section.is_facts:
        return facts_progress(section, facts).capitalize()
    given = [notes[question.id].evidence for question in section.scale_questions if question.id in notes]
    count = sum(note.level is not None or bool(note.note or note.links) for note in given)
    return f"{count} of {len(section.scale_questions)} given"


def _refuse_if_closed(session: Session, round_: Round) -> None:
    lock(session, round_, alone=False)
    if round_.closed is not None:
        raise RoundClosed

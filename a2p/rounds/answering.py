"""Answering: what a respondent has said so far, saving a section, submitting, correcting until the round closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from a2p.definition.model import Question, Questionnaire, Section, TextQuestion
from a2p.rounds.opening import RoundClosed, is_open, lock
from a2p.scoring.answers import Answer, State
from a2p.scoring.shown import shown_questions
from a2p.store.answers import Stored, read_answers, save_answers
from a2p.store.base import now, today
from a2p.store.responses import find_response, start_response
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Response, Round


class Progress(StrEnum):
    """How far a section has got. DONE: every question shown is answered (in any state but blank) or is free text."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Answers:
    """A response as it stands: its row (None before the first save) and the stored answers by question id."""

    response: Response | None
    stored: Mapping[str, Stored]

    @property
    def plain(self) -> dict[str, Answer]:
        """The answers without their editions."""
        return {question: stored.answer for question, stored in self.stored.items()}


def answers_of(session: Session, invitation: Invitation, version: QuestionnaireVersion) -> Answers:
    """What this invitation has answered to this questionnaire so far."""
    response = find_response(session, invitation.round, version, invitation)
    return Answers(response, read_answers(session, response.id) if response else {})


def save_section(
    session: Session,
    invitation: Invitation,
    version: QuestionnaireVersion,
    given: Mapping[str, Answer],
    seen: Mapping[str, int],
    by: str = "",
) -> dict[str, Stored]:
    """Save answers by question id, each seen at an edition (0: none). Returns clashes; RoundClosed if it is too late.

    `by` is who it was in a round answered together, for the others to see. Commit before telling anybody that it is
    saved.
    """
    _refuse_if_closed(session, invitation.round)
    response = start_response(session, invitation.round, version, invitation)
    response.saved = now()
    return save_answers(session, response.id, given, seen, by)


def submit(session: Session, invitation: Invitation, version: QuestionnaireVersion) -> Response:
    """Submit; doing it again changes nothing but keeps corrections counted. RoundClosed if it is too late."""
    _refuse_if_closed(session, invitation.round)
    response = start_response(session, invitation.round, version, invitation)
    response.submitted = response.submitted or now()
    return response


def sections_for(definition: Questionnaire, invitation: Invitation) -> tuple[Section, ...]:
    """The sections put to this respondent, in order."""
    councillor = invitation.councillor is not None
    return tuple(section for section in definition.sections if section.is_put_to(councillor=councillor))


def progress(
    definition: Questionnaire, section: Section, answers: Mapping[str, Answer], *, councillor: bool
) -> Progress:
    """How far a section has got, counting only the questions that this respondent is shown."""
    shown = {question.id for question in shown_questions(definition, councillor=councillor, answers=answers)}
    return _progress([question for question in section.questions if question.id in shown], answers)


def minutes_left(definition: Questionnaire, answers: Mapping[str, Answer], *, councillor: bool) -> int | None:
    """About how many minutes the questions take that this respondent has yet to answer, of those the whole takes.

    0 when all that is asked for is answered (free text is not); None where the definition gives no time.
    """
    if definition.minutes is None:
        return None
    shown = shown_questions(definition, councillor=councillor, answers=answers)
    needed = [question for question in shown if not isinstance(question, TextQuestion)]
    blank = [q for q in needed if q.id not in answers or answers[q.id].state is State.BLANK]
    return -(-definition.minutes * len(blank) // len(needed)) if needed else 0


def facts_progress(section: Section, answers: Mapping[str, Answer]) -> Progress:
    """How far a section of the coordinator's facts has got."""
    return _progress(section.questions, answers)


def _progress(questions: Sequence[Question], answers: Mapping[str, Answer]) -> Progress:
    done = {q.id for q in questions if q.id in answers and answers[q.id].state is not State.BLANK}
    needed = {q.id for q in questions if not isinstance(q, TextQuestion)} or {q.id for q in questions}
    if needed <= done:
        return Progress.DONE
    return Progress.IN_PROGRESS if done else Progress.NOT_STARTED


def _refuse_if_closed(session: Session, round_: Round) -> None:
    lock(session, round_, alone=False)
    if not is_open(round_, today()):
        raise RoundClosed

"""Frozen results read back, and what of them somebody may be shown. Nobody is handed more than disclosure lets out."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Literal, cast

from sqlalchemy.orm import Session

from a2p.rounds.gathering import comments_of
from a2p.rounds.respondents import submitted_respondents
from a2p.scoring.disclosure import Audience, Disclosed, disclose
from a2p.scoring.frozen_file import read_frozen
from a2p.scoring.releases import To
from a2p.scoring.remarks import Remark, remarks_of
from a2p.store.definitions import definition_of
from a2p.store.outcome_tables import Comment, CommentReading
from a2p.store.round_tables import QuestionnaireVersion, Result, Round

SHOWN_TO = {To.RESPONDENTS: Audience.RESPONDENTS, To.REGION: Audience.COORDINATOR, To.PUBLIC: Audience.RESPONDENTS}
"""As whom those see a result to whom it is released."""


class NotShown(Exception):
    """The result is kept, but shown to nobody: beside an earlier one it would give somebody away."""


def disclosed(result: Result, audience: Audience = Audience.COORDINATOR) -> Disclosed:
    """What `audience` may see of a frozen result: every minimum of the promise is applied, for pages and documents.

    NotShown for a result that stands too close to an earlier one of its round.
    """
    if not result.shown:
        raise NotShown
    return _disclosed(result.sha256, result.document, audience, held_back(result))


def held_back(result: Result) -> frozenset[str] | None:
    """The questions of which a successor shows nothing; None for a result that had nothing before it."""
    return None if result.held_back is None else frozenset(json.loads(result.held_back))


def remarks(session: Session, result: Result) -> tuple[Remark, ...]:
    """What was written in a round answered together, which everybody on it may see; in a round answered apart what was
    left to be shown when the comments were read over, and nothing before."""
    round_ = session.get_one(Round, result.round_id)
    version = session.get_one(QuestionnaireVersion, result.version_id)
    if round_.together:
        return remarks_of(definition_of(version), submitted_respondents(session, round_, version))
    sections = {question.id: each.id for each in definition_of(version).sections for question in each.questions}
    found = [
        Remark(
            sections[each.question], each.question, each.text, cast('Literal["comment", "reason", "answer"]', each.kind)
        )
        for each in shown_comments(session, result)
    ]
    return tuple(sorted(found, key=lambda remark: (remark.kind, remark.text)))


def shown_comments(session: Session, result: Result) -> tuple[Comment, ...]:
    """The comments of a round answered apart that were read over and not hidden."""
    if session.get(CommentReading, result.id) is None:
        return ()
    return tuple(each for each in readable(session, result) if each.hidden is None)


def hidden_comments(session: Session, result: Result) -> int:
    """How many comments their reader hid, once they have read them over."""
    if session.get(CommentReading, result.id) is None:
        return 0
    return sum(1 for each in readable(session, result) if each.hidden is not None)


def readable(session: Session, result: Result) -> tuple[Comment, ...]:
    """The comments that are put before their reader: none that its writer withheld, and none on a question of which
    nothing is shown."""
    if not result.shown:
        return ()
    hidden = _withheld_questions(disclosed(result))
    return tuple(each for each in comments_of(session, result) if each.withheld is None and each.question not in hidden)


def _withheld_questions(shown: Disclosed) -> frozenset[str]:
    sections = shown.result.sections
    questions = {each.id for section in sections for each in section.questions if each.withheld}
    return frozenset(questions | {each.id for section in sections for each in section.values if each.withheld})


@lru_cache(maxsize=16)  # a quarter of a megabyte each, and a batch asks for hundreds
def _disclosed(_digest: str, document: str, audience: Audience, held: frozenset[str] | None) -> Disclosed:
    return disclose(read_frozen(document.encode()), audience, held)

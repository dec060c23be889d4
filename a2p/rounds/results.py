"""Frozen results read back, and what of them somebody may be shown. Nobody is handed more than disclosure lets out."""

from __future__ import annotations

import json
from functools import lru_cache

from sqlalchemy.orm import Session

from a2p.rounds.respondents import submitted_respondents
from a2p.scoring.disclosure import Audience, Disclosed, disclose
from a2p.scoring.frozen_file import read_frozen
from a2p.scoring.remarks import Remark, remarks_of
from a2p.store.definitions import definition_of
from a2p.store.round_tables import QuestionnaireVersion, Result, Round


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
    """What was written in a round answered together, which everybody on it may see. In a round answered apart nothing
    yet: comments wait until somebody outside the coordinator's organisation has read them over."""
    round_ = session.get_one(Round, result.round_id)
    if not round_.together:
        return ()
    version = session.get_one(QuestionnaireVersion, result.version_id)
    return remarks_of(definition_of(version), submitted_respondents(session, round_, version))


@lru_cache(maxsize=64)
def _disclosed(_digest: str, document: str, audience: Audience, held: frozenset[str] | None) -> Disclosed:
    return disclose(read_frozen(document.encode()), audience, held)

"""The results of one round beside one another, one edition for each closing; and whether a new one may be shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.results import disclosed
from a2p.scoring.editions import Said, difference, seen_in
from a2p.scoring.frozen import FrozenResult
from a2p.store.definitions import definition_of
from a2p.store.round_tables import QuestionnaireVersion, Result, Round


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new result stands: its edition, whether it may be shown, and what of it is held back (as JSON)."""

    edition: int
    shown: bool
    held_back: str | None


def editions_of(session: Session, round_id: int, version_id: int) -> list[Result]:
    """The results of a round on one questionnaire, shown or not, the first closing's first."""
    found = select(Result).where(Result.round_id == round_id, Result.version_id == version_id)
    return list(session.scalars(found.order_by(Result.edition)))


def judged(session: Session, round_: Round, version: QuestionnaireVersion, said: Mapping[str, Said]) -> Place:
    """Whether a result that counts what was `said` may be shown beside the earlier ones that were shown.

    A round answered together has one answer that everybody on it may see. An earlier result whose people were erased
    meanwhile can't be compared with: then the new one is not shown.
    """
    before = editions_of(session, round_.id, version.id)
    edition = before[-1].edition + 1 if before else 1
    earlier = [] if round_.together else [result for result in before if result.shown]
    if not earlier:
        return Place(edition, True, None)
    held: set[str] = set()
    for result in earlier:
        old = said_in(result)
        if old is None:
            return Place(edition, False, "[]")
        between = difference(definition_of(version), old, said, seen_in(disclosed(result)))
        if not between.hides_everybody:
            return Place(edition, False, "[]")
        held |= between.too_small
    return Place(edition, True, json.dumps(sorted(held)))


def internal_part(result: FrozenResult, said: Mapping[str, Said]) -> str:
    """What of a result never leaves the site: the voices, each with the marks of what it counted for."""
    voices = [voice.model_dump(mode="json") for voice in result.internal or ()]
    return json.dumps([{**voice, "marks": dict(said[voice["respondent"]].marks)} for voice in voices])


def said_in(result: Result) -> dict[str, Said] | None:
    """What each response of a kept result counted for; None where that was erased or never kept."""
    if result.internal is None:
        return None
    voices = json.loads(result.internal)
    if any("marks" not in voice for voice in voices):
        return None
    return {
        voice["respondent"]: Said(voice["organisation"], voice["councillor"] is not None, voice["marks"])
        for voice in voices
    }

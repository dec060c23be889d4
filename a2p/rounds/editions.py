"""The results of one round beside one another, one edition for each closing; and whether a new one may be shown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.results import disclosed
from a2p.scoring.editions import Memory, Said, seen_in, verdict
from a2p.scoring.frozen import FrozenResult
from a2p.store.definitions import definition_of
from a2p.store.round_tables import DestroyedResult, QuestionnaireVersion, Result, Round


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
    """Whether a result that counts what was `said` may be shown beside the earlier ones that were shown, be they kept
    or destroyed.

    A round answered together has one answer that everybody on it may see. An earlier result whose people were erased
    meanwhile can't be compared with: then the new one is not shown.
    """
    before, gone = editions_of(session, round_.id, version.id), destroyed_of(session, round_.id, version.id)
    edition = 1 + max([*(each.edition for each in before), *(each.edition for each in gone)], default=0)
    earlier = [] if round_.together else [result for result in before if result.shown]
    memories = [Memory(said_in(each.internal), seen_in(disclosed(each))) for each in earlier]
    memories += [Memory(said_in(each.internal), frozenset(json.loads(each.seen)), of_some=True) for each in gone]
    if not memories:
        return Place(edition, True, None)
    found = verdict(definition_of(version), memories, said)
    return Place(edition, found.shown, json.dumps(sorted(found.held_back)))


def destroyed_of(session: Session, round_id: int, version_id: int) -> list[DestroyedResult]:
    """The results that were shown and are destroyed, the oldest first."""
    found = select(DestroyedResult).where(
        DestroyedResult.round_id == round_id, DestroyedResult.version_id == version_id
    )
    return list(session.scalars(found.order_by(DestroyedResult.id)))


def somebody_was_erased(session: Session, result: Result) -> bool:
    """Whether a result was worked out again without somebody, after it had been shown with them."""
    gone = destroyed_of(session, result.round_id, result.version_id)
    return any(each.edition == result.edition for each in gone)


def remember(session: Session, result: Result, without: AbstractSet[str]) -> None:
    """Keep what the next results must be compared with of a result that is to be destroyed, for people are erased from
    it. Nothing of a result that was shown to nobody."""
    if result.shown:
        session.add(
            DestroyedResult(
                partnership_id=result.partnership_id,
                round_id=result.round_id,
                version_id=result.version_id,
                result_id=result.id,
                edition=result.edition,
                seen=json.dumps(sorted(seen_in(disclosed(result)))),
                internal=_left(result.internal, without),
                frozen=result.frozen,
            )
        )


def forget(session: Session, round_: Round, people: AbstractSet[str]) -> None:
    """Take people who are erased out of what is remembered of destroyed results."""
    for each in session.scalars(select(DestroyedResult).where(DestroyedResult.round_id == round_.id)):
        each.internal = _left(each.internal, people)


def _left(internal: str | None, without: AbstractSet[str]) -> str | None:
    if internal is None:
        return None
    return json.dumps([voice for voice in json.loads(internal) if voice["respondent"] not in without])


def internal_part(result: FrozenResult, said: Mapping[str, Said]) -> str:
    """What of a result never leaves the site: the voices, each with the marks of what it counted for."""
    voices = [voice.model_dump(mode="json") for voice in result.internal or ()]
    return json.dumps([{**voice, "marks": dict(said[voice["respondent"]].marks)} for voice in voices])


def said_in(internal: str | None) -> dict[str, Said] | None:
    """What each response counted for, of the internal part of a result; None where that was erased or never kept."""
    if internal is None:
        return None
    voices = json.loads(internal)
    if any("marks" not in voice for voice in voices):
        return None
    return {
        voice["respondent"]: Said(voice["organisation"], voice["councillor"] is not None, voice["marks"])
        for voice in voices
    }

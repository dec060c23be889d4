"""Loading what is about releases: a proposal of a round, one by its mailed link, and what an audience may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.loading import AskedQuestionnaire, Loaded, answering, of_round, round_
from a2p.access.policy import Facts
from a2p.scoring.releases import To
from a2p.store.definitions import definition_of
from a2p.store.outcome_tables import Release
from a2p.store.releases import Released, released, released_result
from a2p.store.round_tables import Invitation, Result, Round
from a2p.store.tokens import token_hash


@dataclass(frozen=True, slots=True)
class OfferedRelease:
    """A decision on a round's release, waiting or not, with the round."""

    round: Round
    release: Release


@dataclass(frozen=True, slots=True)
class ReleaseLink:
    """What a mailed link is for: None if it was cut off, is used up or its proposal was taken back."""

    token: str
    offered: OfferedRelease | None


@dataclass(frozen=True, slots=True)
class ReleasedResult:
    """A result that may be shown to an audience, with what of it."""

    asked: AskedQuestionnaire
    shown: Released
    result: Result


@dataclass(frozen=True, slots=True)
class OwnResult:
    """A result released to those who answered, for one of them."""

    invitation: Invitation
    found: ReleasedResult


@dataclass(frozen=True, slots=True)
class PublicRound:
    """A round whose results are public, by questionnaire in the round's order."""

    round: Round
    found: tuple[ReleasedResult, ...]


def release(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An OfferedRelease by `round_id` and `release_id`."""
    found = session.get(Release, args["release_id"])
    if found is None or found.round_id != args["round_id"]:
        return None
    of = session.get_one(Round, found.round_id)
    return Loaded(OfferedRelease(of, found), of_round(of))


def release_link(session: Session, args: Mapping[str, Any]) -> Loaded:
    """A ReleaseLink by `token`. Who has the link may use it."""
    waits = select(Release).where(Release.token_hash == token_hash(args["token"]), Release.state == "proposed")
    found = session.scalar(waits)
    offered = OfferedRelease(session.get_one(Round, found.round_id), found) if found else None
    return Loaded(ReleaseLink(args["token"], offered), Facts())


def released_to_region(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A ReleasedResult by `round_id` and `questionnaire`, as the region may see it."""
    loaded = round_(session, args)
    if loaded is None:
        return None
    for found in released_results(session, loaded.object, To.REGION):
        if found.asked.version.questionnaire == args["questionnaire"]:
            return Loaded(found, loaded.facts)
    return None


def own_result(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An OwnResult by `invitation_id` and `questionnaire`."""
    loaded = answering(session, args)
    if loaded is None:
        return None
    for found in released_results(session, loaded.object.invitation.round, To.RESPONDENTS):
        if found.asked.version.id == loaded.object.asked.version.id:
            return Loaded(OwnResult(loaded.object.invitation, found), loaded.facts)
    return None


def public_round(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A PublicRound by `round_id`. None, as if it were not there, for a round of which nothing is public."""
    found = session.get(Round, args["round_id"])
    results = released_results(session, found, To.PUBLIC) if found else ()
    return Loaded(PublicRound(found, results), Facts()) if found and results else None


def released_results(session: Session, of: Round, to: To) -> tuple[ReleasedResult, ...]:
    """Every result of a round that an audience may see figures of."""
    shown = released(session, of, to)
    found = [(version, released_result(session, of, version, shown)) for version in of.versions]
    return tuple(
        ReleasedResult(AskedQuestionnaire(of, version, definition_of(version)), shown, result)
        for version, result in found
        if result is not None
    )

"""The region's partnerships with their rounds: take-up in counts, and how much each released; nothing about answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from a2p.rounds.directory import Turnout
from a2p.rounds.opening import Standing, standing
from a2p.rounds.regional_rounds import places_of
from a2p.scoring.releases import To
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.releases import Released, released_of
from a2p.store.round_tables import (
    Invitation,
    InvitationQuestionnaire,
    QuestionnaireVersion,
    Response,
    Round,
    RoundQuestionnaire,
)
from a2p.store.tables import Partnership

NOBODY = Turnout(0, 0, 0, 0)
A_PAGE = 20
"""Partnerships on a page."""


@dataclass(frozen=True, slots=True)
class TakeUp:
    """A round as the region sees it: what it asks, where it stands, how many were asked and have submitted, and what of
    it was released to the region."""

    round: Round
    titles: tuple[str, ...]
    standing: Standing
    turnout: Turnout
    released: Released


@dataclass(frozen=True, slots=True)
class ListedPartnership:
    """A partnership of the region with its rounds, the newest first."""

    partnership: Partnership
    rounds: tuple[TakeUp, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which partnerships somebody looks for: by a part of the name, the kind, or the county area (the number of the
    partnership at its top); empty and None for all."""

    name: str = ""
    kind: str = ""
    area: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of partnerships, of `pages` counted from 1; `matching` of `every` are looked for."""

    places: tuple[ListedPartnership, ...]
    matching: int
    every: int
    page: int
    pages: int


def page_of(session: Session, region_id: int, sought: Sought, page: int = 1) -> Listing:
    """A page of the partnerships looked for, by name; the last one where there are not so many."""
    every = places_of(session, region_id, date.min)
    wanted = [
        place.id
        for place in every
        if sought.name.casefold() in place.name.casefold()
        and sought.kind in ("", place.kind)
        and sought.area in (None, place.area)
    ]
    pages = max(1, -(-len(wanted) // A_PAGE))
    page = min(max(1, page), pages)
    shown = wanted[(page - 1) * A_PAGE : page * A_PAGE]
    return Listing(take_up(session, region_id, shown), len(wanted), len(every), page, pages)


def take_up(session: Session, region_id: int, only: Collection[int] | None = None) -> tuple[ListedPartnership, ...]:
    """Every partnership of the region by name, or those of some numbers; those that ended with the rounds they had."""
    found = select(Partnership).where(Partnership.region_id == region_id).order_by(Partnership.name)
    places = session.scalars(found if only is None else found.where(Partnership.id.in_(only))).all()
    rounds = session.scalars(
        select(Round)
        .where(Round.partnership_id.in_([place.id for place in places]))
        .order_by(Round.opened.desc(), Round.id.desc())
    ).all()
    titles = _titles(session, region_id)
    turnouts = _turnouts(session, region_id)
    released = released_of(session, rounds, To.REGION)
    listed: dict[int, list[TakeUp]] = {place.id: [] for place in places}
    for round_ in rounds:
        seen = TakeUp(
            round_,
            tuple(titles.get(round_.id, ())),
            standing(round_, today()),
            turnouts.get(round_.id, NOBODY),
            released[round_.id],
        )
        listed[round_.partnership_id].append(seen)
    return tuple(ListedPartnership(place, tuple(listed[place.id])) for place in places)


def _rounds_of(region_id: int) -> Select[int]:
    of_region = select(Round.id).join(Partnership, Partnership.id == Round.partnership_id)
    return of_region.where(Partnership.region_id == region_id)


def _titles(session: Session, region_id: int) -> dict[int, list[str]]:
    """The titles of what each round of a region asks, in its order."""
    asks = RoundQuestionnaire
    found = select(asks.round_id, asks.version_id).where(asks.round_id.in_(_rounds_of(region_id)))
    rows = session.execute(found.order_by(asks.round_id, asks.position)).all()
    versions = select(QuestionnaireVersion).where(QuestionnaireVersion.id.in_({version for _, version in rows}))
    words = {version.id: definition_of(version).title for version in session.scalars(versions)}
    titles: dict[int, list[str]] = {}
    for round_id, version_id in rows:
        titles.setdefault(round_id, []).append(words[version_id])
    return titles


def _turnouts(session: Session, region_id: int) -> dict[int, Turnout]:
    """The turnout of each round of a region that anybody is invited to, in one statement. Who has submitted did so to
    every questionnaire that is put to them."""
    rounds = _rounds_of(region_id)
    only = _many(InvitationQuestionnaire.invitation_id, InvitationQuestionnaire.round_id.in_(rounds))
    submitted = _many(Response.invitation_id, Response.round_id.in_(rounds) & Response.submitted.is_not(None))
    asked = _many(RoundQuestionnaire.round_id, RoundQuestionnaire.round_id.in_(rounds))
    has_submitted = func.coalesce(submitted.c.many, 0) >= func.coalesce(only.c.many, asked.c.many)
    organisation = func.coalesce(Invitation.organisation_id, 0)
    counted = (
        select(
            Invitation.round_id,
            func.count(),
            func.count(case((has_submitted, 1))),
            func.count(organisation.distinct()),
            func.count(case((has_submitted, organisation)).distinct()),
        )
        .join(asked, asked.c.of == Invitation.round_id)
        .join(only, only.c.of == Invitation.id, isouter=True)
        .join(submitted, submitted.c.of == Invitation.id, isouter=True)
        .where(Invitation.withdrawn.is_(None), Invitation.passed_to_id.is_(None))
        .group_by(Invitation.round_id)
    )
    return {round_id: Turnout(*turnout) for round_id, *turnout in session.execute(counted)}


def _many(of: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], which: ColumnElement[bool]) -> Subquery:
    """How many rows there are of each."""
    return select(of.label("of"), func.count().label("many")).where(which).group_by(of).subquery()

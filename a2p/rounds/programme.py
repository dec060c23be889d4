"""The region's partnerships with their rounds: take-up in counts, and how much each released; nothing about answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from a2p.rounds.directory import Turnout
from a2p.rounds.opening import Standing, standing
from a2p.rounds.regional_rounds import places_of
from a2p.scoring.releases import To
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.releases import Released, released_of
from a2p.store.round_tables import Invitation, InvitationQuestionnaire, Response, Round
from a2p.store.tables import Partnership

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
        .options(selectinload(Round.versions))
    ).all()
    turnouts = _turnouts(session, rounds)
    released = released_of(session, rounds, To.REGION)
    listed: dict[int, list[TakeUp]] = {place.id: [] for place in places}
    for round_ in rounds:
        titles = tuple(definition_of(version).title for version in round_.versions)
        seen = TakeUp(round_, titles, standing(round_, today()), turnouts[round_.id], released[round_.id])
        listed[round_.partnership_id].append(seen)
    return tuple(ListedPartnership(place, tuple(listed[place.id])) for place in places)


def _turnouts(session: Session, rounds: Sequence[Round]) -> dict[int, Turnout]:
    """The turnout of each round in a few statements, whatever the number of rounds."""
    ids = [round_.id for round_ in rounds]
    asked = {round_.id: len(round_.versions) for round_ in rounds}
    only = _counted(session, ids, InvitationQuestionnaire)
    submitted = _counted(session, ids, Response)
    people: dict[int, list[tuple[int | None, bool]]] = {round_id: [] for round_id in ids}
    for row in session.execute(
        select(Invitation.id, Invitation.round_id, Invitation.organisation_id).where(
            Invitation.round_id.in_(ids), Invitation.withdrawn.is_(None), Invitation.passed_to_id.is_(None)
        )
    ):
        wanted = only.get(row.id, asked[row.round_id])
        people[row.round_id].append((row.organisation_id, submitted.get(row.id, 0) >= wanted))
    return {round_id: _turnout(each) for round_id, each in people.items()}


def _counted(
    session: Session, rounds: Sequence[int], table: type[InvitationQuestionnaire | Response]
) -> dict[int | None, int]:
    """Rows by invitation; of responses the submitted ones."""
    rows = select(table.invitation_id, func.count().label("many")).where(table.round_id.in_(rounds))
    if table is Response:
        rows = rows.where(Response.submitted.is_not(None))
    return {row.invitation_id: row.many for row in session.execute(rows.group_by(table.invitation_id))}


def _turnout(people: Sequence[tuple[int | None, bool]]) -> Turnout:
    return Turnout(
        len(people),
        sum(submitted for _, submitted in people),
        len({organisation for organisation, _ in people}),
        len({organisation for organisation, submitted in people if submitted}),
    )

"""The region's partnerships with their rounds: take-up in counts, and how much each released; nothing about answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from a2p.rounds.directory import Turnout
from a2p.rounds.opening import Standing, standing
from a2p.scoring.releases import To
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.releases import Released, released_of
from a2p.store.round_tables import Invitation, InvitationQuestionnaire, Response, Round
from a2p.store.tables import Partnership


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


def take_up(session: Session, region_id: int) -> tuple[ListedPartnership, ...]:
    """Every partnership of the region by name, those that ended with the rounds they had."""
    found = select(Partnership).where(Partnership.region_id == region_id).order_by(Partnership.name)
    places = session.scalars(found).all()
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

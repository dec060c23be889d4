"""Everybody there is, by place: for the demo's page, where one chooses who to be. No other page may list them so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from a2p.rounds.directory import Invitee, people_of, rounds_of
from a2p.store.base import today
from a2p.store.round_tables import Round
from a2p.store.tables import Grant, Partnership, Person, Region


@dataclass(frozen=True, slots=True)
class Staff:
    """A person with the role they have in a place."""

    person: Person
    role: str


@dataclass(frozen=True, slots=True)
class ListedPartnership:
    """A partnership with its staff and the people of its open rounds."""

    partnership: Partnership
    staff: tuple[Staff, ...]
    open_rounds: tuple[tuple[Round, tuple[Invitee, ...]], ...]


@dataclass(frozen=True, slots=True)
class ListedRegion:
    """A region with its staff and its partnerships, by name."""

    region: Region
    staff: tuple[Staff, ...]
    partnerships: tuple[ListedPartnership, ...]


@dataclass(frozen=True, slots=True)
class Everybody:
    """The installation's administrators, and all else by region."""

    administrators: tuple[Staff, ...]
    regions: tuple[ListedRegion, ...]


ORDER = ("coordinator", "chair", "facilitator", "comment reader", "programme manager", "administrator")


def everybody(session: Session) -> Everybody:
    """Everybody whose grant is in force today, and the invited of every open round."""
    grants = list(
        session.scalars(
            select(Grant)
            .where(Grant.confirmed.is_not(None), Grant.ended.is_(None), Grant.starts <= today())
            .where(or_(Grant.ends.is_(None), Grant.ends >= today()))
            .options(joinedload(Grant.person))
        )
    )
    regions = session.scalars(select(Region).order_by(Region.name))
    return Everybody(
        _staff(grant for grant in grants if grant.role == "administrator"),
        tuple(_region(session, region, grants) for region in regions),
    )


def _region(session: Session, region: Region, grants: list[Grant]) -> ListedRegion:
    partnerships = session.scalars(
        select(Partnership).where(Partnership.region_id == region.id).order_by(Partnership.name)
    )
    return ListedRegion(
        region,
        _staff(grant for grant in grants if grant.region_id == region.id),
        tuple(_partnership(session, each, grants) for each in partnerships),
    )


def _partnership(session: Session, partnership: Partnership, grants: list[Grant]) -> ListedPartnership:
    rounds = [round_ for round_ in rounds_of(session, partnership) if round_.closed is None]
    return ListedPartnership(
        partnership,
        _staff(grant for grant in grants if grant.partnership_id == partnership.id),
        tuple((round_, tuple(people_of(session, round_))) for round_ in rounds),
    )


def _staff(grants: Iterable[Grant]) -> tuple[Staff, ...]:
    """By role and name, each person once a role: somebody may facilitate two rounds."""
    found = {(ORDER.index(grant.role), grant.person.name, grant.person_id): grant for grant in grants}
    return tuple(Staff(found[key].person, found[key].role) for key in sorted(found))

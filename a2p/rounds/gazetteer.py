"""The places there are: regions with their counts, partnerships to search among, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from a2p.rounds.places import fits_above
from a2p.store.base import today
from a2p.store.grants import in_force
from a2p.store.round_tables import Round
from a2p.store.tables import Grant, Partnership, PartnershipChange, Region

PAGE = 50


@dataclass(frozen=True, slots=True)
class RegionListed:
    """A region and how many partnerships it has that go on."""

    region: Region
    partnerships: int


@dataclass(frozen=True, slots=True)
class PlaceListed:
    """A partnership in the list: how many coordinate it today, and how many of its rounds are open."""

    partnership: Partnership
    coordinators: int
    open_rounds: int


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: a text in the name, a region (None: any), which page of the list."""

    text: str = ""
    region_id: int | None = None
    page: int = 1


def regions(session: Session) -> list[RegionListed]:
    """Every region, by name."""
    counted = select(Partnership.region_id, func.count()).where(Partnership.ended.is_(None))
    numbers = _counted(session, counted.group_by(Partnership.region_id))
    found = session.scalars(select(Region).order_by(Region.name))
    return [RegionListed(each, numbers.get(each.id, 0)) for each in found]


def find(session: Session, sought: Sought) -> tuple[list[PlaceListed], int]:
    """A page of the partnerships looked for, by name, and how many there are in all."""
    found = select(Partnership)
    if sought.region_id is not None:
        found = found.where(Partnership.region_id == sought.region_id)
    if sought.text:
        found = found.where(func.lower(Partnership.name).contains(sought.text.lower(), autoescape=True))
    number = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    page = found.order_by(Partnership.name, Partnership.id).limit(PAGE).offset(PAGE * (sought.page - 1))
    places = session.scalars(page.options(joinedload(Partnership.region))).all()
    ids = [each.id for each in places]
    coordinated = _counted(
        session,
        select(Grant.partnership_id, func.count(Grant.person_id.distinct()))
        .where(Grant.role == "coordinator", in_force(today()), Grant.partnership_id.in_(ids))
        .group_by(Grant.partnership_id),
    )
    opened = _counted(
        session,
        select(Round.partnership_id, func.count())
        .where(Round.closed.is_(None), Round.partnership_id.in_(ids))
        .group_by(Round.partnership_id),
    )
    return [PlaceListed(each, coordinated.get(each.id, 0), opened.get(each.id, 0)) for each in places], number


def history(session: Session, place: Partnership) -> list[PartnershipChange]:
    """What became of a partnership, newest first."""
    found = select(PartnershipChange).where(PartnershipChange.partnership_id == place.id)
    newest_first = found.order_by(PartnershipChange.at.desc(), PartnershipChange.id.desc())
    return list(session.scalars(newest_first.options(joinedload(PartnershipChange.other))))


def others_in_region(session: Session, region_id: int, place: Partnership | None = None) -> list[Partnership]:
    """The partnerships of a region that go on, without this one, by name: those to choose one from."""
    found = select(Partnership).where(Partnership.region_id == region_id, Partnership.ended.is_(None))
    rows = session.scalars(found.order_by(Partnership.name))
    return [each for each in rows if place is None or each.id != place.id]


def may_stand_above(others: list[Partnership]) -> list[Partnership]:
    """Those of them that another partnership may stand below."""
    return [each for each in others if any(fits_above(kind, each.kind) for kind in ("district", "local"))]


def by_label(session: Session) -> dict[str, Region | Partnership]:
    """Everything that a role may be over, by what names it and nothing else: a region by its name, a partnership that
    goes on by its name and its region's."""
    found: dict[str, Region | Partnership] = {each.name: each for each in session.scalars(select(Region))}
    return found | {label: each for label, each in every_partnership(session).items() if each.ended is None}


def every_partnership(session: Session) -> dict[str, Partnership]:
    """Every partnership there is or was, by what names it and no other."""
    found = select(Partnership).options(joinedload(Partnership.region)).order_by(Partnership.name, Partnership.id)
    return {label_of(each): each for each in session.scalars(found)}


def label_of(place: Region | Partnership) -> str:
    """What names a place and no other."""
    return f"{place.name} ({place.region.name})" if isinstance(place, Partnership) else place.name


def _counted(session: Session, found: Select[int | None, int]) -> dict[int | None, int]:
    return {row[0]: row[1] for row in session.execute(found)}

"""Regions and partnerships: made, renamed, given a place above, ended and revived, each with its history kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.model import Kind
from a2p.store.audit import Actor, record
from a2p.store.round_tables import Round
from a2p.store.tables import Partnership, PartnershipChange, Region

# The kinds that may stand above a kind.
ABOVE: Mapping[Kind, tuple[Kind, ...]] = {
    "county": (),
    "unitary": (),
    "district": ("county",),
    "local": ("district", "unitary", "county"),
}


class PlaceRefused(Exception):
    """What was asked can't be done and nothing was changed. The text says why; `field` is what it is about."""

    def __init__(self, text: str, field: str = "name") -> None:
        self.field = field
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Described:
    """What an administrator says of a partnership."""

    name: str
    kind: Kind
    above: Partnership | None = None


def add_region(session: Session, name: str, *, by: Actor) -> Region:
    """A region of this name. PlaceRefused if there is one."""
    _refuse_region(session, name, None)
    region = Region(name=name)
    session.add(region)
    session.flush()
    record(session, "added the region", by=by, of=f"region {region.id}")
    return region


def rename_region(session: Session, region: Region, name: str, *, by: Actor) -> None:
    """Another name for a region. PlaceRefused if another has it."""
    _refuse_region(session, name, region.id)
    if name != region.name:
        region.name = name
        record(session, "renamed the region", by=by, of=f"region {region.id}")


def create(session: Session, region: Region, described: Described, *, by: Actor) -> Partnership:
    """A partnership in a region. PlaceRefused if the name is taken there or the one above does not fit."""
    _refuse_described(session, region.id, described, None)
    made = Partnership(
        region_id=region.id,
        name=described.name,
        kind=described.kind,
        above_id=described.above.id if described.above else None,
    )
    session.add(made)
    session.flush()
    note(session, made, "made")
    record(session, "made the partnership", by=by, of=f"partnership {made.id}", partnership_id=made.id)
    return made


def change(session: Session, place: Partnership, described: Described, *, by: Actor) -> None:
    """Another name, kind or place above. Rounds keep what they were opened with. PlaceRefused says what is wrong."""
    _refuse_described(session, place.region_id, described, place)
    about = f"partnership {place.id}"
    if place.name != described.name:
        note(session, place, "renamed", old_name=place.name)
        record(session, "renamed the partnership", by=by, of=about, partnership_id=place.id)
    above_id = described.above.id if described.above else None
    if (place.kind, place.above_id) != (described.kind, above_id):
        detail = {"kind": described.kind}
        record(session, "changed the kind or place of", by=by, of=about, partnership_id=place.id, detail=detail)
    place.name, place.kind, place.above_id = described.name, described.kind, above_id
    session.flush()


def end(session: Session, place: Partnership, last_day: date, *, by: Actor) -> None:
    """End a partnership after a day; what it did stays readable to those who have a role in it.

    PlaceRefused while a round of it is open.
    """
    refuse_open_rounds(session, place)
    if place.ended is not None:
        raise PlaceRefused(f"{place.name} has ended already.", "day")
    place.ended = last_day
    note(session, place, "ended")
    detail = {"last day": last_day.isoformat()}
    about = f"partnership {place.id}"
    record(session, "ended the partnership", by=by, of=about, partnership_id=place.id, detail=detail)


def revive(session: Session, place: Partnership, *, by: Actor) -> None:
    """Take back the end of a partnership. One that goes on stays as it is."""
    if place.ended is None:
        return
    place.ended = None
    note(session, place, "revived")
    record(session, "revived the partnership", by=by, of=f"partnership {place.id}", partnership_id=place.id)


def note(
    session: Session, place: Partnership, what: str, *, other: Partnership | None = None, old_name: str = ""
) -> None:
    """A line of a partnership's history. With an `other`, `old_name` is the name of the one that it came from; without,
    its own name before."""
    session.add(
        PartnershipChange(partnership_id=place.id, what=what, other_id=other.id if other else None, old_name=old_name)
    )


def refuse_open_rounds(session: Session, place: Partnership) -> None:
    """PlaceRefused if a round of the partnership is not closed. Held until the commit: none is opened beside it."""
    session.refresh(place, ["ended"], with_for_update={"of": Partnership})
    names = session.scalars(
        select(Round.name).where(Round.partnership_id == place.id, Round.closed.is_(None)).order_by(Round.id)
    ).all()
    if names:
        raise PlaceRefused(
            f"{place.name} has a round that is open: {', '.join(names)}. Its coordinator closes it first.", "day"
        )


def fits_above(kind: str, above: str) -> bool:
    """Whether a partnership of one kind may stand below one of another."""
    return any(each == kind and above in over for each, over in ABOVE.items())


def below(session: Session, place: Partnership) -> list[Partnership]:
    """The partnerships that name this one as the one above."""
    return list(session.scalars(select(Partnership).where(Partnership.above_id == place.id).order_by(Partnership.name)))


def _refuse_region(session: Session, name: str, but: int | None) -> None:
    for other in session.scalars(select(Region)):
        if other.id != but and other.name.casefold() == name.casefold():
            raise PlaceRefused(f"There is a region called {other.name} already")


def _refuse_described(session: Session, region_id: int, described: Described, place: Partnership | None) -> None:
    for other in session.scalars(select(Partnership).where(Partnership.region_id == region_id)):
        if other is not place and other.name.casefold() == described.name.casefold():
            raise PlaceRefused(f"There is a partnership called {other.name} in this region already")
    above = described.above
    if above and (above is place or above.region_id != region_id or not fits_above(described.kind, above.kind)):
        raise PlaceRefused(
            f"A {described.kind} partnership can’t stand below {above.name}, a {above.kind} partnership", "above"
        )
    misfits = [each for each in (below(session, place) if place else []) if not fits_above(each.kind, described.kind)]
    if misfits:
        names = ", ".join(each.name for each in misfits)
        raise PlaceRefused(f"It can’t become {described.kind} while {names} stands below it", "kind")

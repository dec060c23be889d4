"""Partnerships from a list: what each row would do, and doing it, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.model import Kind
from a2p.definition.problems import closest
from a2p.rounds.places import Described, create, fits_above
from a2p.store.audit import Actor
from a2p.store.tables import Partnership, Region

# Those that others stand below come first.
_ORDER: tuple[Kind, ...] = ("county", "unitary", "district", "local")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A partnership as a list names it: with the row it stands in; `above` is "" without one above it."""

    row: int
    name: str
    kind: Kind
    above: str
    region: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A row and what becomes of it: it is added, or `known` (there already, just so), or `against` says why not."""

    place: NamedPlace
    known: bool = False
    against: str = ""


class NotAll(Exception):
    """A row can't be taken, so none was."""


@dataclass(frozen=True, slots=True)
class _There:
    """What is on the site: regions by name, and partnerships by region and name, all in small letters."""

    regions: dict[str, Region]
    places: dict[tuple[str, str], Partnership]


def plan(session: Session, listed: Iterable[NamedPlace]) -> list[Planned]:
    """What each row would do, in the order of the list. Nothing is changed."""
    rows, there = list(listed), _there(session)
    kinds: dict[tuple[str, str], str] = {key: place.kind for key, place in there.places.items()}
    seen: set[tuple[str, str]] = set()
    planned = {}
    for row in sorted(rows, key=lambda each: _ORDER.index(each.kind)):
        planned[row] = _planned(row, there, kinds, seen)
        seen.add(_key(row))
        kinds.setdefault(_key(row), row.kind)
    return [planned[row] for row in rows]


def carry_out(session: Session, listed: Iterable[NamedPlace], *, by: Actor) -> int:
    """Add what is new; returns how many. NotAll if anything is against a row: then nothing is added."""
    rows = plan(session, listed)
    if any(each.against for each in rows):
        raise NotAll
    there = _there(session)
    fresh = sorted((each.place for each in rows if not each.known), key=lambda each: _ORDER.index(each.kind))
    for place in fresh:
        above = there.places[_key(place, place.above)] if place.above else None
        region = there.regions[place.region.casefold()]
        there.places[_key(place)] = create(session, region, Described(place.name, place.kind, above), by=by)
    return len(fresh)


def _planned(row: NamedPlace, there: _There, kinds: dict[tuple[str, str], str], seen: set[tuple[str, str]]) -> Planned:
    if row.region.casefold() not in there.regions:
        meant = closest(row.region, [region.name for region in there.regions.values()])
        hint = f" (did you mean {meant}?)" if meant else ": add it first"
        return Planned(row, against=f"there is no region {row.region}{hint}")
    if _key(row) in seen:
        return Planned(row, against=f"{row.name} stands in the list twice")
    known = there.places.get(_key(row))
    if known is not None:
        same = known.kind == row.kind and (known.above.name if known.above else "").casefold() == row.above.casefold()
        return (
            Planned(row, known=True) if same else Planned(row, against="it is here already, with another kind or place")
        )
    if row.above:
        above = kinds.get(_key(row, row.above))
        if above is None:
            return Planned(row, against=f"there is no {row.above} in this region or this list")
        if not fits_above(row.kind, above):
            return Planned(row, against=f"a {row.kind} partnership can’t stand below {row.above}, a {above} one")
    return Planned(row)


def _key(row: NamedPlace, name: str = "") -> tuple[str, str]:
    return row.region.casefold(), (name or row.name).casefold()


def _there(session: Session) -> _There:
    regions = {each.name.casefold(): each for each in session.scalars(select(Region))}
    names = {each.id: each.name.casefold() for each in regions.values()}
    places = session.scalars(select(Partnership))
    return _There(regions, {(names[each.region_id], each.name.casefold()): each for each in places})

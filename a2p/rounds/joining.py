"""Partnerships that become one, or several: their people go along, rounds and results stay where they were."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from a2p.rounds.places import Described, PlaceRefused, below, create, fits_above, note, refuse_open_rounds
from a2p.store.audit import Actor, record
from a2p.store.round_tables import Invitation
from a2p.store.tables import Contact, Organisation, Partnership


@dataclass(frozen=True, slots=True)
class Moved:
    """What went along: organisations new to where they went, people, and people who were known there already."""

    organisations: int
    people: int
    known: int


@dataclass(frozen=True, slots=True)
class Part:
    """A partnership to be made out of another: what it is, and the organisations whose people it starts with."""

    described: Described
    organisations: Collection[int] = ()


def merge(session: Session, old: Partnership, into: Partnership, last_day: date, *, by: Actor) -> Moved:
    """End a partnership by merging it into another; its organisations and people go there, those known there don't.

    Rounds and results stay with the old one, readable by those who have a role in it. PlaceRefused while a round of the
    old one is open, if either has ended, or if they lie in two regions.
    """
    refuse_open_rounds(session, old)
    if old.id == into.id or old.region_id != into.region_id:
        raise PlaceRefused("Choose another partnership of the same region", "into")
    for each in (old, into):
        if each.ended is not None:
            raise PlaceRefused(f"{each.name} has ended already", "into")
    moved = _bring(session, old, into, _organisations(session, old), leave=True)
    for each in below(session, old):
        if fits_above(each.kind, into.kind) and each.id != into.id:
            each.above_id = into.id
    old.ended = last_day
    note(session, old, "merged", other=into)
    note(session, into, "merged", other=old, old_name=old.name)
    detail: dict[str, str | int] = {"last day": last_day.isoformat(), "people": moved.people}
    for place, what in ((old, "merged into another the partnership"), (into, "took in another the partnership")):
        record(session, what, by=by, of=f"partnership {place.id}", partnership_id=place.id, detail=detail)
    return moved


def split(session: Session, old: Partnership, part: Part, *, by: Actor, last_day: date | None = None) -> Partnership:
    """Make a partnership out of another, with copies of the people of some organisations. With a last day the old one
    ends after it. PlaceRefused for a name that is taken, or if the old one is to end and has an open round."""
    if last_day is not None:
        refuse_open_rounds(session, old)
    made = create(session, old.region, part.described, by=by)
    chosen = [each for each in _organisations(session, old) if each.id in set(part.organisations)]
    moved = _bring(session, old, made, chosen, leave=False)
    note(session, old, "split", other=made)
    note(session, made, "split", other=old, old_name=old.name)
    if last_day is not None:
        old.ended = last_day
        note(session, old, "ended")
    detail: dict[str, str | int] = {"people": moved.people}
    if last_day is not None:
        detail["last day"] = last_day.isoformat()
    about = f"partnership {old.id}"
    record(session, "split the partnership", by=by, of=about, partnership_id=old.id, detail=detail)
    return made


def organisations_of(session: Session, place: Partnership) -> list[Organisation]:
    """A partnership's organisations by name, without those that were merged into another."""
    return _organisations(session, place)


def _organisations(session: Session, place: Partnership) -> list[Organisation]:
    found = select(Organisation).where(Organisation.partnership_id == place.id, Organisation.merged_into_id.is_(None))
    return list(session.scalars(found.order_by(Organisation.name)))


def _bring(
    session: Session, old: Partnership, new: Partnership, chosen: Collection[Organisation], *, leave: bool
) -> Moved:
    """Bring organisations with their people; with `leave` the people are no longer in the old partnership."""
    there = {each.name.casefold(): each for each in _organisations(session, new)}
    added = [each for each in chosen if each.name.casefold() not in there]
    for each in added:
        organisation = Organisation(partnership_id=new.id, name=each.name, sector=each.sector)
        session.add(organisation)
        there[each.name.casefold()] = organisation
    session.flush()
    known = {_who(each) for each in _contacts(session, new)}
    homes = {each.id: there[each.name.casefold()] for each in chosen}
    coming = [each for each in _contacts(session, old) if each.organisation_id in homes]
    fresh = [each for each in coming if _who(each) not in known]
    session.add_all([_copy(each, new, homes[each.organisation_id]) for each in fresh])
    session.flush()
    if leave:
        _forget(session, old, fresh)
    return Moved(len(added), len(fresh), len(coming) - len(fresh))


def _contacts(session: Session, place: Partnership) -> list[Contact]:
    return list(session.scalars(select(Contact).where(Contact.partnership_id == place.id).order_by(Contact.id)))


def _who(contact: Contact) -> tuple[str, ...]:
    """By what somebody is known again: their address, or without one their name and organisation."""
    return (contact.email,) if contact.email else (contact.name.casefold(), contact.organisation.name.casefold())


def _copy(contact: Contact, new: Partnership, organisation: Organisation) -> Contact:
    return Contact(
        partnership_id=new.id,
        organisation_id=organisation.id,
        name=contact.name,
        email=contact.email,
        councillor=contact.councillor,
        layer=contact.layer,
    )


def _forget(session: Session, old: Partnership, gone: Collection[Contact]) -> None:
    """The invitations of closed rounds keep what they say; they no longer lead to a person to invite again."""
    ids = [each.id for each in gone]
    session.execute(
        update(Invitation)
        .where(Invitation.partnership_id == old.id, Invitation.contact_id.in_(ids))
        .values(contact_id=None)
    )
    for each in gone:
        session.delete(each)
    session.flush()

"""Practitioner associates: asked by a region's programme manager, seen by nobody before they agreed, gone when they
say so. Their mailed link is their key; each letter brings a fresh one, and the one before stops."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from a2p.rounds.region_lock import hold_region
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.letters import Draft, write_letter
from a2p.store.region_tables import Associate, Introduction
from a2p.store.tables import Region

ASSOCIATE = Actor(None, "associate")
MOST_DAYS = 366


class AssociateRefused(Exception):
    """Nothing was changed; the text says why."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What an associate says of themselves. `sections` as questionnaire/section."""

    name: str
    organisation: str
    days: int
    about: str
    sections: tuple[str, ...]


def ask(session: Session, region: Region, name: str, email: str, by: Actor) -> Associate:
    """Ask somebody to be an associate; they get a letter. AssociateRefused for an address that was asked before."""
    hold_region(session, region)
    known = select(Associate.id).where(Associate.region_id == region.id, func.lower(Associate.email) == email.lower())
    if session.scalar(known) is not None:
        raise AssociateRefused("This address was asked already. Send the link again from the list")
    row = Associate(region_id=region.id, name=name, email=email, days=0)
    session.add(row)
    session.flush()
    _note(session, row, "asked somebody to be an associate", by)
    _send(session, row)
    return row


def send_again(session: Session, row: Associate, by: Actor) -> None:
    """Send a fresh link; the one before stops when the letter goes. AssociateRefused where somebody withdrew."""
    session.refresh(row, with_for_update=True)
    if row.withdrawn is not None or not row.email:
        raise AssociateRefused("They withdrew, and get no more letters")
    _note(session, row, "sent an associate a fresh link", by)
    _send(session, row)


def agree(session: Session, row: Associate, offer: Offer, seen: int) -> None:
    """Agree, or change what is offered. AssociateRefused where it was changed in another window since edition `seen`,
    or withdrawn."""
    session.refresh(row, with_for_update=True)
    if row.withdrawn is not None:
        raise AssociateRefused("You have withdrawn")
    if row.edition != seen:
        raise AssociateRefused(
            "This was changed in another window. Nothing of yours is saved yet; save again to keep it"
        )
    row.name, row.organisation, row.about = offer.name, offer.organisation, offer.about
    row.days, row.sections = offer.days, json.dumps(offer.sections)
    row.edition += 1
    first = row.agreed is None
    row.agreed = row.agreed or now()
    _note(session, row, "agreed to be an associate" if first else "changed what they offer", ASSOCIATE)


def withdraw(session: Session, row: Associate, by: Actor = ASSOCIATE) -> None:
    """Take an associate off the list at once; what they were proposed for and isn't settled ends. Their details are
    erased some time later (rounds/retention.py)."""
    session.refresh(row, with_for_update=True)
    if row.withdrawn is None:
        row.withdrawn = now()
        row.edition += 1
        open_ones = (Introduction.associate_id == row.id) & Introduction.ended.is_(None)
        session.execute(update(Introduction).where(open_ones).values(ended=row.withdrawn))
        _note(session, row, "withdrew as an associate" if by is ASSOCIATE else "took an associate off the list", by)


def associates_of(session: Session, region_id: int, section: str = "") -> Sequence[Associate]:
    """A region's associates by name, those who were asked and not erased; of a section, those who agreed to help on
    it."""
    found = select(Associate).where(Associate.region_id == region_id, Associate.email != "")
    rows = session.scalars(found.order_by(Associate.name, Associate.id)).all()
    if not section:
        return rows
    return [row for row in rows if row.agreed and not row.withdrawn and section in json.loads(row.sections)]


def _send(session: Session, row: Associate) -> None:
    before = select(func.count()).where(Letter.key.startswith(f"associate/{row.id}/"))
    key = f"associate/{row.id}/{session.scalar(before)}"
    write_letter(session, Draft("associate", key, row.email, options={"associate_id": row.id}))


def _note(session: Session, row: Associate, done: str, by: Actor) -> None:
    record(session, done, by=by, of=f"associate {row.id}", detail={"region": row.region_id})

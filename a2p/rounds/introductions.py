"""Introducing who asks for help to who could give it, step by step: neither side is named before both said yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from a2p.region.matching import preference
from a2p.rounds.letters import coordinators_of
from a2p.rounds.matching import matching_of
from a2p.rounds.region_lock import hold_region
from a2p.rounds.support import words_of
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.letters import Draft, write_letter
from a2p.store.region_tables import Associate, Introduction
from a2p.store.tables import Partnership, Person, Region

Side: TypeAlias = Literal["asker", "helper"]


class IntroductionRefused(Exception):
    """Nothing was changed; the text says why."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the other side may write to."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Introduced:
    """An introduction as one side sees it, or (`side` None) the programme manager. `other` is who the other side is:
    in words alone, and by name with contacts once both said yes."""

    row: Introduction
    section: str
    side: Side | None
    other: str
    contacts: tuple[Contact, ...]
    asker: str = ""
    helper: str = ""

    @property
    def both(self) -> bool:
        """Whether both said yes."""
        return self.row.asker_answer == self.row.helper_answer == "yes"

    @property
    def waits(self) -> bool:
        """Whether this side's answer is still to come."""
        answer = self.row.asker_answer if self.side == "asker" else self.row.helper_answer
        return self.row.ended is None and answer is None


def introduce(session: Session, region: Region, wish_id: int, helper: tuple[str, int], by: Actor) -> Introduction:
    """Ask both sides whether they want to be introduced; letters go to both. IntroductionRefused where they are no
    match any more."""
    hold_region(session, region)
    known = matching_of(session, region.id)
    ask = next((each for each in known.waiting if each.id == wish_id), None)
    found = next((each for each in known.helpers if each.key == helper), None)
    if (
        ask is None
        or found is None
        or preference(ask, found) is None
        or (ask.place.id, ask.section, found.key) in known.declined
    ):
        raise IntroductionRefused("They are no match any more. Look at the proposals again")
    row = Introduction(
        region_id=region.id,
        section=ask.section,
        asker_id=ask.place.id,
        helper_id=found.id if found.by == "partnership" else None,
        associate_id=found.id if found.by == "associate" else None,
        proposed_by_id=by.person_id,
    )
    session.add(row)
    session.flush()
    _note(session, row, "proposed an introduction", by)
    _write(session, row, "introduction")
    return row


def answer(session: Session, row: Introduction, side: Side, said: Literal["yes", "no"], by: Actor) -> None:
    """One side's answer. A no ends it, and the other side isn't told who it was; two yeses name each to the other, and
    letters say so. IntroductionRefused where it was answered or ended before."""
    session.refresh(row, with_for_update=True)
    before = row.asker_answer if side == "asker" else row.helper_answer
    if row.ended is not None or before is not None:
        raise IntroductionRefused("This was answered already, or it is over")
    if side == "asker":
        row.asker_answer, row.asker_answered = said, now()
    else:
        row.helper_answer, row.helper_answered = said, now()
    if said == "no":
        row.ended = now()
    _note(session, row, f"said {said} to an introduction", by)
    session.flush()
    if row.asker_answer == row.helper_answer == "yes":
        _write(session, row, "introduced")


def end(session: Session, row: Introduction, reason: str, by: Actor) -> None:
    """End an introduction: it is not proposed again. A second time changes nothing."""
    session.refresh(row, with_for_update=True)
    if row.ended is None:
        row.ended, row.reason = now(), reason
        _note(session, row, "ended an introduction", by)


def in_region(session: Session, region_id: int) -> Sequence[Introduced]:
    """All introductions of a region as its programme manager sees them, the newest first."""
    found = select(Introduction).where(Introduction.region_id == region_id).order_by(Introduction.id.desc())
    words = words_of(session, region_id)
    return [
        Introduced(row, words.get(row.section, row.section), None, "", (), _asker(session, row), _helper(session, row))
        for row in session.scalars(found)
    ]


def of_partnership(session: Session, place: Partnership) -> Sequence[Introduced]:
    """A partnership's introductions, the newest first."""
    found = select(Introduction).where(or_(Introduction.asker_id == place.id, Introduction.helper_id == place.id))
    rows = session.scalars(found.order_by(Introduction.id.desc())).all()
    return [seen(session, row, "asker" if row.asker_id == place.id else "helper") for row in rows]


def of_associate(session: Session, associate: Associate) -> Sequence[Introduced]:
    """What an associate was proposed for, the newest first."""
    found = select(Introduction).where(Introduction.associate_id == associate.id).order_by(Introduction.id.desc())
    return [seen(session, row, "helper") for row in session.scalars(found)]


def seen(session: Session, row: Introduction, side: Side) -> Introduced:
    """An introduction as one side sees it: without names until both said yes."""
    words = words_of(session, row.region_id)
    section = words.get(row.section, row.section)
    if row.asker_answer == row.helper_answer == "yes":
        other = _helper(session, row) if side == "asker" else _asker(session, row)
        return Introduced(row, section, side, other, tuple(contacts_of(session, row, _opposite(side))))
    return Introduced(row, section, side, _unnamed(session, row, side), ())


def contacts_of(session: Session, row: Introduction, side: Side) -> list[Contact]:
    """Whom to write to on a side: a partnership's coordinators, or the associate."""
    if side == "helper" and row.associate_id is not None:
        associate = session.get_one(Associate, row.associate_id)
        return [Contact(associate.name, associate.email)] if associate.email else []
    return [Contact(person.name, person.email) for person in _coordinators(session, row, side)]


def _coordinators(session: Session, row: Introduction, side: Side) -> list[Person]:
    place = row.asker_id if side == "asker" else row.helper_id
    return [] if place is None else coordinators_of(session, place)


def _opposite(side: Side) -> Side:
    return "helper" if side == "asker" else "asker"


def _unnamed(session: Session, row: Introduction, side: Side) -> str:
    if row.associate_id is not None:
        return "a practitioner associate" if side == "asker" else "a partnership"
    asker, helper = session.get_one(Partnership, row.asker_id), session.get_one(Partnership, row.helper_id)
    return "a partnership of the same kind" if asker.kind == helper.kind else "another partnership"


def _asker(session: Session, row: Introduction) -> str:
    return session.get_one(Partnership, row.asker_id).name


def _helper(session: Session, row: Introduction) -> str:
    if row.associate_id is not None:
        return session.get_one(Associate, row.associate_id).name
    return session.get_one(Partnership, row.helper_id).name


def _write(session: Session, row: Introduction, purpose: str) -> None:
    """A letter to everybody on both sides."""
    for side in ("asker", "helper"):
        for person in _coordinators(session, row, side):
            place = row.asker_id if side == "asker" else row.helper_id
            options: dict[str, str | int] = {"introduction_id": row.id, "side": side, "person_id": person.id}
            key = f"{purpose}/{row.id}/{side}/{person.id}"
            write_letter(session, Draft(purpose, key, person.email, place, options=options))
    if row.associate_id is not None:
        associate = session.get_one(Associate, row.associate_id)
        to_them: dict[str, str | int] = {"introduction_id": row.id, "side": "helper", "associate_id": associate.id}
        write_letter(session, Draft(purpose, f"{purpose}/{row.id}/associate", associate.email, options=to_them))


def _note(session: Session, row: Introduction, done: str, by: Actor) -> None:
    detail: dict[str, str | int] = {"region": row.region_id, "section": row.section}
    record(session, done, by=by, of=f"introduction {row.id}", detail=detail)

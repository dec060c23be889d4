"""Who has which role: the people of this site, and the grants of a person, a partnership or a region, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from a2p.access.policy import Role
from a2p.scoring.partners import BadAddress, normal_email
from a2p.store.audit import Actor, record
from a2p.store.base import today
from a2p.store.round_tables import Round
from a2p.store.tables import Grant, Person

PAGE = 50
_BY_WEIGHT = (Role.ADMINISTRATOR, Role.MANAGER, Role.CHAIR, Role.COORDINATOR, Role.FACILITATOR, Role.READER)
ORDER = [role.value for role in _BY_WEIGHT]


class Standing(StrEnum):
    """How a grant stands on a day."""

    IN_FORCE = "in force"
    TO_CONFIRM = "waits for the chair"
    TO_BEGIN = "begins later"
    OVER = "over"
    ENDED = "ended"
    REFUSED = "not confirmed"


@dataclass(frozen=True, slots=True)
class Held:
    """A grant as lists show it: whose, what it is over, by name, and how it stands."""

    grant: Grant
    person: Person
    over: str
    standing: Standing

    @property
    def lasts(self) -> bool:
        """Whether it gives something now or later, or may yet."""
        return self.standing in (Standing.IN_FORCE, Standing.TO_CONFIRM, Standing.TO_BEGIN)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in the list of people, with the roles they have or may yet have."""

    person: Person
    held: tuple[Held, ...]


class NotAnAddress(ValueError):
    """The text is no e-mail address."""


class AddressTaken(Exception):
    """Somebody has this address already."""

    def __init__(self, person: Person) -> None:
        self.person = person
        super().__init__(person.name)


def address_of(text: str) -> str:
    """An e-mail address as it is kept, in small letters. NotAnAddress if it is none; the network is not asked."""
    try:
        return normal_email(text)
    except BadAddress as problem:
        raise NotAnAddress(str(problem)) from None


def find_person(session: Session, email: str) -> Person | None:
    """The person with this address, however it is written. NotAnAddress if it is none."""
    return session.scalar(select(Person).where(Person.email == address_of(email)))


def person_numbered(session: Session, number: str) -> Person | None:
    """The person whose number an address gives as text."""
    return session.get(Person, int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None


def add_person(session: Session, name: str, email: str, *, by: Actor) -> Person:
    """Somebody who can be given roles. AddressTaken by another; NotAnAddress."""
    known = find_person(session, email)
    if known is not None:
        raise AddressTaken(known)
    person = Person(name=name, email=address_of(email))
    session.add(person)
    session.flush()
    record(session, "added the person", by=by, of=f"person {person.id}")
    return person


def change_person(session: Session, person: Person, name: str, email: str, *, by: Actor) -> None:
    """Another name or address. AddressTaken by another; NotAnAddress."""
    known = find_person(session, email)
    if known is not None and known.id != person.id:
        raise AddressTaken(known)
    if person.email != address_of(email):
        record(session, "changed the address of", by=by, of=f"person {person.id}")
    elif person.name != name:
        record(session, "changed the name of", by=by, of=f"person {person.id}")
    person.name, person.email = name, address_of(email)


def standing(grant: Grant, on: date) -> Standing:
    """How a grant stands on a day."""
    if grant.ended is not None:
        return Standing.REFUSED if grant.confirmed is None else Standing.ENDED
    if grant.ends is not None and grant.ends < on:
        return Standing.OVER
    if grant.confirmed is None:
        return Standing.TO_CONFIRM
    return Standing.TO_BEGIN if grant.starts > on else Standing.IN_FORCE


def people(session: Session, looked_for: str = "", page: int = 1) -> tuple[list[Listed], int]:
    """A page of the people whose name or address has a text in it, by name, and how many there are in all."""
    found = select(Person)
    if looked_for:
        like = f"%{_escaped(looked_for.lower())}%"
        found = found.where(or_(func.lower(Person.name).like(like, escape="\\"), Person.email.like(like, escape="\\")))
    number = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    rows = session.scalars(found.order_by(Person.name, Person.id).limit(PAGE).offset(PAGE * (page - 1))).all()
    held = _held(session, select(Grant).where(Grant.person_id.in_([person.id for person in rows])))
    listed = [Listed(each, tuple(one for one in held if one.person is each and one.lasts)) for each in rows]
    return listed, number


def grants_of(session: Session, person: Person) -> list[Held]:
    """Every grant a person has or had, those that last first."""
    return _held(session, select(Grant).where(Grant.person_id == person.id))


def grants_on(session: Session, partnership_id: int) -> list[Held]:
    """Every grant on a partnership and its rounds, those that last first."""
    return _held(session, select(Grant).where(Grant.partnership_id == partnership_id))


def managers_of(session: Session, region_id: int) -> list[Held]:
    """Every programme manager's grant over a region, those that last first."""
    return _held(session, select(Grant).where(Grant.region_id == region_id))


def find_held(session: Session, grant: Grant) -> Held:
    """One grant as lists show it."""
    return _held(session, select(Grant).where(Grant.id == grant.id))[0]


def _held(session: Session, found: Select[Grant]) -> list[Held]:
    grants = session.scalars(
        found.options(joinedload(Grant.person), joinedload(Grant.partnership), joinedload(Grant.region))
    ).all()
    rounds = {each.id: each.name for each in session.scalars(_rounds_of(grants))}
    held = [Held(each, each.person, _over(each, rounds), standing(each, today())) for each in grants]
    return sorted(held, key=lambda one: (not one.lasts, ORDER.index(one.grant.role), one.person.name, one.grant.id))


def _rounds_of(grants: Sequence[Grant]) -> Select[Round]:
    return select(Round).where(Round.id.in_([each.round_id for each in grants if each.round_id is not None]))


def _over(grant: Grant, rounds: Mapping[int, str]) -> str:
    """What a grant is over, by name."""
    if grant.partnership is not None:
        return f"{rounds[grant.round_id]}, {grant.partnership.name}" if grant.round_id else grant.partnership.name
    return grant.region.name if grant.region else "this site"


def _escaped(text: str) -> str:
    """A text to look for with LIKE, its wildcards as they are."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

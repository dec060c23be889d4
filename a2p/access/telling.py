"""The letters that grants bring, when they begin and when they end: to who has the role, to everybody who answers for
the partnership, to the chair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, String, cast, exists, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from a2p.access.policy import Role
from a2p.store.base import today
from a2p.store.grants import in_force, stands
from a2p.store.letter_tables import Letter
from a2p.store.letters import Draft, write_letter
from a2p.store.tables import Grant, Person

TOLD_WITHIN = timedelta(days=7)
"""For how long after a role's last day its end is told still, should no worker have run."""


def tell_of(session: Session, grant: Grant) -> None:
    """Tell the person of their grant, and the coordinators and the chair of the partnership that it is on."""
    for person in _told(session, grant):
        _write(session, "grant", grant, person)


def tell_of_end(session: Session, grant: Grant, by: int | None = None) -> None:
    """Tell the same people that a grant is over: ended by the person of this number, or past its last day (None)."""
    for person in _told(session, grant):
        _write(session, "ended", grant, person, {"by": by} if by is not None else {})


def tell_of_ends(session: Session, on: date) -> int:
    """Tell of the roles whose last day passed shortly before this day, each once. Returns how many there were."""
    written = exists().where(Letter.key == literal("ended/") + _text(Grant.id) + "/" + _text(Grant.person_id))
    over = select(Grant).where(stands(), Grant.ends < on, Grant.ends >= on - TOLD_WITHIN, ~written)
    grants = session.scalars(over.order_by(Grant.id)).all()
    for grant in grants:
        tell_of_end(session, grant)
    return len(grants)


def ask_chairs(session: Session, grant: Grant) -> None:
    """Ask the chair to confirm a proposed coordinator."""
    for person in _holders(session, grant, (Role.CHAIR,)):
        if person.id != grant.person_id:
            _write(session, "confirm", grant, person)


def _text(number: InstrumentedAttribute[int]) -> ColumnElement[str]:
    return cast(number, String)


def _told(session: Session, grant: Grant) -> list[Person]:
    told = {session.get_one(Person, grant.person_id), *_holders(session, grant, (Role.COORDINATOR, Role.CHAIR))}
    return sorted(told, key=lambda each: each.id)


def _holders(session: Session, grant: Grant, roles: Iterable[Role]) -> list[Person]:
    if grant.partnership_id is None:
        return []
    found = select(Person).join(Grant, Grant.person_id == Person.id)
    on_it = found.where(Grant.partnership_id == grant.partnership_id, Grant.role.in_([role.value for role in roles]))
    return list(session.scalars(on_it.where(in_force(today())).distinct()))


def _write(
    session: Session, purpose: str, grant: Grant, person: Person, more: Mapping[str, int] = MappingProxyType({})
) -> None:
    draft = Draft(
        purpose,
        f"{purpose}/{grant.id}/{person.id}",
        person.email,
        partnership_id=grant.partnership_id,
        options={"grant_id": grant.id, "person_id": person.id, **more},
    )
    write_letter(session, draft)

"""The letters that grants bring: to who got a role, to everybody who answers for the partnership, to the chair."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.store.base import today
from a2p.store.grants import in_force
from a2p.store.letters import Draft, write_letter
from a2p.store.tables import Grant, Person


def tell_of(session: Session, grant: Grant) -> None:
    """Tell the person of their grant, and the coordinators and the chair of the partnership that it is on."""
    told = {session.get_one(Person, grant.person_id), *_holders(session, grant, (Role.COORDINATOR, Role.CHAIR))}
    for person in sorted(told, key=lambda each: each.id):
        _write(session, "grant", grant, person)


def ask_chairs(session: Session, grant: Grant) -> None:
    """Ask the chair to confirm a proposed coordinator."""
    for person in _holders(session, grant, (Role.CHAIR,)):
        if person.id != grant.person_id:
            _write(session, "confirm", grant, person)


def _holders(session: Session, grant: Grant, roles: Iterable[Role]) -> list[Person]:
    if grant.partnership_id is None:
        return []
    found = select(Person).join(Grant, Grant.person_id == Person.id)
    on_it = found.where(Grant.partnership_id == grant.partnership_id, Grant.role.in_([role.value for role in roles]))
    return list(session.scalars(on_it.where(in_force(today())).distinct()))


def _write(session: Session, purpose: str, grant: Grant, person: Person) -> None:
    draft = Draft(
        purpose,
        f"{purpose}/{grant.id}/{person.id}",
        person.email,
        partnership_id=grant.partnership_id,
        options={"grant_id": grant.id, "person_id": person.id},
    )
    write_letter(session, draft)

"""Who may confirm a release: the chair, or a board member of another organisation than the coordinators'."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from a2p.store.base import today
from a2p.store.grants import in_force
from a2p.store.tables import Contact, Grant, Partnership, Person


@dataclass(frozen=True, slots=True)
class Confirmer:
    """Somebody who may confirm, by a key to choose them by. `person_id` is a chair's; `of` says what they are."""

    key: str
    name: str
    email: str
    of: str
    person_id: int | None = None


def confirmers(session: Session, place: Partnership, proposer_id: int | None) -> tuple[Confirmer, ...]:
    """Everybody who may confirm what this person proposes, chairs first."""
    coordinators = _holders(session, place, "coordinator")
    addresses = {person.email.lower() for person in coordinators}
    if proposer_id is not None:
        addresses.add(session.get_one(Person, proposer_id).email.lower())
    chairs = [person for person in _holders(session, place, "chair") if person.id != proposer_id]
    own = _organisations(session, place, addresses)
    board = [
        contact
        for contact in _contacts(session, place)
        if contact.layer == "board" and contact.organisation_id not in own and contact.email.lower() not in addresses
    ]
    known = {person.email.lower() for person in chairs}
    return (
        *(Confirmer(f"chair-{person.id}", person.name, person.email, "chair", person.id) for person in chairs),
        *(
            Confirmer(f"contact-{contact.id}", contact.name, contact.email, f"board, {contact.organisation.name}")
            for contact in board
            if contact.email.lower() not in known
        ),
    )


def _holders(session: Session, place: Partnership, role: str) -> list[Person]:
    found = select(Person).join(Grant, Grant.person_id == Person.id)
    of_place = found.where(Grant.partnership_id == place.id, Grant.role == role, in_force(today()))
    return list(session.scalars(of_place.distinct().order_by(Person.name, Person.id)))


def _contacts(session: Session, place: Partnership) -> list[Contact]:
    found = select(Contact).where(Contact.partnership_id == place.id, Contact.email != "")
    return list(session.scalars(found.options(joinedload(Contact.organisation)).order_by(Contact.name, Contact.id)))


def _organisations(session: Session, place: Partnership, addresses: Collection[str]) -> set[int]:
    """The organisations that these addresses belong to: by the list of partners; for who is not on it, by the part
    behind the @, if a single organisation has it."""
    contacts = _contacts(session, place)
    found: set[int] = set()
    for address in addresses:
        listed = {each.organisation_id for each in contacts if each.email.lower() == address}
        alike = {each.organisation_id for each in contacts if _domain(each.email) == _domain(address)}
        found |= listed or (alike if len(alike) == 1 else set())
    return found


def _domain(address: str) -> str:
    return address.lower().rpartition("@")[2]

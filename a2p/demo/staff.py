"""The invented people of the demo who have a role: an administrator, managers, coordinators, chairs, facilitators."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.granting import Wanted, give
from a2p.access.policy import Role
from a2p.store.audit import Actor
from a2p.store.base import today
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Contact, Grant, Partnership, Person, Region

ADMINISTRATOR = "Winifred Askew"
MANAGERS = ("Nadia Ferris", "Owen Castell", "Esther Quill")
CHAIRS = (
    *("Sir Hugh Tolland", "Beatrice Lamb", "Rev. Samuel Obi", "Margery Pike", "Anil Deshmukh", "Celia Northcott"),
    *("Fergus Dalby", "Ifeoma Larkin", "Joan Whitlow", "Emrys Pugh", "Shirin Azad", "Victor Hale"),
)
PROPOSED = "Dilys Harker"
FACILITATORS = ("Ruth Ellery", "Callum Frost", "Zainab Qureshi")
FOR_A_YEAR = timedelta(days=365)


def staff_installation(session: Session) -> None:
    """The administrator."""
    _grant(session, ADMINISTRATOR, Role.ADMINISTRATOR)


def staff_region(session: Session, region: Region, number: int) -> None:
    """The region's programme manager."""
    _grant(session, MANAGERS[number % len(MANAGERS)], Role.MANAGER, region=region)


def staff_partnership(session: Session, partnership: Partnership, coordinator: str, number: int) -> None:
    """Its coordinator and its chair."""
    _grant(session, coordinator, Role.COORDINATOR, partnership=partnership)
    _grant(session, CHAIRS[number % len(CHAIRS)], Role.CHAIR, partnership=partnership)
    if number == 0:
        _propose(session, coordinator, partnership)


def staff_generated(session: Session, partnership: Partnership, coordinator: str, chair: str) -> tuple[int, int]:
    """The coordinator and the chair of a partnership of a generated region, who have no other; their numbers."""
    made = []
    for name, role in ((coordinator, Role.COORDINATOR), (chair, Role.CHAIR)):
        person = Person(name=name, email=f"{role.value}{partnership.id}@example.org")
        session.add(person)
        session.flush()
        starts = today() - 10 * FOR_A_YEAR
        session.add(Grant(person_id=person.id, role=role.value, partnership_id=partnership.id, starts=starts))
        made.append(person.id)
    session.flush()
    return made[0], made[1]


def staff_round(session: Session, round_: Round) -> None:
    """Somebody who leads the talk about it."""
    _grant(
        session,
        FACILITATORS[round_.id % len(FACILITATORS)],
        Role.FACILITATOR,
        partnership=round_.partnership,
        round_=round_,
    )


def address_of(name: str, number: int | None = None) -> str:
    """An e-mail address that can't be anybody's: example.org is kept for that."""
    plain = name.lower().replace("rev. ", "").replace("sir ", "").replace(" ", ".")
    return f"{plain}{'' if number is None else number}@example.org"


def contact_of(session: Session, invitation: Invitation, number: int) -> Contact:
    """The partnership's entry of somebody invited: the one there is, if they were asked before."""
    address = address_of(invitation.name, number)
    known = session.scalar(
        select(Contact).where(Contact.partnership_id == invitation.partnership_id, Contact.email == address)
    )
    if known is not None:
        return known
    contact = Contact(
        partnership_id=invitation.partnership_id,
        organisation_id=invitation.organisation_id,
        name=invitation.name,
        email=address,
        councillor=invitation.councillor,
        layer=invitation.layer,
    )
    session.add(contact)
    session.flush()
    return contact


def _grant(
    session: Session,
    name: str,
    role: Role,
    *,
    region: Region | None = None,
    partnership: Partnership | None = None,
    round_: Round | None = None,
) -> None:
    session.add(
        Grant(
            person_id=_person(session, name).id,
            role=role.value,
            region_id=region.id if region else None,
            partnership_id=partnership.id if partnership else None,
            round_id=round_.id if round_ else None,
            starts=today() - FOR_A_YEAR,
        )
    )


def _propose(session: Session, coordinator: str, partnership: Partnership) -> None:
    """Somebody whom the chair is asked to confirm as another coordinator."""
    session.flush()
    by = Actor(_person(session, coordinator).id, Role.COORDINATOR)
    give(session, _person(session, PROPOSED), Wanted(Role.COORDINATOR, partnership), by=by)


def _person(session: Session, name: str) -> Person:
    person = session.scalar(select(Person).where(Person.email == address_of(name)))
    if person is None:
        person = Person(name=name, email=address_of(name))
        session.add(person)
        session.flush()
    return person

"""A partnership's partners: its organisations and their people, kept from round to round. Merged entries are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from a2p.rounds.readdressing import readdress
from a2p.scoring.answers import Councillor, Layer, Sector
from a2p.scoring.partners import SECTOR_NAMES, ListedPerson, name_key
from a2p.store import audit
from a2p.store.audit import Actor
from a2p.store.round_tables import Invitation
from a2p.store.tables import Contact, Organisation, Partnership


@dataclass(frozen=True, slots=True)
class Details:
    """What is kept of a person beside their organisation. `email` is normal (scoring.partners), or ""; `asks` as a
    Contact's."""

    name: str
    email: str = ""
    councillor: Councillor | None = None
    layer: Layer | None = None
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation with its people, by name."""

    organisation: Organisation
    people: tuple[Contact, ...]


class NameKnown(Exception):
    """The partnership has an organisation of this name, or had it before it was merged into `known`."""

    def __init__(self, known: Organisation) -> None:
        self.known = known
        super().__init__(known.name)


class AddressKnown(Exception):
    """Somebody on the partnership's list has this e-mail address."""

    def __init__(self, known: Contact) -> None:
        self.known = known
        super().__init__(known.id)


class PersonKnown(Exception):
    """The organisation has a person of this name without an e-mail address: the two could not be told apart."""

    def __init__(self, known: Contact) -> None:
        self.known = known
        super().__init__(known.id)


class StillUsed(Exception):
    """The organisation has people, or was invited to a round: it can be merged into another, not removed."""


def hold(session: Session, partnership_id: int) -> None:
    """Keep others from changing the list until the commit: what is checked against it stays true."""
    session.execute(select(Partnership.id).where(Partnership.id == partnership_id).with_for_update()).one()


def organisations_of(session: Session, partnership_id: int) -> list[Organisation]:
    """The partnership's organisations by name, without the merged ones."""
    found = session.scalars(
        select(Organisation).where(Organisation.partnership_id == partnership_id, Organisation.merged_into_id.is_(None))
    )
    return sorted(found, key=lambda each: name_key(each.name))


def bodies_of(session: Session, partnership_id: int, search: str = "") -> list[Body]:
    """The organisations with their people. With a search, those whose name holds it, with all their people; and of the
    others the people whose name or address does."""
    people: dict[int, list[Contact]] = {}
    for contact in contacts_of(session, partnership_id):
        people.setdefault(contact.organisation_id, []).append(contact)
    bodies = [Body(each, tuple(people.get(each.id, ()))) for each in organisations_of(session, partnership_id)]
    wanted = name_key(search)
    if not wanted:
        return bodies
    narrowed = [body if wanted in name_key(body.organisation.name) else _narrowed(body, wanted) for body in bodies]
    return [body for body in narrowed if body.people or wanted in name_key(body.organisation.name)]


def by_sector(bodies: Sequence[Body]) -> list[tuple[str, list[Body]]]:
    """The bodies by their sector, in the fixed order of sectors, those without any left out."""
    groups = [(sector, [body for body in bodies if body.organisation.sector == sector]) for sector in SECTOR_NAMES]
    return [(sector, found) for sector, found in groups if found]


def _narrowed(body: Body, wanted: str) -> Body:
    found = [each for each in body.people if wanted in name_key(each.name) or wanted in each.email]
    return Body(body.organisation, tuple(found))


def contacts_of(session: Session, partnership_id: int) -> list[Contact]:
    """The partnership's people by organisation and name."""
    found = session.scalars(
        select(Contact).where(Contact.partnership_id == partnership_id).options(selectinload(Contact.organisation))
    )
    return sorted(found, key=lambda each: (name_key(each.organisation.name), name_key(each.name), each.email))


def as_list(session: Session, partnership_id: int) -> list[ListedPerson]:
    """The list as it is exported: people, and the organisations that have none."""
    listed = []
    for body in bodies_of(session, partnership_id):
        organisation, sector = body.organisation.name, cast("Sector", body.organisation.sector)
        listed += [_listed(each, organisation, sector) for each in body.people] or [
            ListedPerson(0, "", organisation, sector=sector)
        ]
    return listed


def _listed(contact: Contact, organisation: str, sector: Sector) -> ListedPerson:
    return ListedPerson(
        0,
        contact.name,
        organisation,
        contact.email or None,
        sector,
        cast("Councillor | None", contact.councillor) or "",
        cast("Layer | None", contact.layer) or "",
        contact.asks,
    )


def organisations_by_name(session: Session, partnership_id: int) -> dict[str, Organisation]:
    """The organisations by `name_key`; the name of one that was merged leads to the one that was kept."""
    found = session.scalars(select(Organisation).where(Organisation.partnership_id == partnership_id)).all()
    by_id = {each.id: each for each in found}
    return {name_key(each.name): by_id[each.merged_into_id or each.id] for each in found}


def find_organisation(session: Session, partnership_id: int, name: str) -> Organisation | None:
    """The organisation of this name, however it is spaced and capitalised; a merged one's name leads to the kept."""
    return organisations_by_name(session, partnership_id).get(name_key(name))


def add_organisation(session: Session, partnership_id: int, name: str, sector: Sector, by: Actor) -> Organisation:
    """Add an organisation. NameKnown if there is one of this name."""
    hold(session, partnership_id)
    known = find_organisation(session, partnership_id, name)
    if known is not None:
        raise NameKnown(known)
    added = Organisation(partnership_id=partnership_id, name=name, sector=sector)
    session.add(added)
    session.flush()
    _note(session, "added an organisation", added, by)
    return added


def change_organisation(session: Session, changed: Organisation, name: str, sector: Sector, by: Actor) -> None:
    """Rename an organisation or give it another sector. NameKnown if another one has the name."""
    hold(session, changed.partnership_id)
    known = find_organisation(session, changed.partnership_id, name)
    if known is not None and known.id != changed.id:
        raise NameKnown(known)
    if (changed.name, changed.sector) == (name, sector):
        return
    changed.name, changed.sector = name, sector
    _note(session, "changed an organisation", changed, by)


def remove_organisation(session: Session, removed: Organisation, by: Actor) -> None:
    """Remove an organisation that was entered by mistake. StillUsed if it has people or has ever been invited."""
    hold(session, removed.partnership_id)
    if is_used(session, removed):
        raise StillUsed
    _note(session, "removed an organisation", removed, by)
    session.delete(removed)
    session.flush()


def is_used(session: Session, organisation: Organisation) -> bool:
    """Whether people, invitations or merged entries point to it."""
    counts = (
        select(func.count()).where(Contact.organisation_id == organisation.id),
        select(func.count()).where(Invitation.organisation_id == organisation.id),
        select(func.count()).where(Organisation.merged_into_id == organisation.id),
    )
    return any(session.scalar(count) for count in counts)


def add_contact(session: Session, organisation: Organisation, given: Details, by: Actor) -> Contact:
    """Add a person. AddressKnown or PersonKnown if they are on the list already."""
    hold(session, organisation.partnership_id)
    _refuse_known(session, organisation, given)
    added = Contact(
        partnership_id=organisation.partnership_id,
        organisation_id=organisation.id,
        name=given.name,
        email=given.email,
        councillor=given.councillor,
        layer=given.layer,
        asks=given.asks,
    )
    session.add(added)
    session.flush()
    _note(session, "added a person", added, by)
    return added


def find_or_add_contact(session: Session, organisation: Organisation, given: Details, by: Actor) -> Contact:
    """The person on the list with this address, or of this name in the organisation; added if there is none."""
    try:
        return add_contact(session, organisation, given, by)
    except (AddressKnown, PersonKnown) as known:
        return known.known


def change_contact(
    session: Session, changed: Contact, organisation: Organisation, given: Details, by: Actor
) -> list[Invitation]:
    """Change what is kept of a person. AddressKnown or PersonKnown if somebody else is on the list with it.

    Returns the invitations, not opened yet, that have the new address now: they are to be sent again.
    """
    hold(session, changed.partnership_id)
    _refuse_known(session, organisation, given, beside=changed)
    old = Details(
        changed.name,
        changed.email,
        cast("Councillor | None", changed.councillor),
        cast("Layer | None", changed.layer),
        changed.asks,
    )
    if old == given and changed.organisation_id == organisation.id:
        return []
    changed.organisation = organisation
    changed.name, changed.email = given.name, given.email
    changed.councillor, changed.layer, changed.asks = given.councillor, given.layer, given.asks
    session.flush()
    _note(session, "changed a person", changed, by)
    return readdress(session, changed, old.email, by) if given.email != old.email else []


def remove_contact(session: Session, removed: Contact, by: Actor) -> None:
    """Take a person off the list. Invitations that they have stay as they are."""
    hold(session, removed.partnership_id)
    invitations = (Invitation.partnership_id == removed.partnership_id, Invitation.contact_id == removed.id)
    session.execute(update(Invitation).where(*invitations).values(contact_id=None))
    _note(session, "removed a person", removed, by)
    session.delete(removed)
    session.flush()


def _refuse_known(session: Session, organisation: Organisation, given: Details, beside: Contact | None = None) -> None:
    others = [
        each for each in contacts_of(session, organisation.partnership_id) if beside is None or each.id != beside.id
    ]
    for each in others:
        if given.email and each.email == given.email:
            raise AddressKnown(each)
        here = each.organisation_id == organisation.id and name_key(each.name) == name_key(given.name)
        if here and not given.email and not each.email:
            raise PersonKnown(each)


def _note(session: Session, action: str, of: Organisation | Contact, by: Actor) -> None:
    kind = "organisation" if isinstance(of, Organisation) else "contact"
    audit.record(session, action, by=by, of=f"{kind} {of.id}", partnership_id=of.partnership_id)


def note_export(session: Session, partnership_id: int, rows: int, by: Actor) -> None:
    """Note that the list left as a file: it has people's names and addresses in it."""
    audit.record(session, "exported partners", by=by, partnership_id=partnership_id, detail={"rows": rows})

"""Loading what belongs to a partnership's list of partners: organisations and people, found under their own alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from a2p.access.loading import Loaded, of_partnership
from a2p.store.tables import Contact, Organisation, Partnership


@dataclass(frozen=True, slots=True)
class PartnersOrganisation:
    """An organisation of a partnership; not one that was merged into another."""

    partnership: Partnership
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class PartnersContact:
    """Somebody on a partnership's list."""

    partnership: Partnership
    contact: Contact


@dataclass(frozen=True, slots=True)
class OrganisationPair:
    """An organisation to merge into another one of the same partnership."""

    partnership: Partnership
    gone: Organisation
    kept: Organisation


def organisation(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A PartnersOrganisation by `partnership_id` and `organisation_id`."""
    place = session.get(Partnership, args["partnership_id"])
    found = _organisation(session, place, args["organisation_id"])
    return Loaded(PartnersOrganisation(place, found), of_partnership(place)) if place and found else None


def organisation_pair(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An OrganisationPair by `partnership_id`, `organisation_id` and `into_id`."""
    place = session.get(Partnership, args["partnership_id"])
    gone = _organisation(session, place, args["organisation_id"])
    kept = _organisation(session, place, args["into_id"])
    if place is None or gone is None or kept is None or gone.id == kept.id:
        return None
    return Loaded(OrganisationPair(place, gone, kept), of_partnership(place))


def contact(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A PartnersContact by `partnership_id` and `contact_id`."""
    place = session.get(Partnership, args["partnership_id"])
    if place is None:
        return None
    found = session.scalar(
        select(Contact)
        .where(Contact.partnership_id == place.id, Contact.id == args["contact_id"])
        .options(joinedload(Contact.organisation))
    )
    return Loaded(PartnersContact(place, found), of_partnership(place)) if found else None


def _organisation(session: Session, place: Partnership | None, organisation_id: int) -> Organisation | None:
    if place is None:
        return None
    return session.scalar(
        select(Organisation).where(
            Organisation.partnership_id == place.id,
            Organisation.id == organisation_id,
            Organisation.merged_into_id.is_(None),
        )
    )

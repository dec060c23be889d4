"""Who stands too near the coordinators of a partnership to read over what was written to it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.store.base import today
from a2p.store.grants import not_over
from a2p.store.round_tables import Invitation
from a2p.store.tables import Contact, Grant, Person


def why_inside(session: Session, partnership_id: int, email: str) -> str | None:
    """Why the person with this address can't read over a partnership's comments; None if they can.

    They coordinate it, now or soon; or its list of partners, or a round, has them under a coordinator's organisation.
    """
    address = email.strip().lower()
    coordinators = _coordinators(session, partnership_id)
    if address in coordinators:
        return "They coordinate this partnership. Somebody from outside has to read its comments over."
    theirs = _organisations(session, partnership_id, {address})
    if theirs & _organisations(session, partnership_id, coordinators):
        return "They are of a coordinator’s own organisation. Somebody from outside it has to read the comments over."
    return None


def _coordinators(session: Session, partnership_id: int) -> set[str]:
    """The addresses of those who coordinate, or are proposed or named for it."""
    found = select(Person.email).join(Grant, Grant.person_id == Person.id)
    mine = found.where(Grant.partnership_id == partnership_id, Grant.role == "coordinator", not_over(today()))
    return {email.lower() for email in session.scalars(mine)}


def _organisations(session: Session, partnership_id: int, addresses: Collection[str]) -> set[int]:
    """The organisations under which these addresses stand on the list of partners, or were invited."""
    listed = select(Contact.organisation_id).where(
        Contact.partnership_id == partnership_id, func.lower(Contact.email).in_(addresses)
    )
    invited = select(Invitation.organisation_id).where(
        Invitation.partnership_id == partnership_id, func.lower(Invitation.email).in_(addresses)
    )
    found = (*session.scalars(listed), *session.scalars(invited))
    return {organisation for organisation in found if organisation is not None}

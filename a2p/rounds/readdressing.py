"""A mistyped address that is put right goes to the invitations made with it, as long as nobody has opened them.

Never to one that was opened: who changes the address could have another link sent there, and read the answers.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.store import audit
from a2p.store.audit import Actor
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Contact


def readdress(session: Session, contact: Contact, by: Actor) -> list[Invitation]:
    """Give a contact's new address to their invitations, in rounds not closed, whose link was never opened.

    A link that went to the old address stops. Returns the invitations changed; they are to be sent again.
    """
    invitations = session.scalars(
        select(Invitation)
        .join(Round, Round.id == Invitation.round_id)
        .where(
            Invitation.partnership_id == contact.partnership_id,
            Invitation.contact_id == contact.id,
            Invitation.opened.is_(None),
            Invitation.withdrawn.is_(None),
            Invitation.passed_to_id.is_(None),
            Round.closed.is_(None),
        )
    )
    changed = [each for each in invitations if each.email != contact.email]
    for each in changed:
        each.email = contact.email
        each.token_hash = each.code_hash = None
        audit.record(
            session,
            "changed an invitation's address",
            by=by,
            of=f"invitation {each.id}",
            partnership_id=contact.partnership_id,
        )
    return changed

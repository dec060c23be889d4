"""A mistyped address that is put right goes to the invitations made with it, as long as nobody has opened them.

Never to one that was opened: who changes the address could have another link sent there, and read the answers.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.store import audit
from a2p.store.audit import Actor
from a2p.store.letters import cancel_letters
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Contact


def readdress(session: Session, contact: Contact, old: str, by: Actor) -> list[Invitation]:
    """Give a contact's new address to their invitations at the old one, in rounds not closed, that nobody has opened.

    A link that went to the old address stops, and one that waits to go there is taken back. Returns the invitations
    changed; they are to be sent again. Nothing changes without an old or a new address: such links are passed on by
    hand.
    """
    if not old or not contact.email:
        return []
    invitations = session.scalars(
        select(Invitation)
        .join(Round, Round.id == Invitation.round_id)
        .where(
            Invitation.partnership_id == contact.partnership_id,
            Invitation.contact_id == contact.id,
            Invitation.email == old,
            Invitation.opened.is_(None),
            Invitation.withdrawn.is_(None),
            Invitation.passed_to_id.is_(None),
            Round.closed.is_(None),
        )
    )
    changed = invitations.all()
    for each in changed:
        each.email = contact.email
        each.token_hash = each.code_hash = None
        cancel_letters(session, invitation_id=each.id)
        audit.record(
            session,
            "changed an invitation's address",
            by=by,
            of=f"invitation {each.id}",
            partnership_id=contact.partnership_id,
        )
    return list(changed)

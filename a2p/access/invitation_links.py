"""Invitations' own links and codes: with an address, the first browser that opens one is the only one.

Another browser gets a fresh link at that address. Without an address, and in a round answered together, a link stays
good for every browser that has it.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.policy import Principal
from a2p.store.audit import RESPONDENT, record
from a2p.store.base import now
from a2p.store.round_tables import Invitation
from a2p.store.tokens import code_hash


def by_code(session: Session, typed: str) -> Invitation | None:
    """The invitation of a code as it was typed, unless it was withdrawn."""
    return session.scalar(
        select(Invitation).where(Invitation.code_hash == code_hash(typed), Invitation.withdrawn.is_(None))
    )


def is_taken(invitation: Invitation, principal: Principal) -> bool:
    """Whether another browser than the principal's opened the link and is the only one that may."""
    return _binds(invitation) and invitation.bound is not None and invitation.id not in principal.invitations


def open_invitation(session: Session, invitation: Invitation, token: str | None, agent: str = "") -> str | None:
    """A fresh session that may answer this invitation. None if another browser was first, perhaps just now."""
    if _binds(invitation) and invitation.id not in sessions.principal_of(session, token).invitations:
        bound = session.execute(
            update(Invitation)
            .where(
                Invitation.partnership_id == invitation.partnership_id,
                Invitation.id == invitation.id,
                Invitation.bound.is_(None),
            )
            .values(bound=now())
            .returning(Invitation.id)
        )
        if bound.first() is None:
            return None
    note_opened(session, invitation)
    return sessions.bind_invitation(session, token, invitation, agent=agent)


def note_opened(session: Session, invitation: Invitation) -> None:
    """Remember when its person first came in; with an address, its link is bound from then on."""
    if _binds(invitation) and invitation.bound is None:
        invitation.bound = now()
    if invitation.opened is None:
        invitation.opened = now()
        record(
            session,
            "opened the link",
            by=RESPONDENT,
            of=f"invitation {invitation.id}",
            partnership_id=invitation.partnership_id,
        )


def _binds(invitation: Invitation) -> bool:
    return bool(invitation.email) and not invitation.round.together

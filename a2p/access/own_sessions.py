"""Somebody's own sessions, in whatever browsers: to see where they are signed in, and to end what they don't know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session as Database

from a2p.access.sessions import find, over
from a2p.store.access_tables import Session, SessionInvitation
from a2p.store.round_tables import Invitation, Round


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One of somebody's sessions: which browser it is in words ("" if not known), since when, last used, and whether
    it is the one that asks."""

    id: int
    agent: str
    created: datetime
    seen: datetime
    this: bool


def own_sessions(database: Database, token: str | None) -> list[OwnSession]:
    """The sessions of whoever this token stands for, this one first, then the last used."""
    this = find(database, token)
    if this is None:
        return []
    found = database.scalars(select(Session).where(_own(this)).order_by(Session.id != this.id, Session.seen.desc()))
    return [OwnSession(each.id, each.agent, each.created, each.seen, each.id == this.id) for each in found]


def end_own(database: Database, token: str | None, session_id: int) -> bool:
    """End one of them at once. False if it is not one of theirs, or over already."""
    this = find(database, token)
    if this is None:
        return False
    ended = database.execute(delete(Session).where(_own(this), Session.id == session_id).returning(Session.id))
    return ended.first() is not None


def end_others(database: Database, token: str | None) -> None:
    """End all of them but the one that asks."""
    this = find(database, token)
    if this is not None:
        database.execute(delete(Session).where(_own(this), Session.id != this.id))


def _own(this: Session) -> ColumnElement[bool]:
    """A person's sessions are all that are signed in as them. A respondent's are those that opened the same invitation
    by the link to an address: a link without one, and one that a partnership answers together by, have many owners."""
    if this.person_id is not None:
        return and_(~over(), Session.person_id == this.person_id)
    theirs = (
        select(SessionInvitation.invitation_id)
        .join(
            Invitation,
            and_(
                Invitation.partnership_id == SessionInvitation.partnership_id,
                Invitation.id == SessionInvitation.invitation_id,
            ),
        )
        .join(Round, and_(Round.partnership_id == Invitation.partnership_id, Round.id == Invitation.round_id))
        .where(SessionInvitation.session_id == this.id, Invitation.email != "", Round.together.is_(False))
    )
    sharing = select(SessionInvitation.session_id).where(SessionInvitation.invitation_id.in_(theirs))
    return and_(~over(), or_(Session.id == this.id, and_(Session.person_id.is_(None), Session.id.in_(sharing))))

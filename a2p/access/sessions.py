"""Server-side sessions: a browser holds a random token, the database its hash, whose person and which invitations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session as Database
from sqlalchemy.orm import selectinload

from a2p.access.policy import NOBODY, GrantFact, Principal, Role
from a2p.store.access_tables import Session, SessionInvitation
from a2p.store.base import now, table_of, today
from a2p.store.round_tables import Invitation
from a2p.store.tables import Grant, Person
from a2p.store.tokens import new_token, token_hash

LASTS = timedelta(hours=12)
_REGION_OF_GRANT = selectinload(Person.grants).joinedload(Grant.region)
_session = table_of(Session)
_opened_by = table_of(SessionInvitation)
_invitation = table_of(Invitation)
_openings = _opened_by.join(
    _invitation, (_invitation.c.id == _opened_by.c.invitation_id) & _invitation.c.withdrawn.is_(None)
)
# Asked at every request, so it is one Core statement, and made once.
_WHOSE = (
    select(_session.c.person_id, _invitation.c.id)
    .select_from(_session.outerjoin(_openings, _opened_by.c.session_id == _session.c.id))
    .where(_session.c.token_hash == bindparam("token_hash"), _session.c.ends > bindparam("at"))
)


def principal_of(database: Database, token: str | None) -> Principal:
    """Who a session's token stands for; nobody when it is missing, unknown or over."""
    if not token:
        return NOBODY
    rows = database.execute(_WHOSE, {"token_hash": token_hash(token), "at": now()}).all()
    if not rows:
        return NOBODY
    invitations = frozenset(invitation for _, invitation in rows if invitation is not None)
    person_id = rows[0].person_id
    if person_id is None:
        return Principal(invitations=invitations)
    return replace(principal_of_person(database, person_id), invitations=invitations)


def principal_of_person(database: Database, person_id: int) -> Principal:
    """What a person may do by their grants alone: for work done in their name outside a session."""
    person = database.get_one(
        Person, person_id, options=[selectinload(Person.grants).joinedload(Grant.partnership), _REGION_OF_GRANT]
    )
    in_force = [grant for grant in person.grants if grant.confirmed is not None and grant.ended is None]
    return Principal(person.id, person.name, _place(in_force), tuple(_fact(grant) for grant in in_force))


def _fact(grant: Grant) -> GrantFact:
    region_id = grant.partnership.region_id if grant.partnership else grant.region_id
    return GrantFact(Role(grant.role), grant.starts, grant.ends, grant.partnership_id, grant.round_id, region_id)


def _place(grants: Sequence[Grant]) -> str:
    """What the first grant in force today is over, in a name."""
    for grant in grants:
        if grant.starts <= today() and (grant.ends is None or today() <= grant.ends):
            scope = grant.partnership or grant.region
            return scope.name if scope else "this installation"
    return ""


def sign_in(database: Database, token: str | None, person_id: int) -> str:
    """A fresh session for this person, keeping the opened invitations; the old token ends. Returns the new one."""
    return _rotate(database, token, person_id, None)


def bind_invitation(database: Database, token: str | None, invitation: Invitation) -> str:
    """A fresh session that may answer this invitation beside what the old one could; the old token ends."""
    found = _find(database, token)
    return _rotate(database, token, found.person_id if found else None, invitation)


def sign_out(database: Database, token: str | None) -> None:
    """End a session at once; its token opens nothing any more."""
    found = _find(database, token)
    if found is not None:
        _end(database, found.id)


def end_sessions_of(database: Database, person_id: int) -> None:
    """End every session of a person at once, in whatever browser it is."""
    database.execute(delete(Session).where(Session.person_id == person_id))


def _find(database: Database, token: str | None) -> Session | None:
    if not token:
        return None
    return database.scalar(select(Session).where(Session.token_hash == token_hash(token), Session.ends > now()))


def _rotate(database: Database, token: str | None, person_id: int | None, invitation: Invitation | None) -> str:
    database.execute(delete(Session).where(Session.ends <= now()))
    old = _find(database, token)
    fresh = new_token()
    session = Session(token_hash=token_hash(fresh), person_id=person_id, ends=now() + LASTS)
    database.add(session)
    database.flush()
    opened = {} if old is None else _opened(database, old.id)
    if invitation is not None:
        opened[invitation.id] = invitation.partnership_id
    for invitation_id, partnership_id in opened.items():
        database.add(
            SessionInvitation(session_id=session.id, invitation_id=invitation_id, partnership_id=partnership_id)
        )
    if old is not None:
        _end(database, old.id)
    return fresh


def _opened(database: Database, session_id: int) -> dict[int, int]:
    rows = database.scalars(select(SessionInvitation).where(SessionInvitation.session_id == session_id))
    return {row.invitation_id: row.partnership_id for row in rows}


def _end(database: Database, session_id: int) -> None:
    database.execute(delete(Session).where(Session.id == session_id))

"""Server-side sessions: a browser holds a random token, the database its hash, whose person and which invitations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session as Database
from sqlalchemy.orm import joinedload, selectinload

from a2p.access.policy import NOBODY, GrantFact, Principal, Role
from a2p.store.access_tables import Session, SessionInvitation
from a2p.store.base import LONDON, now, table_of, today
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Grant, Person
from a2p.store.tokens import new_token, token_hash

LASTS = timedelta(hours=12)
IDLE = timedelta(hours=2)
LONGEST = timedelta(days=60)
NOTED_EVERY = timedelta(minutes=1)
_REGION_OF_GRANT = selectinload(Person.grants).joinedload(Grant.region)
_session = table_of(Session)
_opened_by = table_of(SessionInvitation)
_invitation = table_of(Invitation)
_openings = _opened_by.join(
    _invitation, (_invitation.c.id == _opened_by.c.invitation_id) & _invitation.c.withdrawn.is_(None)
)
# Asked at every request, so it is one Core statement, and made once.
_WHOSE = (
    select(_session.c.person_id, _session.c.seen, _session.c.second_factor, _invitation.c.id)
    .select_from(_session.outerjoin(_openings, _opened_by.c.session_id == _session.c.id))
    .where(_session.c.token_hash == bindparam("token_hash"), _session.c.ends > bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Who a session's token stands for, and whether it is time to note that the session is in use."""

    principal: Principal
    to_note: bool = False


def visit_of(database: Database, token: str | None, *, second_factor: bool = False) -> Visit:
    """Who a session's token stands for; nobody when it is missing, unknown, over, or a person's that lay idle.

    Where a `second_factor` is asked for, a person who has yet to pass it has no grants.
    """
    if not token:
        return Visit(NOBODY)
    rows = database.execute(_WHOSE, {"token_hash": token_hash(token), "at": now()}).all()
    if not rows or (rows[0].person_id is not None and rows[0].seen <= now() - IDLE):
        return Visit(NOBODY)
    invitations = frozenset(row.id for row in rows if row.id is not None)
    to_note = rows[0].seen <= now() - NOTED_EVERY
    if rows[0].person_id is None:
        return Visit(Principal(invitations=invitations), to_note)
    person = replace(principal_of_person(database, rows[0].person_id), invitations=invitations)
    if second_factor and rows[0].second_factor is None:
        person = replace(person, grants=(), factor_due=True)
    return Visit(person, to_note)


def principal_of(database: Database, token: str | None, *, second_factor: bool = False) -> Principal:
    """Who a session's token stands for, as `visit_of` finds it."""
    return visit_of(database, token, second_factor=second_factor).principal


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


def sign_in(
    database: Database,
    token: str | None,
    person_id: int,
    invitations: Iterable[Invitation] = (),
    *,
    agent: str = "",
    second_factor: datetime | None = None,
) -> str:
    """A fresh session for this person and these invitations beside those the old one opened; the old token ends.

    Returns the new token. `agent` says in a few words which browser it is; `second_factor` when it was passed already.
    """
    old = find(database, token)
    fresh = Session(person_id=person_id, agent=agent, second_factor=second_factor, ends=now() + LASTS)
    return _begin(database, old, fresh, invitations)


def bind_invitation(database: Database, token: str | None, invitation: Invitation, *, agent: str = "") -> str:
    """A fresh session that may answer this invitation beside what the old one could; the old token ends."""
    return bind_invitations(database, token, (invitation,), agent=agent)


def bind_invitations(
    database: Database, token: str | None, invitations: Iterable[Invitation], *, agent: str = ""
) -> str:
    """A fresh session that may answer these invitations beside what the old one could; the old token ends."""
    old = find(database, token)
    fresh = Session(person_id=None, agent=agent, ends=now() + LASTS)
    if old is not None and old.person_id is not None:
        fresh.person_id, fresh.second_factor = old.person_id, old.second_factor
        fresh.created, fresh.ends = old.created, old.ends
    return _begin(database, old, fresh, invitations)


def pass_second_factor(database: Database, token: str | None) -> str | None:
    """A fresh session like the old one whose person has now passed the second factor. None if it is over."""
    old = find(database, token)
    if old is None:
        return None
    fresh = Session(person_id=old.person_id, agent=old.agent, created=old.created, ends=old.ends, second_factor=now())
    return _begin(database, old, fresh, ())


def sign_out(database: Database, token: str | None) -> None:
    """End a session at once; its token opens nothing any more."""
    found = find(database, token)
    if found is not None:
        _end(database, found.id)


def end_sessions_of(database: Database, person_id: int) -> None:
    """End every session of a person at once, in whatever browser it is."""
    database.execute(delete(Session).where(Session.person_id == person_id))


def note_seen(database: Database, token: str) -> None:
    """Note that a session is in use, unless that was noted within the last minute."""
    database.execute(
        update(Session)
        .where(Session.token_hash == token_hash(token), Session.seen <= now() - NOTED_EVERY)
        .values(seen=now())
    )


def kept_until(database: Database, token: str) -> datetime | None:
    """Until when the browser keeps the token of a respondent's session; None for a person's, which ends with the
    browser."""
    found = find(database, token)
    return found.ends if found is not None and found.person_id is None else None


def find(database: Database, token: str | None) -> Session | None:
    """The session of a token, unless it is over."""
    if not token:
        return None
    return database.scalar(select(Session).where(Session.token_hash == token_hash(token), ~over()))


def over() -> ColumnElement[bool]:
    """Sessions that are over, and persons' that lay idle."""
    return or_(Session.ends <= now(), and_(Session.person_id.is_not(None), Session.seen <= now() - IDLE))


def _begin(database: Database, old: Session | None, fresh: Session, invitations: Iterable[Invitation]) -> str:
    """Add a session that takes over what the old one opened; the old one ends."""
    database.execute(delete(Session).where(over()))
    token = new_token()
    fresh.token_hash = token_hash(token)
    database.add(fresh)
    database.flush()
    if old is not None:
        mine = SessionInvitation.session_id
        database.execute(update(SessionInvitation).where(mine == old.id).values(session_id=fresh.id))
        _end(database, old.id)
    opened = select(SessionInvitation.invitation_id).where(SessionInvitation.session_id == fresh.id)
    known = set(database.scalars(opened))
    for each in invitations:
        if each.id not in known:
            known.add(each.id)
            database.add(
                SessionInvitation(session_id=fresh.id, invitation_id=each.id, partnership_id=each.partnership_id)
            )
    if fresh.person_id is None:
        fresh.ends = _respondents_end(database, known)
    database.flush()
    return token


def _respondents_end(database: Database, invitations: Iterable[int]) -> datetime:
    """Until the end of the day after the last day of the rounds, 12 hours at least and 60 days at most."""
    found = select(Invitation).where(Invitation.id.in_(invitations)).options(joinedload(Invitation.round))
    moments = [_after(invitation.round) for invitation in database.scalars(found)]
    return min(max([now() + LASTS, *moments]), now() + LONGEST)


def _after(round_: Round) -> datetime:
    if round_.closed is not None:
        return now()
    if round_.closes is None or round_.closes > today() + LONGEST:
        return now() + LONGEST
    return datetime.combine(round_.closes + timedelta(days=2), time(), LONDON)


def _end(database: Database, session_id: int) -> None:
    database.execute(delete(Session).where(Session.id == session_id))

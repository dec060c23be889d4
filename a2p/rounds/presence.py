"""Who is there in a round that is answered together: by what name, in which section, and whether still.

A browser's session holds it beside the invitation that it opened. It is noted now and then, never with an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session as Database

from a2p.scoring.partners import one_line
from a2p.store.access_tables import Session, SessionInvitation
from a2p.store.base import now, table_of
from a2p.store.round_tables import Invitation
from a2p.store.tokens import token_hash

A_COLLEAGUE = "A colleague"
LONGEST_NAME = 60
NOTED_EVERY = timedelta(seconds=15)
GONE_AFTER = timedelta(seconds=45)
_session = table_of(Session).c
_opened = table_of(SessionInvitation).c


class NameTooLong(ValueError):
    """A name is LONGEST_NAME characters or less."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else who is there: the section in their view ("questionnaire/section"), and how long ago they were seen,
    in seconds."""

    name: str
    at: str
    seconds: int


def known_as(database: Database, token: str, invitation: Invitation) -> str:
    """By which name the others see this browser; "" if nobody was asked yet."""
    return database.scalar(select(_opened.known_as).where(*_own(token, invitation))) or ""


def call_me(database: Database, token: str, invitation: Invitation, name: str) -> None:
    """Be known by this name, or as a colleague without one. NameTooLong."""
    shown = one_line(name) or A_COLLEAGUE
    if len(shown) > LONGEST_NAME:
        raise NameTooLong
    database.execute(update(SessionInvitation).where(*_own(token, invitation)).values(known_as=shown))


def is_to_note(database: Database, token: str, invitation: Invitation, at: str) -> bool:
    """Whether it is time to note that this browser is at this section."""
    due = select(_opened.invitation_id).where(*_own(token, invitation), _stale(at))
    return database.scalar(due) is not None


def note(database: Database, token: str, invitation: Invitation, at: str) -> None:
    """Note that this browser is at this section, unless that was noted a moment ago."""
    database.execute(update(SessionInvitation).where(*_own(token, invitation), _stale(at)).values(at=at, seen=now()))


def others(database: Database, token: str, invitation: Invitation) -> list[Colleague]:
    """Who else is there now, by name."""
    moment = now()
    rows = database.execute(
        select(_opened.known_as, _opened.at, _opened.seen)
        .join_from(table_of(SessionInvitation), table_of(Session), _session.id == _opened.session_id)
        .where(
            _opened.partnership_id == invitation.partnership_id,
            _opened.invitation_id == invitation.id,
            _opened.seen > moment - GONE_AFTER,
            _session.ends > moment,
            _session.token_hash != token_hash(token),
        )
    )
    there = [Colleague(row.known_as or A_COLLEAGUE, row.at, int((moment - row.seen).total_seconds())) for row in rows]
    return sorted(there, key=lambda one: (one.name.casefold(), one.at))


def _own(token: str, invitation: Invitation) -> tuple[ColumnElement[bool], ...]:
    own = select(_session.id).where(_session.token_hash == token_hash(token), _session.ends > now())
    return (
        _opened.partnership_id == invitation.partnership_id,
        _opened.invitation_id == invitation.id,
        _opened.session_id.in_(own),
    )


def _stale(at: str) -> ColumnElement[bool]:
    return or_(_opened.seen.is_(None), _opened.seen <= now() - NOTED_EVERY, _opened.at != at)

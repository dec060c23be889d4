"""The audit log: who did what to what, when. Rows are only added, and each is chained to the one before by a hash.

Nothing in it names a person or says what anybody answered: persons are numbers, objects a kind and a number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from a2p.store.base import now
from a2p.store.letter_tables import AuditEvent

FIRST = "0" * 64
_LOCK = 0x6132_7061  # an advisory lock of our own: two events at once would follow the same one


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: a person's number, if they have an account, and what they were to it (a role, or "system")."""

    person_id: int | None
    role: str


SYSTEM = Actor(None, "system")
RESPONDENT = Actor(None, "respondent")
ANYBODY = Actor(None, "anybody")
"""Who takes what is public: nothing of them is known, or kept."""
BOARD_MEMBER = Actor(None, "board member")
"""Who confirmed a release by a mailed link, without an account."""


def record(
    session: Session,
    action: str,
    *,
    by: Actor,
    of: str = "",
    partnership_id: int | None = None,
    detail: Mapping[str, str | int] | None = None,
) -> AuditEvent:
    """Add an event in the caller's transaction.

    `action` says it in the past ("closed the round"), `of` names the object by kind and number ("round 12"). `detail`
    holds dates, counts, roles and the like: no names, addresses or answers.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    session.flush()
    last = session.execute(select(AuditEvent.id, AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1)).first()
    event = AuditEvent(
        id=last.id + 1 if last else 1,
        at=now(),
        partnership_id=partnership_id,
        person_id=by.person_id,
        actor=by.role,
        action=action,
        object=of,
        detail=json.dumps(dict(detail or {}), sort_keys=True),
        previous=last.hash if last else FIRST,
        hash="",
    )
    event.hash = chained(event)
    session.add(event)
    session.flush()
    return event


def chained(event: AuditEvent) -> str:
    """The hash of an event over all it says and the hash before it."""
    said = [
        event.previous,
        event.id,
        _moment(event.at),
        event.partnership_id,
        event.person_id,
        event.actor,
        event.action,
        event.object,
        event.detail,
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def installation_mark(session: Session) -> str:
    """16 hexadecimal digits that no other installation has: from the first line of its log, which never changes and
    goes with its backups. "" before there is one."""
    first = session.scalar(select(AuditEvent.hash).where(AuditEvent.id == 1))
    return hashlib.sha256(f"installation {first}".encode()).hexdigest()[:16] if first else ""


def first_broken(session: Session) -> int | None:
    """The number of the first event that was changed, or before which one is missing; None if the chain is whole."""
    previous = FIRST
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).yield_per(1000)
    for number, event in enumerate(events, start=1):
        if event.id != number or event.previous != previous or event.hash != chained(event):
            return event.id
        previous = event.hash
    return None


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")

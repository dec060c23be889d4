"""Coming in by an OpenID Connect provider: only people who have a role here already, and never as a respondent."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.signing_in import has_role, note_signed_in, person_of
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.tables import Person

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider says of somebody, once its word was checked: whose word, their number there, their address and
    whether the provider checked that it is theirs."""

    issuer: str
    subject: str
    email: str
    email_verified: bool


def come_in(session: Session, claims: Claims, old_token: str | None, agent: str = "") -> str | None:
    """A fresh session for the person whom the provider names. None if nobody with a role is meant.

    Who came before is known by their number at the provider; the first time, by their verified address. The provider
    has its own second factor, so ours is not asked for.
    """
    mark = f"{claims.issuer} {claims.subject}"
    if not claims.subject or len(mark) > _LONGEST:
        return None
    person = session.scalar(select(Person).where(Person.single_sign_on == mark))
    if person is None:
        person = _first_time(session, claims, mark)
    if person is None or not has_role(session, person):
        return None
    note_signed_in(session, person, "single sign-on")
    return sessions.sign_in(session, old_token, person.id, agent=agent, second_factor=now())


def _first_time(session: Session, claims: Claims, mark: str) -> Person | None:
    if not claims.email_verified:
        return None
    person = person_of(session, claims.email.lower())
    if person is None or person.single_sign_on is not None:
        return None  # the address went to somebody else at the provider: an administrator has to look
    person.single_sign_on = mark
    session.flush()
    record(session, "linked single sign-on to", by=Actor(person.id, "signed in"), of=f"person {person.id}")
    return person

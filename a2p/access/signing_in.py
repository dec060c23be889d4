"""Signing in by a mailed link: one mechanism for everybody with an address, whether they have a role or an invitation.

Whoever asks is told the same, and nothing here is called before the letter is sent: the worker that sends it makes the
link, or drops the letter where the address is nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.invitation_links import note_opened
from a2p.access.policy import Role
from a2p.store.access_tables import SignInLink
from a2p.store.audit import Actor, record
from a2p.store.base import now, today
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Person
from a2p.store.tokens import code_hash, new_code, new_token, token_hash

LINK_LASTS = timedelta(minutes=20)
_REMEMBERED = timedelta(days=7)  # so long, somebody who opens an old letter is offered a fresh one with one button
_LONGEST_PATH = 300


@dataclass(frozen=True, slots=True)
class FreshLink:
    """What a letter holds and nothing else does: the link's token, and the code to type instead."""

    token: str
    code: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody came in: the browser's new session token, and the page of this site to go on to ("" for the home)."""

    token: str
    destination: str


def masked(address: str) -> str:
    """An address of which its owner knows that it is theirs, and nobody else more than the domain: b…@example.org."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


def on_this_site(path: str | None) -> str:
    """A path to go back to, if it is a page of this site; otherwise ""."""
    if not path or len(path) > _LONGEST_PATH or not path.startswith("/") or path[1:2] in ("/", "\\"):
        return ""
    if "\\" in path or not path.isprintable():
        return ""
    parts = urlsplit(path)
    return "" if parts.scheme or parts.netloc else path


def make_link(session: Session, address: str, destination: str = "") -> FreshLink | None:
    """A link and a code that open, once and for 20 minutes, all that this address may have. None if that is nothing."""
    email = address.lower()
    if person_of(session, email) is None and not _invitations(session, email):
        return None
    session.execute(delete(SignInLink).where(SignInLink.expires < now() - _REMEMBERED))
    fresh = FreshLink(new_token(), new_code())
    session.add(
        SignInLink(
            email=email,
            token_hash=token_hash(fresh.token),
            code_hash=code_hash(fresh.code),
            destination=on_this_site(destination),
            expires=now() + LINK_LASTS,
        )
    )
    session.flush()
    return fresh


def find_link(session: Session, token: str) -> SignInLink | None:
    """The link of this token, if it can still be used. Reading it uses nothing up."""
    found = known_link(session, token)
    return found if found is not None and is_usable(found) else None


def known_link(session: Session, token: str) -> SignInLink | None:
    """The link of this token, used up or too old as it may be."""
    return session.scalar(select(SignInLink).where(SignInLink.token_hash == token_hash(token)))


def find_code(session: Session, typed: str) -> SignInLink | None:
    """The link that this code stands beside, if it can still be used."""
    found = session.scalar(select(SignInLink).where(SignInLink.code_hash == code_hash(typed)))
    return found if found is not None and is_usable(found) else None


def is_usable(link: SignInLink) -> bool:
    """Whether a link was not used and is not too old."""
    return link.used is None and link.expires > now()


def use_link(session: Session, link: SignInLink, old_token: str | None, agent: str = "") -> Arrival | None:
    """Use a link up: sign in its person, and open every invitation to its address, in this browser.

    None if it was used meanwhile, is too old, or its address has nothing any more.
    """
    taken = session.execute(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.used.is_(None), SignInLink.expires > now())
        .values(used=now())
        .returning(SignInLink.id)
    )
    person, invitations = person_of(session, link.email), _invitations(session, link.email)
    if taken.first() is None or (person is None and not invitations):
        return None
    for invitation in invitations:
        note_opened(session, invitation)
    if person is None:
        token = sessions.bind_invitations(session, old_token, invitations, agent=agent)
    else:
        note_signed_in(session, person, "mailed link")
        token = sessions.sign_in(session, old_token, person.id, invitations, agent=agent)
    return Arrival(token, link.destination)


def note_signed_in(session: Session, person: Person, way: str) -> None:
    """Write into the audit log that somebody with a role came in, and how."""
    record(
        session, "signed in", by=Actor(person.id, Role.SIGNED_IN.value), of=f"person {person.id}", detail={"by": way}
    )


def person_of(session: Session, email: str) -> Person | None:
    """The person of this address (in small letters), if they have a grant in force."""
    found = session.scalar(select(Person).where(Person.email == email))
    return found if found is not None and has_role(session, found) else None


def has_role(session: Session, person: Person) -> bool:
    """Whether somebody has a grant in force."""
    return any(grant.holds(today()) for grant in sessions.principal_of_person(session, person.id).grants)


def _invitations(session: Session, email: str) -> list[Invitation]:
    """The invitations to this address that were neither withdrawn nor passed on, of rounds that have begun: own answers
    stay readable when they are over."""
    found = (
        select(Invitation)
        .join(Invitation.round)
        .where(Invitation.email == email, Invitation.withdrawn.is_(None), Invitation.passed_to_id.is_(None))
        .where(Round.opened <= now())
        .order_by(Invitation.id)
    )
    return list(session.scalars(found))

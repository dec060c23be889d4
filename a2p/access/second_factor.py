"""A second factor for people with a role: a code from an authenticator beside the mailed link.

The secret is sealed with a key made of the site's secret key, so that a copy of the database alone gives no codes. A
code is taken once, within half a minute before or after its time.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime
from hmac import compare_digest

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyotp import TOTP, random_base32
from sqlalchemy import update
from sqlalchemy.orm import Session

from a2p.access.sessions import end_sessions_of
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.tables import Person

ISSUER = "a2p"
SET_UP_WITHIN = 60 * 60  # seconds from the page with the secret to the first code


class CannotBeRead(Exception):
    """The sealed secret was made with another secret key: the site's was changed. Reset the person's factor."""


def new_secret() -> str:
    """A fresh secret, as authenticators take it."""
    return random_base32()


def offer(person: Person, key: str, secret: str) -> str:
    """A secret sealed for this person's page of setting up, which posts it back with the first code."""
    return _sealer(key).encrypt(json.dumps([person.id, secret]).encode()).decode()


def offered(person: Person, key: str, sealed: str) -> str | None:
    """The secret that was offered to this person within the last hour; None if it is anything else."""
    try:
        person_id, secret = json.loads(_sealer(key).decrypt(sealed.encode(), ttl=SET_UP_WITHIN))
    except InvalidToken:
        return None
    return str(secret) if person_id == person.id else None


def address_for_authenticator(person: Person, secret: str) -> str:
    """What the square picture says to an authenticator."""
    return TOTP(secret, name=person.email, issuer=ISSUER).provisioning_uri()


def set_up(session: Session, person: Person, key: str, secret: str, typed: str) -> bool:
    """Keep the secret if this is a code of it. False changes nothing; so does somebody who set it up meanwhile."""
    step = _step_of(secret, typed, after=0, at=now())
    if step is None:
        return False
    sealed = _sealer(key).encrypt(secret.encode()).decode()
    kept = session.execute(
        update(Person)
        .where(Person.id == person.id, Person.second_factor.is_(None))
        .values(second_factor=sealed, second_factor_used=step)
        .returning(Person.id)
    )
    if kept.first() is None:
        return False
    record(session, "set up a second factor", by=Actor(person.id, "signed in"), of=f"person {person.id}")
    return True


def verify(session: Session, person: Person, key: str, typed: str, *, at: datetime | None = None) -> bool:
    """Whether this is a code of the person's authenticator that was not used before. It is used up by this.

    CannotBeRead if the secret is sealed with another key.
    """
    if person.second_factor is None:
        return False
    try:
        secret = _sealer(key).decrypt(person.second_factor.encode()).decode()
    except InvalidToken:
        raise CannotBeRead from None
    step = _step_of(secret, typed, after=person.second_factor_used, at=at or now())
    if step is None:
        return False
    # two requests with the same code: one of them is later than the other's step
    used = session.execute(
        update(Person)
        .where(Person.id == person.id, Person.second_factor_used < step)
        .values(second_factor_used=step)
        .returning(Person.id)
    )
    return used.first() is not None


def reset_second_factor(session: Session, person: Person, *, by: Actor) -> None:
    """Forget somebody's authenticator, which they lost: they are signed out, and set one up when they sign in again."""
    person.second_factor, person.second_factor_used = None, 0
    end_sessions_of(session, person.id)
    record(session, "reset the second factor of", by=by, of=f"person {person.id}")


def _step_of(secret: str, typed: str, *, after: int, at: datetime) -> int | None:
    """The time step, later than `after`, whose code this is: the present one, the one before or the one to come."""
    code = "".join(typed.split()).encode()
    authenticator = TOTP(secret)
    present = authenticator.timecode(at)
    near = range(max(after + 1, present - 1), present + 2)
    return next((step for step in near if compare_digest(authenticator.generate_otp(step).encode(), code)), None)


def _sealer(key: str) -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"a2p second factor").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(made))

"""How often something may be tried: counted in the database, so that it holds over all processes and restarts.

What is counted is kept as a keyed hash: the table tells nobody who asked for a link, or from where.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import Select, delete, func, select, text
from sqlalchemy.orm import Session

from a2p.store.access_tables import Attempt
from a2p.store.base import now

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts `within` any stretch of this length, for each key."""

    purpose: str
    most: int
    within: timedelta


LINKS_TO_ADDRESS = Limit("link to address", 5, _HOUR)
LINKS_FROM_NETWORK = Limit("link from network", 30, _HOUR)
CODES_FROM_NETWORK = Limit("code from network", 20, _HOUR)
FORMS_HELD_FOR_NETWORK = Limit("held form for network", 60, _HOUR)
SECOND_FACTORS = Limit("second factor", 5, timedelta(minutes=15))


def allowed(session: Session, limit: Limit, key: str, secret: str) -> bool:
    """Count an attempt under this key and say whether it may go on; one too many is not counted.

    `secret` is the site's secret key. Commit, or the attempt is not counted.
    """
    key_hash = _hash(limit, key, secret)
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time already
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": int(key_hash[:15], 16)})
    session.execute(delete(Attempt).where(Attempt.purpose == limit.purpose, Attempt.at <= now() - limit.within))
    counted = select(func.count()).where(Attempt.purpose == limit.purpose, Attempt.key_hash == key_hash)
    if (session.scalar(counted) or 0) >= limit.most:
        return False
    session.add(Attempt(purpose=limit.purpose, key_hash=key_hash))
    session.flush()
    return True


def give_back(session: Session, limit: Limit, key: str, secret: str) -> None:
    """Take the last attempt back: it was right, and only wrong ones count."""
    newest = _of(limit, key, secret).order_by(Attempt.at.desc(), Attempt.id.desc()).limit(1)
    session.execute(delete(Attempt).where(Attempt.id == newest.scalar_subquery()))


def again_at(session: Session, limit: Limit, key: str, secret: str) -> datetime:
    """When the next attempt under this key is allowed: now, or when the oldest counted one is forgotten."""
    counted = session.scalars(_of(limit, key, secret).with_only_columns(Attempt.at).order_by(Attempt.at)).all()
    return counted[-limit.most] + limit.within if len(counted) >= limit.most else now()


def network_of(address: str | None) -> str:
    """What counts as one network: an IPv4 address, or the 64 bits of an IPv6 address that one household has."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is None:
            return str(ip_network((parsed, 64), strict=False))
        parsed = parsed.ipv4_mapped
    return str(parsed)


def _of(limit: Limit, key: str, secret: str) -> Select[int]:
    return select(Attempt.id).where(Attempt.purpose == limit.purpose, Attempt.key_hash == _hash(limit, key, secret))


def _hash(limit: Limit, key: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"{limit.purpose}\n{key}".encode(), hashlib.sha256).hexdigest()

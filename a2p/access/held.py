"""What was typed when a session was over: kept sealed until its writer is back, for a day.

The key that opens it is in the writer's browser alone. Who asks names the addresses that they may have (their own
sections): a row is found by the browser's token and its address together, and by nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from a2p.store.access_tables import HeldPost
from a2p.store.base import now
from a2p.store.tokens import new_token, token_hash

LASTS = timedelta(hours=24)
LONGEST = 400_000  # characters typed into one section: more than its boxes take
MOST = 500  # in a quarter of an hour, from everybody: beyond this somebody is filling the table
_WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Holder:
    """What a browser keeps: the key that opens what it sent, and the token by which that is found."""

    key: str = field(repr=False)
    token: str = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        """A fresh one, for a browser that has none."""
        return cls(Fernet.generate_key().decode(), new_token())

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """From what the browser sent; None if that is nothing that we gave it."""
        key, _, token = (text or "").partition(".")
        try:
            Fernet(key)
        except ValueError:
            return None
        return cls(key, token) if token else None

    def __str__(self) -> str:
        return f"{self.key}.{self.token}"

    def place(self, address: str) -> str:
        """Under which hash this browser's text for an address is kept."""
        return token_hash(f"{self.token} {address}")


@dataclass(frozen=True, slots=True)
class Held:
    """A form that waits to be sent again: its address, its fields as they were posted, and when that was."""

    address: str
    fields: Mapping[str, tuple[str, ...]] = field(repr=False)
    at: datetime


def hold(session: Session, holder: Holder, address: str, fields: Mapping[str, Sequence[str]]) -> bool:
    """Keep a form, in place of what this browser left at the same address before. False if there is no room for it."""
    plain = json.dumps({"address": address, "fields": {name: list(texts) for name, texts in fields.items()}})
    session.execute(delete(HeldPost).where(HeldPost.expires <= now()))
    recent = session.scalar(select(func.count()).select_from(HeldPost).where(HeldPost.created > now() - _WINDOW)) or 0
    if len(plain) > LONGEST or recent >= MOST:
        return False
    drop(session, holder, address)
    sealed = Fernet(holder.key).encrypt(plain.encode()).decode()
    session.add(HeldPost(token_hash=holder.place(address), address=address, sealed=sealed, expires=now() + LASTS))
    session.flush()
    return True


def held(session: Session, holder: Holder, addresses: Iterable[str]) -> list[Held]:
    """What this browser left at these addresses, the newest first. The caller names only what its person may have."""
    places = {holder.place(address): address for address in addresses}
    rows = session.scalars(
        select(HeldPost)
        .where(HeldPost.token_hash.in_(places), HeldPost.expires > now())
        .order_by(HeldPost.created.desc(), HeldPost.id.desc())
    )
    opened = [(row, _opened(holder, row)) for row in rows]
    return [Held(row.address, fields, row.created) for row, fields in opened if fields is not None]


def drop(session: Session, holder: Holder, address: str) -> None:
    """Forget what this browser left at an address."""
    session.execute(delete(HeldPost).where(HeldPost.token_hash == holder.place(address)))


def _opened(holder: Holder, row: HeldPost) -> dict[str, tuple[str, ...]] | None:
    """The fields of a row, None if they were sealed with another key or for another address."""
    try:
        plain = json.loads(Fernet(holder.key).decrypt(row.sealed.encode()))
    except InvalidToken:
        return None
    if plain["address"] != row.address:
        return None
    return {str(name): tuple(map(str, texts)) for name, texts in plain["fields"].items()}

"""The erasure list: a file outside the database that says what was erased, so that no backup brings it back.

One line of JSON an erasure: a random id, the moment, and what it was of, as the numbers of rows and a keyed hash of the
address. Nobody can read a name or an address from it. The audit event of an erasure carries the same id: what a
restored database has in its audit log was erased before the backup, and the rest is done again.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.store.base import now
from a2p.store.letter_tables import AuditEvent

NAME = "erased.jsonl"
ERASED_A_PERSON = "erased a person"
ERASED_A_ROUND = "erased a round's people"
_PURPOSE = b"a2p erasure list "


class BrokenList(Exception):
    """The erasure list can't be read; the text says where and why."""


class Erasure(BaseModel):
    """One line: of a person (an address, and the rows that were theirs) or of all people of a round.

    `key` tells which secret key made `address`, without telling the key.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)
    id: str
    at: datetime
    key: str
    address: str = ""
    person: int | None = None
    contacts: tuple[int, ...] = ()
    invitations: tuple[int, ...] = ()
    round: int | None = None


@dataclass(frozen=True, slots=True)
class ErasureList:
    """The list at `path`, with the site's secret key, without which no address is found again."""

    path: Path
    secret: str

    @property
    def key(self) -> str:
        """What tells this secret from others."""
        return self._hash(b"which key")[:12]

    def hash_of(self, email: str) -> str:
        """The keyed hash of an address, in whatever capitals it is written."""
        return self._hash(b"address " + plain(email).encode())

    def _hash(self, of: bytes) -> str:
        return hmac.new(self.secret.encode(), _PURPOSE + of, hashlib.sha256).hexdigest()

    def of_person(
        self, email: str, person: int | None, contacts: Collection[int], invitations: Collection[int]
    ) -> Erasure:
        """A line about a person, not yet written."""
        return Erasure(
            id=_new_id(),
            at=now(),
            key=self.key,
            address=self.hash_of(email),
            person=person,
            contacts=tuple(sorted(contacts)),
            invitations=tuple(sorted(invitations)),
        )

    def of_round(self, round_id: int) -> Erasure:
        """A line about all people of a round, not yet written."""
        return Erasure(id=_new_id(), at=now(), key=self.key, round=round_id)

    def add(self, erasure: Erasure) -> None:
        """Write a line, to the disk. Call it before the commit: a line too many erases again, one too few never."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = erasure.model_dump_json(exclude_defaults=True).encode() + b"\n"
        handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as out:
            fcntl.flock(out, fcntl.LOCK_EX)  # workers erase too
            _drop_broken_line(out)
            out.write(line)
            os.fsync(out.fileno())
        sync_folder(self.path.parent)

    def read(self) -> list[Erasure]:
        """All lines, oldest first; none where there is no file. BrokenList if one can't be read.

        A last line that was broken off is left out: its erasure was never committed.
        """
        try:
            text = self.path.read_bytes()
        except FileNotFoundError:
            return []
        lines = text.split(b"\n")
        found = []
        for number, line in enumerate(lines, start=1):
            try:
                found += [Erasure.model_validate_json(line)] if line.strip() else []
            except ValidationError as problem:
                if number < len(lines):
                    why = problem.errors()[0]["msg"]
                    raise BrokenList(f"{self.path}, line {number}: {why}") from problem
        return found


def merge(erasures: ErasureList, others: Iterable[Erasure]) -> int:
    """Add the lines of another copy of the list that this one has not; returns how many."""
    known = {line.id for line in erasures.read()}
    new = [line for line in others if line.id not in known]
    for line in new:
        erasures.add(line)
    return len(new)


def plain(email: str) -> str:
    """An address as it is compared: without white space around it, in small letters."""
    return email.strip().casefold()


def unseen(session: Session, erasures: list[Erasure]) -> list[Erasure]:
    """Those that this database knows nothing of: it is from before them."""
    audited = session.scalars(select(AuditEvent.detail).where(AuditEvent.action.in_((ERASED_A_PERSON, ERASED_A_ROUND))))
    details = "\n".join(audited)
    return [erasure for erasure in erasures if f'"{erasure.id}"' not in details]


def sync_folder(folder: Path) -> None:
    """Make sure that a file's name has reached the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _new_id() -> str:
    return secrets.token_hex(8)


def _drop_broken_line(out: FileIO) -> None:
    """A last line that was broken off goes: nothing was committed after it, and the next must not run into it."""
    out.seek(0)
    whole = out.readall()
    if not whole.endswith(b"\n"):
        out.truncate(whole.rfind(b"\n") + 1)

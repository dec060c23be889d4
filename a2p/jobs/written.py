"""What comes of writing a letter: it is ready, or it is too early for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from a2p.jobs.letter_text import Text
from a2p.store.round_tables import Invitation


@dataclass(frozen=True, slots=True)
class OldLink:
    """The hashes of an invitation's link before a letter brought a new one. If the letter is certainly not delivered
    the old link goes on working."""

    invitation_id: int
    token_hash: str | None
    code_hash: str | None
    instead_of: str

    def restore(self, session: Session) -> None:
        """Put the old link back, unless there is a newer one."""
        session.execute(
            update(Invitation)
            .where(Invitation.id == self.invitation_id, Invitation.token_hash == self.instead_of)
            .values(token_hash=self.token_hash, code_hash=self.code_hash)
        )


@dataclass(frozen=True, slots=True)
class Written:
    """A letter ready to be sent. Replies go to `reply_to`, if anywhere; `calendar` is a file that goes with it, and
    `documents` are PDFs with their names."""

    text: Text
    reply_to: str = ""
    old_link: OldLink | None = None
    calendar: bytes = b""
    documents: tuple[tuple[str, bytes], ...] = ()


class NotYet(Exception):
    """It is too early for this letter."""

    def __init__(self, due: datetime) -> None:
        self.due = due
        super().__init__(due)

"""Letters to be mailed: rows that say to whom and what for. The text, and the token of a link, are made at sending."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.round_tables import Invitation


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to write: its purpose (which names its template), the key under which it is sent once and never again,
    the address, what it belongs to, what its text needs beside that, and the moment before which it isn't sent."""

    purpose: str
    key: str
    address: str
    partnership_id: int | None = None
    invitation_id: int | None = None
    options: Mapping[str, str | int] = field(default_factory=dict)
    due: datetime | None = None


def write_letter(session: Session, draft: Draft) -> Letter | None:
    """Put a letter on the pile, in the caller's transaction. None if its key was written before: nothing goes twice."""
    if session.scalar(select(Letter.id).where(Letter.key == draft.key)) is not None:
        return None
    letter = Letter(
        purpose=draft.purpose,
        key=draft.key,
        address=draft.address,
        partnership_id=draft.partnership_id,
        invitation_id=draft.invitation_id,
        options=json.dumps(dict(draft.options), sort_keys=True),
        due=draft.due or now(),
    )
    try:
        with session.begin_nested():
            session.add(letter)
    except IntegrityError:
        return None
    return letter


def cancel_letters(session: Session, *, invitation_id: int | None = None, round_id: int | None = None) -> None:
    """Take back the letters of an invitation, or of a whole round, that were not sent yet."""
    invitations = select(Invitation.id).where(
        Invitation.id == invitation_id if invitation_id is not None else Invitation.round_id == round_id
    )
    session.execute(
        update(Letter)
        .where(Letter.state == "queued", Letter.invitation_id.in_(invitations))
        .values(state="cancelled")
        .execution_options(synchronize_session="fetch")
    )


def options_of(letter: Letter) -> dict[str, str | int]:
    """What a letter's text needs beside what it belongs to."""
    kept: dict[str, str | int] = json.loads(letter.options)
    return kept

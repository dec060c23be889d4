"""A closed round as if it had been opened as an open one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.scoring.frozen_file import content_hash, frozen_json, read_frozen
from a2p.store.round_tables import Result, Round


def make_open(session: Session, round_id: int) -> None:
    """Let the round, and the results it froze, say that it was open."""
    session.get_one(Round, round_id).attribution = "open"
    for kept in session.scalars(select(Result).where(Result.round_id == round_id)):
        result = read_frozen(kept.document.encode()).model_copy(update={"attribution": "open"})
        kept.document, kept.sha256 = frozen_json(result).decode(), content_hash(result)

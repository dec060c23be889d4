"""Who took a document away: each download of results is in the audit log, without anything of what is in it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from a2p.store.audit import record
from a2p.store.round_tables import Result
from a2p.web.database import db
from a2p.web.policy import current_actor


def note_download(result: Result, what: str, kind: str) -> None:
    """Note that whoever sends this request downloads `what` ("an export", "a report") of a result.

    In a transaction of its own, after this request's reading: on SQLite one reader would hold up its own writing.
    """
    by = current_actor(result.partnership_id, result.round_id)
    db.session.commit()
    with Session(db.engine) as writing, writing.begin():
        record(
            writing,
            f"downloaded {what}",
            by=by,
            of=f"round {result.round_id}",
            partnership_id=result.partnership_id,
            detail={"kind": kind, "edition": result.edition},
        )

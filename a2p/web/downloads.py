"""Who took a document away: each download of results is in the audit log, without anything of what is in it."""

from __future__ import annotations

import json
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.store.audit import ANYBODY, Actor, record
from a2p.store.base import LONDON, today
from a2p.store.letter_tables import AuditEvent
from a2p.store.region_tables import Snapshot
from a2p.store.round_tables import Result
from a2p.web.database import db
from a2p.web.policy import current_actor

PUBLIC = "a public document"


def note_download(result: Result, what: str, kind: str) -> None:
    """Note that whoever sends this request downloads `what` ("an export", "a report") of a result.

    In a transaction of its own, after this request's reading: on SQLite one reader would hold up its own writing.
    """
    by, partnership_id, of = (
        current_actor(result.partnership_id, result.round_id),
        result.partnership_id,
        result.round_id,
    )
    _note(what, by, f"round {of}", partnership_id, _detail(result, kind))


def note_public_download(result: Result, kind: str) -> None:
    """Note that somebody took a document that is public, and nothing of who it was: once a day for each, so that nobody
    fills the log by asking again and again."""
    of, morning = f"round {result.round_id}", datetime.combine(today(), time.min, LONDON)
    noted = select(AuditEvent.id).where(
        AuditEvent.partnership_id == result.partnership_id,
        AuditEvent.object == of,
        AuditEvent.action == f"downloaded {PUBLIC}",
        AuditEvent.at >= morning,
        AuditEvent.detail == json.dumps(_detail(result, kind), sort_keys=True),
    )
    if db.session.scalar(noted.limit(1)) is None:
        _note(PUBLIC, ANYBODY, of, result.partnership_id, _detail(result, kind))


def _detail(result: Result, kind: str) -> dict[str, str | int]:
    return {"kind": kind, "edition": result.edition}


def note_regional_download(snapshot: Snapshot, what: str, kind: str) -> None:
    """The same of a region's snapshot."""
    by, region = current_actor(region_id=snapshot.region_id), snapshot.region_id
    _note(what, by, f"snapshot {snapshot.id}", None, {"kind": kind, "region": region})


def _note(what: str, by: Actor, of: str, partnership_id: int | None, detail: dict[str, str | int]) -> None:
    db.session.commit()
    with Session(db.engine) as writing, writing.begin():
        record(writing, f"downloaded {what}", by=by, of=of, partnership_id=partnership_id, detail=detail)

"""The heartbeat of a row that a worker has in hand: while it beats, no other worker takes the row for lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import TypeAlias

from sqlalchemy import ColumnElement, Engine, and_, update
from sqlalchemy.orm import Session

from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.round_tables import Job

HEARTBEAT_SECONDS = 5.0
SILENT = timedelta(seconds=30)
Rows: TypeAlias = type[Job] | type[Letter]


@contextmanager
def heartbeat(engine: Engine, rows: Rows, row_id: int) -> Iterator[None]:
    """Keep a row's heart beating as long as the block runs."""
    done = Event()

    def beat() -> None:
        while not done.wait(HEARTBEAT_SECONDS):
            with Session(engine) as session, session.begin():
                session.execute(update(rows).where(rows.id == row_id).values(heartbeat=now()))

    heart = Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield
    finally:
        done.set()
        heart.join()


def silent(rows: Rows, state: str) -> ColumnElement[bool]:
    """Whether a row stands in this state and its worker's heart has stopped."""
    return and_(rows.state == state, rows.heartbeat < now() - SILENT)

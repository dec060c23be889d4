"""Retention by the clock: a worker erases the people of rounds and workshops whose time has come."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from a2p.jobs.outbox import remove_erased
from a2p.rounds.blanking import remove_files
from a2p.rounds.retention import (
    ErasedRounds,
    associates_due,
    attendees_due,
    erase_associates_due,
    erase_attendees_due,
    erase_due,
    record_letters_due,
    rounds_due,
)
from a2p.settings import Settings, documents_folder, outbox_folder
from a2p.store.base import LONDON
from a2p.store.engine import READ_ONLY
from a2p.store.erasures import NAME, ErasureList

log = structlog.get_logger(__name__)


def sweep(engine: Engine, settings: Settings, at: datetime) -> None:
    """Erase what is due, and the files of letters to whoever was erased; what goes wrong is logged and leaves a
    worker's other work alone."""
    try:
        erase_what_is_due(engine, settings, at)
        with Session(engine.execution_options(**READ_ONLY)) as session:
            remove_erased(session, outbox_folder(settings.data_dir))
    except Exception:
        log.exception("people of a round not erased")


def erase_what_is_due(engine: Engine, settings: Settings, at: datetime) -> ErasedRounds:
    """Erase the people of every round that closed so many months ago, the documents made of them, who came to
    workshops that were held as long ago, and associates who withdrew as long ago.

    Several workers may do it at once: each round is erased by one of them.
    """
    day, months = at.astimezone(LONDON).date(), settings.kept_months
    with Session(engine.execution_options(**READ_ONLY)) as session:
        found = (rounds_due, attendees_due, record_letters_due, associates_due)
        if not any(due(session, day, months) for due in found):
            return ErasedRounds((), ())
    erasures = ErasureList(settings.data_dir / NAME, settings.secret_key)
    with Session(engine) as session, session.begin():
        erased = erase_due(session, day, months, erasures)
        erase_attendees_due(session, day, months)
        erase_associates_due(session, day, months)
    remove_files(documents_folder(settings.data_dir), erased.files)
    for round_id in erased.rounds:
        log.info("a round's people were erased", round=round_id)
    return erased

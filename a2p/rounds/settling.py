"""What has to be done in a database that comes from a backup, before it takes the place of the site's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from a2p.rounds.erasing import replay
from a2p.rounds.scores import write_missing_scores
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.access_tables import SessionInvitation, SignInLink
from a2p.store.audit import SYSTEM, record
from a2p.store.base import now
from a2p.store.erasures import ErasureList, unseen
from a2p.store.letter_tables import Letter


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done: people erased again, rounds whose people were, lines of the list that another secret key made and
    whose addresses could not be looked for, and letters that may have been sent since the backup."""

    people: int
    rounds: int
    other_key: int
    letters: int


def settle(session: Session, erasures: ErasureList, made: datetime) -> Settled:
    """Erase again whom the erasure list names, sign everybody out, and hold back letters that may have gone already.

    `made` is when the backup was made. A session or link that ended since would open again; a letter would go twice.
    """
    lines = unseen(session, erasures.read())
    write_missing_scores(session)
    replay(session, erasures)
    for table in (SessionInvitation, BrowserSession, SignInLink):
        session.execute(delete(table))
    waiting = (Letter.state.in_(("queued", "sending"))) & (Letter.due <= now())
    letters = session.scalar(select(func.count()).select_from(Letter).where(waiting)) or 0
    session.execute(update(Letter).where(waiting).values(state="unsure", heartbeat=None))
    rounds = sum(1 for line in lines if line.round is not None)
    settled = Settled(
        people=len(lines) - rounds,
        rounds=rounds,
        other_key=sum(1 for line in lines if line.address and line.key != erasures.key),
        letters=letters,
    )
    record(
        session,
        "restored a backup",
        by=SYSTEM,
        detail={"made": made.isoformat(timespec="seconds"), "erased again": settled.people, "letters held": letters},
    )
    return settled

"""What is due by the clock, looked for once a minute: late partners, reminders, owners of actions, roles
that are over, rounds to close, tidying up.

Each is done in a transaction of its own and can be done by several workers at once: what fails is logged and leaves the
others alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from a2p.access.telling import tell_of_ends
from a2p.rounds.closing import close_round
from a2p.rounds.comments import tell_readers
from a2p.rounds.letters import coordinators_of, remind_where_due, rounds_with_late_partners, send_to_late_partners
from a2p.rounds.opening import lock
from a2p.rounds.owners import remind_owners
from a2p.store.access_tables import Attempt, HeldPost, SignInLink
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.base import LONDON
from a2p.store.engine import READ_ONLY
from a2p.store.letters import Draft, write_letter
from a2p.store.round_tables import Round

KEPT_AFTER = timedelta(days=7)  # who opens an old link is offered a fresh one, so long
log = structlog.get_logger(__name__)


def sweep(engine: Engine, at: datetime) -> None:
    """Do everything that is due at this moment."""
    with Session(engine.execution_options(**READ_ONLY)) as session:
        over = select(Round.id).where(Round.closed.is_(None), Round.closes < _day(at))
        to_close, late = list(session.scalars(over)), rounds_with_late_partners(session)
    for round_id in to_close:
        _alone(engine, "round not closed", partial(close_if_over, round_id=round_id, at=at))
    for round_id in late:
        _alone(engine, "late partners not written to", partial(_write_to_late, round_id=round_id))
    _alone(engine, "reminders not written", partial(remind_where_due, at=at))
    _alone(engine, "owners of actions not reminded", partial(remind_owners, at=at))
    _alone(engine, "ends of roles not told", partial(tell_of_ends, on=_day(at)))
    _alone(engine, "not tidied", partial(tidy, at=at))


def _alone(engine: Engine, failed: str, work: Callable[[Session], object]) -> None:
    try:
        with Session(engine) as session, session.begin():
            work(session)
    except Exception:
        log.exception(failed)


def close_if_over(session: Session, round_id: int, at: datetime) -> bool:
    """Close a round whose last day has passed, and tell its coordinators and readers. Returns whether it did."""
    round_ = session.get_one(Round, round_id)
    lock(session, round_, alone=True)
    if round_.closed is not None or round_.closes is None or _day(at) <= round_.closes:
        return False  # closed or extended meanwhile
    close_round(session, round_, at=at)
    for person in coordinators_of(session, round_.partnership_id):
        key = f"closed/{round_.id}/{at:%Y%m%d%H%M%S}/{person.id}"
        options = {"round_id": round_.id, "person_id": person.id}
        write_letter(session, Draft("closed", key, person.email, round_.partnership_id, options=options))
    tell_readers(session, round_)
    return True


def tidy(session: Session, at: datetime) -> None:
    """Forget what is over: sessions, mailed links, counted attempts, forms that nobody came back for."""
    session.execute(delete(BrowserSession).where(BrowserSession.ends <= at))
    session.execute(delete(SignInLink).where(SignInLink.expires <= at - KEPT_AFTER))
    session.execute(delete(Attempt).where(Attempt.at <= at - KEPT_AFTER))
    session.execute(delete(HeldPost).where(HeldPost.expires <= at))


def _write_to_late(session: Session, round_id: int) -> None:
    send_to_late_partners(session, session.get_one(Round, round_id))


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()

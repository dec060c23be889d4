"""Changing a round that runs, calling it off before anybody has answered, and opening a closed one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from a2p.rounds.merging import follow_merges
from a2p.rounds.naming import forget_named
from a2p.rounds.opening import RoundClosed, lock, remind_on, reminder_days
from a2p.rounds.releasing import take_back_all
from a2p.store.access_tables import SessionInvitation
from a2p.store.audit import Actor, record
from a2p.store.base import now, today
from a2p.store.letter_tables import Letter, RoundReminder
from a2p.store.round_tables import (
    EvidenceRow,
    Invitation,
    InvitationQuestionnaire,
    Job,
    Response,
    Round,
    RoundQuestionnaire,
    RoundReopening,
)
from a2p.store.tables import Grant


@dataclass(frozen=True, slots=True)
class Changes:
    """What of a round is to be otherwise. The message counts only before the first answer; `private` makes an open
    round private and never the reverse."""

    closes: date | None
    reminders: Sequence[date]
    message: str
    private: bool = False


class Answered(Exception):
    """Somebody has answered, so this can no longer be done."""


class NotClosed(Exception):
    """The round is open: it can't be opened again."""


class PeopleErased(Exception):
    """The round's people are erased: there is nobody left to answer or to correct."""


class TooEarly(Exception):
    """A last day that has passed."""


def reopenings_of(session: Session, round_: Round) -> tuple[RoundReopening, ...]:
    """When and why the round was opened again, the newest first."""
    found = select(RoundReopening).where(RoundReopening.round_id == round_.id).order_by(RoundReopening.id.desc())
    return tuple(session.scalars(found))


def has_answers(session: Session, round_: Round) -> bool:
    """Whether anybody has begun to answer."""
    counted = select(func.count()).where(Response.round_id == round_.id, Response.invitation_id.is_not(None))
    return bool(session.scalar(counted))


def change_round(session: Session, round_: Round, changes: Changes, by: Actor) -> tuple[str, ...]:
    """Change an open or planned round. RoundClosed after closing; TooEarly for a last day before today; Answered for
    another message once somebody has answered.

    Returns the documents to be removed after the commit: those that name organisations of a round made private.
    """
    lock(session, round_, alone=True)
    if round_.closed is not None:
        raise RoundClosed
    if changes.closes is not None and changes.closes < today() and changes.closes != round_.closes:
        raise TooEarly
    detail: dict[str, str | int] = {}
    files: tuple[str, ...] = ()
    if changes.message != round_.message:
        if has_answers(session, round_):
            raise Answered
        round_.message = changes.message
        detail["message"] = "changed"
    if changes.closes != round_.closes:
        detail["last day"] = changes.closes.isoformat() if changes.closes else "none"
        round_.closes = changes.closes
    if changes.private and round_.attribution == "open":
        round_.attribution = detail["attribution"] = "private"
        files = forget_named(session, round_)
    if sorted(set(changes.reminders)) != reminder_days(session, round_):
        remind_on(session, round_, changes.reminders)
        detail["reminders"] = ", ".join(day.isoformat() for day in sorted(set(changes.reminders)))
    if detail:
        _record(session, "changed the round", round_, by, detail)
    return files


def call_off(session: Session, round_: Round, by: Actor) -> None:
    """Delete an open or planned round that nobody has answered, with its invitations. Answered or RoundClosed if not.

    The letters that were sent stay in the list of letters; nobody is told that their link opens nothing any more.
    """
    lock(session, round_, alone=True)
    if round_.closed is not None or session.scalar(
        select(RoundReopening.id).where(RoundReopening.round_id == round_.id)
    ):
        raise RoundClosed
    if has_answers(session, round_):
        raise Answered
    invitations = select(Invitation.id).where(Invitation.round_id == round_.id)
    for table in (Letter, Job, SessionInvitation):
        session.execute(delete(table).where(table.invitation_id.in_(invitations)))
    for rows in (InvitationQuestionnaire, Invitation, Response, EvidenceRow, RoundQuestionnaire, RoundReminder, Grant):
        session.execute(delete(rows).where(rows.round_id == round_.id))
    _record(session, "called off the round", round_, by, {})
    session.expire(round_, ["versions"])  # read before, they would be deleted a second time
    session.delete(round_)
    session.flush()


def reopen(session: Session, round_: Round, reason: str, closes: date, by: Actor) -> RoundReopening:
    """Open a closed round again until a new last day. Its results stay; the next closing makes others beside them.
    What is released stays as it is and is of the earlier results alone; a proposed release is taken back.

    NotClosed if it is open; PeopleErased once its people are; TooEarly for a last day before today. The reason is kept
    with the round, not in the audit.
    """
    lock(session, round_, alone=True)
    if round_.closed is None:
        raise NotClosed
    if round_.people_erased is not None:
        raise PeopleErased
    if closes < today():
        raise TooEarly
    reopened = RoundReopening(
        partnership_id=round_.partnership_id, round_id=round_.id, person_id=by.person_id, reason=reason, at=now()
    )
    session.add(reopened)
    round_.closed, round_.closes = None, closes
    follow_merges(session, round_)
    remind_on(session, round_, ())
    take_back_all(session, round_, by)
    _record(session, "opened the round again", round_, by, {"last day": closes.isoformat()})
    return reopened


def _record(session: Session, done: str, round_: Round, by: Actor, detail: dict[str, str | int]) -> None:
    record(session, done, by=by, of=f"round {round_.id}", partnership_id=round_.partnership_id, detail=detail)

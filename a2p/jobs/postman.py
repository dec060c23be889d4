"""Sending letters: each is claimed before it is handed over, and what became of it is written down at once.

What was certainly not taken is tried again, later each time. What may have been taken is never sent again by itself: a
letter whose worker died while the mail server had it is *unsure*, and a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from sqlalchemy import Engine, case, select, update
from sqlalchemy.orm import Session

from a2p import logs
from a2p.jobs import retention, sweep
from a2p.jobs.heart import heartbeat, silent
from a2p.jobs.outbox import message_id
from a2p.jobs.writing import write
from a2p.jobs.written import NotYet, Written
from a2p.mail import Message, Refused, Sender, Transport, TryLater, Unsure, compose, transport_for
from a2p.settings import Settings, outbox_folder
from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.queue import LetterQueue

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
IN_VAIN_AFTER = timedelta(minutes=30)  # who asked for a link to sign in has long asked for another, or gone
SIGN_IN = "sign-in"
WORKER_DIED = "The worker ended while the mail server had the letter."
NOT_WRITTEN = "The letter could not be written. The administrator’s log says why."
log = structlog.get_logger(__name__)

# People wait before their screens for a link to sign in; all else can wait behind it.
_NEXT = (
    select(Letter)
    .where(Letter.state == "queued")
    .order_by(case((Letter.purpose == SIGN_IN, 0), else_=1), Letter.due, Letter.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that this worker has in hand, written and ready to be handed over."""

    letter_id: int
    purpose: str
    tries: int
    message: Message
    written: Written


class Postman:
    """Where a worker process sends letters and does what is due by the clock."""

    def __init__(self, engine: Engine, settings: Settings, transport: Transport | None = None) -> None:
        self.engine = engine
        self.settings = settings
        host = urlsplit(settings.public_base_url).hostname or "localhost"
        self.sender = Sender(settings.mail_from, host)
        self.transport = transport or transport_for(settings.mail_server, outbox_folder(settings.data_dir), host)
        self.queue = LetterQueue(settings.data_dir, self.send_due, self.sweep)

    def work(self) -> None:
        """Do what was left undone, then what comes in, until the process is told to stop."""
        logs.set_up()
        self.sweep()
        self.queue.consume()

    def sweep(self) -> None:
        """Do what is due by the clock, then send what is due."""
        self.note_lost()
        sweep.sweep(self.engine, now())
        retention.sweep(self.engine, self.settings, now())
        self.send_due()

    def note_lost(self) -> None:
        """A letter whose worker fell silent may have arrived: it is not sent again."""
        with Session(self.engine) as session, session.begin():
            lost = session.execute(
                update(Letter)
                .where(silent(Letter, "sending"))
                .values(state="unsure", answer=WORKER_DIED, heartbeat=None)
                .returning(Letter.id)
            )
            for (letter_id,) in lost:
                log.warning("letter lost with its worker", letter=letter_id)

    def send_due(self) -> None:
        """Send every letter that is due, one after the other; letters to sign in first."""
        while self._send_next():
            pass

    def _send_next(self) -> bool:
        """Send the next letter, if one is due."""
        try:
            claimed = self._claim()
        except _NotWritten as problem:
            log.exception("letter not written", letter=problem.letter_id)
            self._not_written(problem.letter_id)
            return True
        if isinstance(claimed, Claimed):
            self._hand_over(claimed)
        return claimed is not None

    def _claim(self) -> Claimed | bool | None:
        """The next letter, claimed and committed; True if it needed no sending after all, None if none is due."""
        with Session(self.engine) as session, session.begin():
            letter = session.scalar(_NEXT.where(Letter.due <= now()))
            if letter is None:
                return None
            letter_id = letter.id
            try:
                written = None if _is_in_vain(letter) else write(session, letter, self.settings)
            except NotYet as early:
                letter.due = early.due
                return True
            except Exception as problem:
                raise _NotWritten(letter_id) from problem
            if written is None:
                letter.state = "cancelled"
                return True
            letter.state, letter.tries, letter.heartbeat = "sending", letter.tries + 1, now()
            return Claimed(letter_id, letter.purpose, letter.tries, _message(letter, written), written)

    def _hand_over(self, claimed: Claimed) -> None:
        try:
            with heartbeat(self.engine, Letter, claimed.letter_id):
                self.transport.send(compose(claimed.message, self.sender))
        except TryLater as problem:
            self._try_later(claimed, str(problem))
        except Refused as problem:
            self._finish(claimed, "failed", str(problem), undelivered=True)
        except Unsure as problem:
            self._finish(claimed, "unsure", str(problem))
        else:
            self._finish(claimed, "sent")

    def _try_later(self, claimed: Claimed, answer: str) -> None:
        due = _due_again(claimed.tries)
        self._finish(claimed, "queued" if due else "failed", answer, undelivered=True, due=due)

    def _finish(
        self, claimed: Claimed, state: str, answer: str = "", *, undelivered: bool = False, due: datetime | None = None
    ) -> None:
        """Write down what became of a letter. One that was certainly not delivered leaves the link before it alive."""
        values: dict[str, object] = {"state": state, "answer": answer, "heartbeat": None}
        if state == "sent":
            values["sent"] = now()
        if due is not None:
            values["due"] = due
        # a sweep may have taken a slow hand-over for lost: what we know is more, but it is not to go twice
        known_as = ("sending",) if state == "queued" else ("sending", "unsure")
        with Session(self.engine) as session, session.begin():
            session.execute(
                update(Letter).where(Letter.id == claimed.letter_id, Letter.state.in_(known_as)).values(**values)
            )
            if undelivered and claimed.written.old_link:
                claimed.written.old_link.restore(session)
        log.info("letter", letter=claimed.letter_id, purpose=claimed.purpose, became=state)

    def _not_written(self, letter_id: int) -> None:
        with Session(self.engine) as session, session.begin():
            letter = session.get_one(Letter, letter_id)
            letter.tries += 1
            due = _due_again(letter.tries)
            letter.state, letter.due = ("queued", due) if due else ("failed", letter.due)
            letter.answer = "" if due else NOT_WRITTEN


class _NotWritten(Exception):
    """A letter's text could not be made."""

    def __init__(self, letter_id: int) -> None:
        self.letter_id = letter_id
        super().__init__(letter_id)


def _due_again(tries: int) -> datetime | None:
    """When to try again after so many tries; None after the last."""
    return now() + WAITS[tries - 1] if tries <= len(WAITS) else None


def _is_in_vain(letter: Letter) -> bool:
    return letter.purpose == SIGN_IN and letter.created < now() - IN_VAIN_AFTER


def _message(letter: Letter, written: Written) -> Message:
    text = written.text
    return Message(
        letter.address,
        text.subject,
        text.text,
        text.html,
        message_id(letter),
        written.reply_to,
        written.calendar,
        written.documents,
    )

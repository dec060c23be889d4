"""A round's people are erased a set time after its close, who came to a workshop as long after it, and associates as
long after they withdrew; frozen results and what was agreed stay."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from a2p.rounds.blanking import (
    Blanked,
    blank_associates,
    blank_confirmers,
    blank_invitations,
    blank_letters,
    delete_jobs,
    forget_attendees,
    hold_workshops,
)
from a2p.rounds.gathering import keep_only
from a2p.rounds.opening import lock
from a2p.rounds.records import PURPOSE as RECORD
from a2p.rounds.results import shown_comments
from a2p.store.audit import SYSTEM, record
from a2p.store.base import LONDON, now
from a2p.store.erasures import ERASED_A_ROUND, Erasure, ErasureList
from a2p.store.letter_tables import Letter
from a2p.store.letters import options_of
from a2p.store.outcome_tables import Attendee, Release, Workshop
from a2p.store.region_tables import Associate
from a2p.store.round_tables import AnswerRow, DestroyedResult, Invitation, Job, Response, Result, Round


@dataclass(frozen=True, slots=True)
class ErasedRounds:
    """The rounds whose people were erased, and the documents to be removed from their folder after the commit."""

    rounds: tuple[int, ...]
    files: tuple[str, ...]


def rounds_due(session: Session, today: date, months: int) -> list[Round]:
    """The rounds that closed `months` months ago or longer and whose people are still kept."""
    kept = or_(Round.people_erased.is_(None), Round.people_erased < Round.closed)
    closed = session.scalars(select(Round).where(Round.closed.is_not(None), kept).order_by(Round.id))
    return [each for each in closed if kept_until(each.closed, months) <= today]


def keeps_people(round_: Round) -> bool:
    """Whether a round has people who were not erased; opened again after that, it may have others."""
    return round_.people_erased is None or round_.closed is None or round_.people_erased < round_.closed


def erase_due(session: Session, today: date, months: int, erasures: ErasureList) -> ErasedRounds:
    """Erase the people of each round that closed `months` months ago or longer, and remember that it is done.

    Commit at once, then remove the files; again on the same day it finds nothing.
    """
    rounds: list[int] = []
    files: list[str] = []
    for round_ in rounds_due(session, today, months):
        lock(session, round_, alone=True)
        session.refresh(round_, ["people_erased"])
        if keeps_people(round_) and kept_until(round_.closed, months) <= today:  # as it was a moment ago
            line = erasures.of_round(round_.id)
            files += erase_round(session, round_, line).files
            rounds.append(round_.id)
            erasures.add(line)
    return ErasedRounds(tuple(rounds), tuple(files))


def kept_until(closed: datetime | None, months: int) -> date:
    """The day on which the people of a round that closed then are erased, in Europe/London: the same day of the month,
    or its last. An open round's are kept. Likewise of others whose time begins at a moment."""
    if closed is None:
        return date.max
    return months_after(closed.astimezone(LONDON).date(), months)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def attendees_due(session: Session, today: date, months: int) -> list[Attendee]:
    """Who came to workshops that were held `months` months ago or longer."""
    named = session.execute(select(Attendee, Workshop.held).join(Workshop, Workshop.id == Attendee.workshop_id))
    return [attendee for attendee, held in named if months_after(held, months) <= today]


def record_letters_due(session: Session, today: date, months: int) -> list[Letter]:
    """The letters that brought the record of workshops held as long ago, to whoever it was."""
    sent = session.scalars(select(Letter).where(Letter.purpose == RECORD, Letter.address != "")).all()
    held = {letter.id: session.get(Workshop, options_of(letter)["workshop_id"]) for letter in sent}
    return [letter for letter in sent if _is_due(held[letter.id], today, months)]


def _is_due(workshop: Workshop | None, today: date, months: int) -> bool:
    return workshop is None or months_after(workshop.held, months) <= today


def erase_attendees_due(session: Session, today: date, months: int) -> int:
    """Erase who came to a workshop whose time is over, and to whom its record was sent; how many came stays. Returns
    how many were erased."""
    hold_workshops(session, {each.workshop_id for each in attendees_due(session, today, months)})
    due = attendees_due(session, today, months)  # as it is now that nobody else erases them
    for workshop_id, partnership_id in sorted({(each.workshop_id, each.partnership_id) for each in due}):
        record(
            session,
            "erased who came to a workshop",
            by=SYSTEM,
            of=f"workshop {workshop_id}",
            partnership_id=partnership_id,
        )
    forget_attendees(session, due)
    letters = [letter.id for letter in record_letters_due(session, today, months)]
    blank_letters(session, Letter.id.in_(letters))
    return len(due)


def associates_due(session: Session, today: date, months: int, *, hold: bool = False) -> list[Associate]:
    """The associates who withdrew, or were asked and did not agree, `months` months ago or longer. `hold` keeps others
    from changing any of them until the commit."""
    idle = select(Associate).where(
        Associate.email != "", or_(Associate.agreed.is_(None), Associate.withdrawn.is_not(None))
    )
    idle = idle.order_by(Associate.id).execution_options(populate_existing=hold)
    found = session.scalars(idle.with_for_update() if hold else idle)
    return [each for each in found if kept_until(each.withdrawn or each.invited, months) <= today]


def erase_associates_due(session: Session, today: date, months: int) -> int:
    """Erase the associates whose time is over. Returns how many."""
    due = associates_due(session, today, months, hold=True)
    for associate in due:
        record(session, "erased an associate", by=SYSTEM, of=f"associate {associate.id}")
    blank_associates(session, due)
    return len(due)


def erase_round(session: Session, round_: Round, line: Erasure) -> Blanked:
    """Erase names, addresses, links, answers and comments of all who were invited, and the internal part of results.

    What the partnership answered together stays, without who wrote it. Documents can be made again from the results.
    """
    _part_comments(session, round_)
    invitations = session.scalars(select(Invitation).where(Invitation.round_id == round_.id)).all()
    blanked = blank_invitations(session, invitations, withdraw=False)
    blank_confirmers(session, Release.round_id == round_.id)
    of_round = select(Response.id).where(Response.round_id == round_.id)
    session.execute(update(AnswerRow).where(AnswerRow.response_id.in_(of_round)).values(by=""))
    results = select(Result.id).where(Result.round_id == round_.id)
    files = delete_jobs(session, Job.result_id.in_(results))
    session.execute(update(Result).where(Result.round_id == round_.id).values(internal=None))
    session.execute(update(DestroyedResult).where(DestroyedResult.round_id == round_.id).values(internal=None))
    round_.people_erased = now()
    record(
        session,
        ERASED_A_ROUND,
        by=SYSTEM,
        of=f"round {round_.id}",
        partnership_id=round_.partnership_id,
        detail={"erasure": line.id, "invitations": blanked.invitations, "answers": blanked.answers},
    )
    session.flush()
    return Blanked(blanked.invitations, blanked.answers, blanked.letters, (*blanked.files, *files))


def _part_comments(session: Session, round_: Round) -> None:
    """Comments that are shown stay, without a way back to their writers; the others go."""
    for result in session.scalars(select(Result).where(Result.round_id == round_.id)).all():
        keep_only(session, result, [comment.id for comment in shown_comments(session, result)])


def erase_round_again(session: Session, line: Erasure) -> None:
    """Do again an erasure that a restored database knows nothing of; a round that it has open is not yet due."""
    round_ = session.get(Round, line.round)
    if round_ is not None and round_.closed is not None and keeps_people(round_):
        erase_round(session, round_, line)

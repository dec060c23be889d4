"""Letters of a round: the invitations, reminders to those who have not submitted, and what became of each.

Nothing is sent here: a letter's row is written in the caller's transaction, and workers send it. Nobody gets more than
a few letters of a round in a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from a2p.rounds.directory import Invitee, Status, people_of
from a2p.rounds.opening import RoundClosed, is_open
from a2p.store.access_tables import SessionInvitation
from a2p.store.audit import SYSTEM, Actor, record
from a2p.store.base import LONDON, now, today
from a2p.store.grants import in_force
from a2p.store.letter_tables import Letter, RoundReminder
from a2p.store.letters import Draft, cancel_letters, write_letter
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Grant, Person

MOST_IN_A_DAY = 3
REMINDED_AT = time(9, 0)
WAITED_FOR = frozenset({Status.INVITED, Status.OPENED, Status.STARTED})
_INVITING = ("invitation", "deputy")
_ASKING = (*_INVITING, "reminder")

_OF_INVITATION = (Invitation.partnership_id == Letter.partnership_id) & (Invitation.id == Letter.invitation_id)


class NotPossible(Exception):
    """No letter was written; the text says why, to the coordinator."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many letters were written; how many people have no address; how many had as many as one may get in a day."""

    written: int = 0
    without_address: int = 0
    too_many: int = 0


def send_invitations(session: Session, round_: Round, by: Actor) -> Counts:
    """Write an invitation to everybody who has an address and was not written to; sent when the round opens.

    RoundClosed if the round takes no more answers.
    """
    _refuse_if_over(round_)
    waiting = [one.invitation for one in _waited_for(session, round_)]
    written_to = _letters(session, round_, _INVITING)
    fresh = [each for each in waiting if each.id not in written_to]
    counts = _write_all(session, round_, fresh, "invitation", lambda each: _key(session, each), by)
    _note(session, round_, "sent invitations", by, counts)
    return counts


def was_sent(session: Session, round_: Round) -> bool:
    """Whether the invitations of this round were sent: whoever is added later gets theirs at once."""
    return bool(_letters(session, round_, _INVITING))


def rounds_with_late_partners(session: Session) -> list[int]:
    """The numbers of rounds not closed whose invitations were sent, and that have somebody who was not written to."""
    invited = select(Letter.invitation_id).where(
        Letter.invitation_id.is_not(None), Letter.purpose.in_(_INVITING), Letter.state != "cancelled"
    )
    sent = select(Invitation.round_id).where(Invitation.id.in_(invited))
    late = (
        select(Round.id)
        .join(Invitation, (Invitation.partnership_id == Round.partnership_id) & (Invitation.round_id == Round.id))
        .where(Round.closed.is_(None), Round.id.in_(sent), Invitation.id.not_in(invited))
        .where(Invitation.email != "", Invitation.withdrawn.is_(None), Invitation.passed_to_id.is_(None))
    )
    return list(session.scalars(late.distinct().order_by(Round.id)))


def send_to_late_partners(session: Session, round_: Round, by: Actor = SYSTEM) -> Counts:
    """Write to those who were added after the invitations of an open round were sent."""
    if not _is_over(round_) and was_sent(session, round_):
        return send_invitations(session, round_, by)
    return Counts()


def resend(session: Session, invitation: Invitation, by: Actor) -> None:
    """Write an invitation anew. The old link stops at once, and every browser that used it is shut out.

    NotPossible says why not; RoundClosed if the round takes no more answers.
    """
    _refuse_if_over(invitation.round)
    if not invitation.email:
        raise NotPossible("There is no e-mail address to send it to.")
    if invitation.withdrawn is not None or invitation.passed_to_id is not None:
        raise NotPossible("This invitation was withdrawn or passed on.")
    cancel_letters(session, invitation_id=invitation.id)
    if _sent_today(session, invitation.round).get(invitation.email, 0) >= MOST_IN_A_DAY:
        raise NotPossible(f"{MOST_IN_A_DAY} letters went to this address today. Send it again tomorrow.")
    invitation.token_hash = invitation.code_hash = invitation.bound = None
    session.execute(delete(SessionInvitation).where(SessionInvitation.invitation_id == invitation.id))
    _write(session, invitation, "invitation", _key(session, invitation), by)
    record(
        session,
        "sent an invitation again",
        by=by,
        of=f"invitation {invitation.id}",
        partnership_id=invitation.partnership_id,
    )


def remind(session: Session, round_: Round, by: Actor, day: date | None = None) -> Counts:
    """Write to those who were invited and have not submitted, once a day at most; not on the day of their invitation.

    RoundClosed if the round takes no more answers.
    """
    _refuse_if_over(round_)
    day = day or today()
    to_remind = _to_remind(session, round_, [one.invitation for one in _waited_for(session, round_)], day)
    counts = _write_all(session, round_, to_remind, "reminder", lambda each: f"reminder/{each.id}/{day}", by)
    _note(session, round_, "reminded", by, counts)
    return counts


def remind_where_due(session: Session, at: datetime) -> int:
    """Write the reminders of the day chosen for it, from nine in the morning on. Returns how many were written."""
    local = at.astimezone(LONDON)
    if local.time() < REMINDED_AT:
        return 0
    found = select(Round).join(
        RoundReminder,
        (RoundReminder.partnership_id == Round.partnership_id) & (RoundReminder.round_id == Round.id),
    )
    due = session.scalars(found.where(RoundReminder.day == local.date(), Round.closed.is_(None))).all()
    return sum(remind(session, each, SYSTEM, local.date()).written for each in due if not _is_over(each))


@dataclass(frozen=True, slots=True)
class Post:
    """How a round's letters stand: the newest of each invitation that was not taken back; how many people could be sent
    an invitation now, how many have no address, and how many could be reminded today."""

    newest: Mapping[int, Letter]
    to_invite: int
    without_address: int
    to_remind: int


def post_of(session: Session, round_: Round) -> Post:
    """How the letters of a round stand."""
    letters = _letters(session, round_, _ASKING)
    newest = {invitation_id: of_one[-1] for invitation_id, of_one in letters.items()}
    waiting = [] if _is_over(round_) else [one.invitation for one in _waited_for(session, round_)]
    with_address = [each for each in waiting if each.email]
    inviting = {key for key, of_one in letters.items() if any(letter.purpose in _INVITING for letter in of_one)}
    reminded = {key for key, letter in newest.items() if letter.key == f"reminder/{key}/{today()}"}
    to_remind = [each for each in _to_remind(session, round_, with_address, today()) if each.id not in reminded]
    return Post(
        newest=newest,
        to_invite=sum(each.id not in inviting for each in with_address),
        without_address=len(waiting) - len(with_address),
        to_remind=len(to_remind),
    )


def coordinator_of(session: Session, partnership_id: int, first: int | None = None) -> Person | None:
    """Who coordinates the partnership today: the person of this number if they do, or the longest-standing."""
    people = coordinators_of(session, partnership_id)
    return next((person for person in people if person.id == first), people[0] if people else None)


def coordinators_of(session: Session, partnership_id: int) -> list[Person]:
    """Everybody who coordinates the partnership today, the longest-standing first."""
    found = (
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.partnership_id == partnership_id, Grant.role == "coordinator", in_force(today()))
        .order_by(Grant.id)
    )
    return list(dict.fromkeys(session.scalars(found)))


def _waited_for(session: Session, round_: Round) -> list[Invitee]:
    people = people_of(session, round_)
    return [one for one in people if one.status in WAITED_FOR and one.invitation.passed_to_id is None]


def _refuse_if_over(round_: Round) -> None:
    if _is_over(round_):
        raise RoundClosed


def _is_over(round_: Round) -> bool:
    """Whether the round takes no more answers; one that has yet to open will."""
    return not is_open(round_, max(today(), _day(round_.opened)))


def _write_all(
    session: Session,
    round_: Round,
    invitations: Iterable[Invitation],
    purpose: str,
    key: Callable[[Invitation], str],
    by: Actor,
) -> Counts:
    sent = dict(_sent_today(session, round_))
    written = without = too_many = 0
    for invitation in invitations:
        if not invitation.email:
            without += 1
        elif sent.get(invitation.email, 0) >= MOST_IN_A_DAY:
            too_many += 1
        elif _write(session, invitation, purpose, key(invitation), by):
            written += 1
            sent[invitation.email] = sent.get(invitation.email, 0) + 1
    return Counts(written, without, too_many)


def _write(session: Session, invitation: Invitation, purpose: str, key: str, by: Actor) -> bool:
    options = {} if by.person_id is None else {"by": by.person_id}
    opens = max(now(), invitation.round.opened)
    draft = Draft(purpose, key, invitation.email, invitation.partnership_id, invitation.id, options, due=opens)
    return write_letter(session, draft) is not None


def _key(session: Session, invitation: Invitation) -> str:
    """The key of the next letter that invites: pressed twice at the same moment, it is the same one."""
    before = select(func.count()).where(Letter.invitation_id == invitation.id, Letter.purpose == "invitation")
    return f"invitation/{invitation.id}/{session.scalar(before)}"


def _letters(session: Session, round_: Round, purposes: Iterable[str]) -> dict[int, list[Letter]]:
    """The round's letters of these purposes that were not taken back, by invitation, the oldest first."""
    found = (
        select(Letter)
        .join(Invitation, _OF_INVITATION)
        .where(Invitation.round_id == round_.id, Letter.purpose.in_(purposes), Letter.state != "cancelled")
        .order_by(Letter.id)
    )
    letters: dict[int, list[Letter]] = {}
    for letter in session.scalars(found):
        letters.setdefault(letter.invitation_id or 0, []).append(letter)
    return letters


def _to_remind(session: Session, round_: Round, people: Iterable[Invitation], day: date) -> list[Invitation]:
    """Those of these people who were invited before this day, by a letter or by a link that they have opened."""
    invited = _invited_before(session, round_, day)
    return [each for each in people if each.id in invited or (each.opened is not None and _day(each.opened) < day)]


def _invited_before(session: Session, round_: Round, day: date) -> frozenset[int]:
    """The invitations that have gone out, and not again on this day."""
    return frozenset(
        invitation_id
        for invitation_id, letters in _letters(session, round_, _INVITING).items()
        if any(letter.state in ("sent", "unsure") for letter in letters)
        and all(_day(letter.sent or letter.due) < day for letter in letters if letter.state != "failed")
    )


def _sent_today(session: Session, round_: Round) -> Mapping[str, int]:
    """How many letters of the round were written today, by address."""
    midnight = datetime.combine(today(), time(), LONDON)
    counted = session.execute(
        select(Letter.address, func.count().label("number"))
        .join(Invitation, _OF_INVITATION)
        .where(Invitation.round_id == round_.id, Letter.created >= midnight, Letter.state != "cancelled")
        .group_by(Letter.address)
    )
    return {row.address: row.number for row in counted}


def _note(session: Session, round_: Round, done: str, by: Actor, counts: Counts) -> None:
    if counts.written:
        record(
            session,
            done,
            by=by,
            of=f"round {round_.id}",
            partnership_id=round_.partnership_id,
            detail={"letters": counts.written},
        )


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()

"""Comments read over: before anybody sees what was written in a round answered apart, somebody outside the
coordinator's organisation reads it. They hide or leave, and never reword; what they hide is counted and said.

A comment on a question of which nothing is shown, for too few answered it, is put before nobody: it would tell what
the missing figures would. Its writer can withhold a comment from everybody, for good, until people are erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from a2p.rounds.blanking import delete_jobs, of_results
from a2p.rounds.gathering import gather
from a2p.rounds.opening import lock
from a2p.rounds.results import readable
from a2p.store.audit import RESPONDENT, Actor, record
from a2p.store.base import now, today
from a2p.store.definitions import definition_of
from a2p.store.grants import in_force
from a2p.store.insiders import why_inside
from a2p.store.letters import Draft, write_letter
from a2p.store.outcome_tables import Comment, CommentReading
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Response, Result, Round
from a2p.store.tables import Grant, Person


class NotOutside(Exception):
    """Who asks stands too near a coordinator to read comments over. The text says why."""


class ReadAlready(Exception):
    """The comments were read over: hiding or showing one needs the reading taken up again."""


@dataclass(frozen=True, slots=True)
class AskedComments:
    """A question with its comments, in the order of the alphabet."""

    section: str
    ask: str
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a result's comments stand. `read` is when they were read over; before it nobody but the reader sees any."""

    number: int
    hidden: int
    read: datetime | None


def reading_of(session: Session, result: Result) -> Reading:
    """How many comments there are to be read over or shown, how many of them are hidden, and whether it is done."""
    found = readable(session, result)
    done = session.get(CommentReading, result.id)
    return Reading(len(found), sum(1 for each in found if each.hidden is not None), done.at if done else None)


def to_read(session: Session, result: Result, reader_id: int) -> tuple[AskedComments, ...]:
    """The comments by section and question, for their reader. NotOutside; commit, for they may be gathered only now."""
    refuse_insider(session, result, reader_id)
    if _is_newest(session, result):
        gather(session, result)
    found = sorted(readable(session, result), key=lambda each: (each.kind, each.text))
    definition = definition_of(session.get_one(QuestionnaireVersion, result.version_id))
    asked = [
        AskedComments(section.title, question.ask, tuple(each for each in found if each.question == question.id))
        for section in definition.sections
        for question in section.questions
    ]
    return tuple(each for each in asked if each.comments)


def set_hidden(session: Session, result: Result, comment_id: int, *, hidden: bool, by: Actor) -> None:
    """Hide a comment from everybody, or let it be shown. ReadAlready; NotOutside. One that is gone is no matter."""
    _hold(session, result, by)
    if session.get(CommentReading, result.id) is not None:
        raise ReadAlready
    found = next((each for each in readable(session, result) if each.id == comment_id), None)
    if found is None or (found.hidden is not None) is hidden:
        return
    found.hidden = now() if hidden else None
    _note(session, result, "hid a comment" if hidden else "let a comment be shown", by)


def finish(session: Session, result: Result, *, by: Actor) -> tuple[str, ...]:
    """Say that the comments were read over: from now on those not hidden are shown. NotOutside.

    Reports made before are outdated: returns their files, to be removed after the commit.
    """
    _hold(session, result, by)
    if session.get(CommentReading, result.id) is not None:
        return ()
    session.add(CommentReading(result_id=result.id, partnership_id=result.partnership_id, person_id=by.person_id))
    stands = reading_of(session, result)
    _note(session, result, "read over the comments", by, {"comments": stands.number, "hidden": stands.hidden})
    return delete_jobs(session, of_results(session, [result.id]))


def take_up_again(session: Session, result: Result, *, by: Actor) -> tuple[str, ...]:
    """Read over once more: until that is finished nobody sees a comment. NotOutside. Returns outdated files."""
    _hold(session, result, by)
    done = session.get(CommentReading, result.id)
    if done is None:
        return ()
    session.delete(done)
    _note(session, result, "took up reading over again", by)
    return delete_jobs(session, of_results(session, [result.id]))


def readers_of(session: Session, round_: Round) -> tuple[str, ...]:
    """The names of those who may read the round's comments over today."""
    return tuple(each.name for each in _readers(session, round_))


def comments_wait(session: Session, round_: Round) -> bool:
    """Whether comments of the closed round's newest results are still to be read over."""
    results = session.scalars(select(Result).where(Result.round_id == round_.id)).all()
    newest = [each for each in results if _is_newest(session, each)]
    return round_.closed is not None and any(
        stands.number and stands.read is None for stands in (reading_of(session, each) for each in newest)
    )


def tell_readers(session: Session, round_: Round) -> int:
    """Write to those who may read the comments of a round that was just closed, if any wait. Returns to how many."""
    if round_.closed is None or not comments_wait(session, round_):
        return 0
    readers = _readers(session, round_)
    for person in readers:
        key = f"reading/{round_.id}/{round_.closed:%Y%m%d%H%M%S}/{person.id}"
        options = {"round_id": round_.id, "person_id": person.id}
        write_letter(session, Draft("reading", key, person.email, round_.partnership_id, options=options))
    return len(readers)


def _readers(session: Session, round_: Round) -> list[Person]:
    found = session.scalars(
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.round_id == round_.id, Grant.role.in_(("facilitator", "comment reader")), in_force(today()))
        .order_by(Person.name)
    ).unique()
    return [each for each in found if why_inside(session, round_.partnership_id, each.email) is None]


def refuse_insider(session: Session, result: Result, reader_id: int) -> None:
    """NotOutside for who coordinates the partnership or is of a coordinator's organisation, whatever role they have."""
    reason = why_inside(session, result.partnership_id, session.get_one(Person, reader_id).email)
    if reason is not None:
        raise NotOutside(reason)


@dataclass(frozen=True, slots=True)
class OwnComment:
    """A comment of one's own after the close: its number, question, text, and whether it was withheld."""

    id: int
    ask: str
    text: str
    withheld: bool


def own_comments(session: Session, invitation: Invitation, version: QuestionnaireVersion) -> tuple[OwnComment, ...]:
    """What an invited person wrote, as it was kept at the closings of the round; a text kept twice is listed once."""
    definition = definition_of(version)
    asks = {question.id: question.ask for section in definition.sections for question in section.questions}
    found: dict[tuple[str, str, str], Comment] = {}
    for each in session.scalars(_own(invitation).where(Response.version_id == version.id).order_by(Comment.id)):
        found[each.question, each.kind, each.text] = each
    order = list(asks)
    kept = sorted(found.values(), key=lambda each: order.index(each.question))
    return tuple(OwnComment(each.id, asks[each.question], each.text, each.withheld is not None) for each in kept)


def withhold(session: Session, invitation: Invitation, comment_id: int) -> tuple[str, ...]:
    """Take an own comment back from everybody, beside every result of the round. Returns outdated files."""
    lock(session, invitation.round, alone=True)
    chosen = session.scalar(_own(invitation).where(Comment.id == comment_id))
    if chosen is None or chosen.withheld is not None:
        return ()
    same = (
        Comment.response_id == chosen.response_id,
        Comment.question == chosen.question,
        Comment.kind == chosen.kind,
        Comment.text == chosen.text,
    )
    results = session.scalars(select(Comment.result_id).where(*same)).all()
    session.execute(update(Comment).where(*same).values(withheld=now()))
    session.expire_all()
    record(
        session,
        "withheld a comment",
        by=RESPONDENT,
        of=f"round {invitation.round_id}",
        partnership_id=invitation.partnership_id,
    )
    return delete_jobs(session, of_results(session, results))


def _own(invitation: Invitation) -> Select[Comment]:
    return (
        select(Comment)
        .join(Response, Response.id == Comment.response_id)
        .where(Response.invitation_id == invitation.id, Comment.partnership_id == invitation.partnership_id)
    )


def _is_newest(session: Session, result: Result) -> bool:
    newer = select(Result.id).where(
        Result.round_id == result.round_id, Result.version_id == result.version_id, Result.edition > result.edition
    )
    return session.scalar(newer.limit(1)) is None


def _hold(session: Session, result: Result, by: Actor) -> None:
    """One reader at a time, and only who may."""
    if by.person_id is None:
        raise NotOutside("Nobody is signed in.")
    refuse_insider(session, result, by.person_id)
    lock(session, session.get_one(Round, result.round_id), alone=True)


def _note(session: Session, result: Result, action: str, by: Actor, detail: dict[str, str | int] | None = None) -> None:
    record(session, action, by=by, of=f"result {result.id}", partnership_id=result.partnership_id, detail=detail or {})

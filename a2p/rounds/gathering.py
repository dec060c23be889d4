"""What was written in a round answered apart, kept beside its result for somebody to read over.

It is gathered when the round closes, with the answers that the result counts. Rows are added in the order of the
alphabet, so that neither their numbers nor their places tell which of them one person wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from a2p.rounds.respondents import submitted_respondents
from a2p.scoring.remarks import Remark, remarks_of
from a2p.store.definitions import definition_of
from a2p.store.outcome_tables import Comment, CommentReading
from a2p.store.round_tables import QuestionnaireVersion, Response, Result, Round


def gather(session: Session, result: Result) -> None:
    """Keep the comments of a result; done once, and not in a round answered together, where everybody sees them.

    The result is its round's newest, and the round is closed: else the answers are not those that it counts. What its
    writer withheld, or a reader hid, beside an earlier result stays so.
    """
    round_ = session.get_one(Round, result.round_id)
    if round_.together or round_.closed is None or comments_of(session, result):
        return
    before = _before(session, result)
    for remark, response_id in sorted(_written(session, round_, result), key=_by_alphabet):
        hidden, withheld = before.get((response_id, remark.question, remark.kind, remark.text), (None, None))
        session.add(
            Comment(
                partnership_id=result.partnership_id,
                result_id=result.id,
                response_id=response_id,
                question=remark.question,
                kind=remark.kind,
                text=remark.text,
                hidden=hidden,
                withheld=withheld,
            )
        )
    session.flush()


def comments_of(session: Session, result: Result) -> Sequence[Comment]:
    """All that is kept of a result's comments, whatever may be shown of them."""
    return session.scalars(select(Comment).where(Comment.result_id == result.id).order_by(Comment.id)).all()


def drop_comments(session: Session, result: Result) -> None:
    """Delete a result's comments, and that they were read over."""
    session.execute(delete(Comment).where(Comment.result_id == result.id))
    session.execute(delete(CommentReading).where(CommentReading.result_id == result.id))


def keep_only(session: Session, result: Result, shown: Sequence[int]) -> None:
    """Of a result's comments keep those with these numbers, without a way back to their writers; delete the rest."""
    mine = Comment.result_id == result.id
    session.execute(delete(Comment).where(mine, Comment.id.not_in(shown)))
    session.execute(update(Comment).where(mine).values(response_id=None))


def _written(session: Session, round_: Round, result: Result) -> list[tuple[Remark, int]]:
    version = session.get_one(QuestionnaireVersion, result.version_id)
    responses = {
        str(invitation_id): response_id
        for invitation_id, response_id in session.execute(
            select(Response.invitation_id, Response.id).where(
                Response.round_id == round_.id, Response.version_id == version.id
            )
        )
    }
    definition = definition_of(version)
    return [
        (remark, responses[person.id])
        for person in submitted_respondents(session, round_, version)
        for remark in remarks_of(definition, [person])
    ]


def _before(
    session: Session, result: Result
) -> dict[tuple[int | None, str, str, str], tuple[datetime | None, datetime | None]]:
    """What became of the same texts of the same people beside earlier results."""
    earlier = session.scalars(
        select(Comment)
        .join(Result, Result.id == Comment.result_id)
        .where(Result.round_id == result.round_id, Result.version_id == result.version_id, Result.id != result.id)
        .order_by(Result.edition)
    )
    return {(each.response_id, each.question, each.kind, each.text): (each.hidden, each.withheld) for each in earlier}


def _by_alphabet(written: tuple[Remark, int]) -> tuple[str, str, str]:
    remark, _ = written
    return (remark.text, remark.kind, remark.question)

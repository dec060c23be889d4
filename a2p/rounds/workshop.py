"""What a workshop settles on the questions of a closed round, beside the survey's frozen result."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.opening import lock
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.outcome_tables import Settled
from a2p.store.round_tables import QuestionnaireVersion, Round


@dataclass(frozen=True, slots=True)
class Given:
    """The level that was agreed (None: left open), why, and how many voted for the question's importance."""

    level: str | None
    reason: str = ""
    votes: int | None = None


class Clash(Exception):
    """Somebody else recorded something meanwhile; `settled` is as it stands now."""

    def __init__(self, settled: Settled) -> None:
        super().__init__()
        self.settled = settled


def given_of(settled: Settled) -> Given:
    """What is recorded, without when and by whom."""
    return Given(settled.level, settled.reason, settled.votes)


def settled_of(session: Session, round_: Round, version: QuestionnaireVersion) -> dict[str, Settled]:
    """What was settled on a questionnaire of a round, by question id."""
    found = session.scalars(
        select(Settled).where(
            Settled.partnership_id == round_.partnership_id,
            Settled.round_id == round_.id,
            Settled.version_id == version.id,
        )
    )
    return {each.question: each for each in found}


def settle_question(
    session: Session, round_: Round, version: QuestionnaireVersion, question: str, given: Given, seen: int, by: Actor
) -> None:
    """Record what was settled on a question that was seen at the edition `seen` (0: nothing recorded).

    Clash, with nothing written, if it stands otherwise by now. What is recorded already is neither clash nor write.
    """
    lock(session, round_, alone=True)
    key = (round_.id, version.id, question)
    kept = session.get(Settled, key, populate_existing=True)
    if kept is not None and given_of(kept) == given:
        return
    if kept is not None and kept.edition != seen:
        raise Clash(kept)
    if kept is None:
        kept = Settled(
            partnership_id=round_.partnership_id,
            round_id=round_.id,
            version_id=version.id,
            question=question,
            edition=0,
        )
        session.add(kept)
    kept.level, kept.reason, kept.votes = given.level, given.reason, given.votes
    kept.edition, kept.at, kept.person_id = kept.edition + 1, now(), by.person_id
    of = f"round {round_.id}"
    record(session, "recorded what was agreed", by=by, of=of, partnership_id=round_.partnership_id)

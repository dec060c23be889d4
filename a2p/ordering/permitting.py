"""Who may have which document: asked when it is ordered, when it is made and each time it is taken.

Those to whom a round is released have its documents while it is released so far, and of the same results; its
coordinator and chair may look at them before. What is for all who answered, or anybody, is ordered in nobody's name.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.loading import of_round
from a2p.access.policy import Action, Decision, Facts, Principal, decide
from a2p.access.sessions import principal_of_person
from a2p.documents.order import Order, order_from_json
from a2p.region.counted import BY_NAME
from a2p.rounds.regional_snapshots import board_paper_shown, level_by_name
from a2p.rounds.results import SHOWN_TO
from a2p.scoring.disclosure import Audience
from a2p.scoring.releases import To, rank
from a2p.store.base import today
from a2p.store.releases import released, released_result
from a2p.store.round_tables import Job, QuestionnaireVersion, Result, Round


def audience_of(session: Session, person_id: int | None, result: Result) -> Audience | None:
    """As whom a person may have all documents of a result today; None if they may not."""
    return _audience(_Asker.of(session, person_id, result), result)


def results_of(session: Session, result: Result, order: Order) -> tuple[Result, ...] | None:
    """The results that a document is of. None where one of them is gone, or of another round."""
    found = {each.id: each for each in session.scalars(select(Result).where(Result.id.in_(order.also)))}
    if found.keys() != set(order.also) or any(each.round_id != result.round_id for each in found.values()):
        return None
    return (result, *(found[number] for number in order.also))


def beside(session: Session, result: Result) -> tuple[Result, ...]:
    """The results of the round's other questionnaires from the same closing that are shown, in the round's order."""
    round_ = session.get_one(Round, result.round_id)
    same = select(Result).where(Result.round_id == round_.id, Result.edition == result.edition, Result.shown)
    found = {each.version_id: each for each in session.scalars(same) if each.id != result.id}
    return tuple(found[version.id] for version in round_.versions if version.id in found)


def permitted(session: Session, result: Result, order: Order, person_id: int | None) -> Audience | None:
    """As whom somebody may have this document now; None if they may not. Nobody's number is that of what is for all who
    answered, or for anybody."""
    results = results_of(session, result, order)
    if results is None or not all(each.shown for each in results):
        return None
    asker = _Asker.of(session, person_id, result)
    if not order.readers:
        return _audience(asker, result)
    to = To(order.readers)
    if asker.may(Action.SEE_RELEASES):
        return SHOWN_TO[to]  # before it is released, to look at
    reads = asker.may(Action.SEE_RELEASED) if to is To.REGION else person_id is None
    return SHOWN_TO[to] if reads and all(_is_released(session, each, to, order.level) for each in results) else None


def may_take(session: Session, job: Job, person_id: int | None) -> bool:
    """Whether a person may have the file of a document, asked for by them or by a colleague."""
    result = session.get(Result, job.result_id) if job.result_id is not None else None
    if result is None or (job.person_id is None) != (person_id is None):
        return False
    order = order_from_json(job.options)
    mine = permitted(session, result, order, person_id)
    if mine is None or person_id == job.person_id:
        return mine is not None
    # a facilitator's documents may tell of lone voices
    return mine is Audience.FACILITATOR or mine is permitted(session, result, order, job.person_id)


def _is_released(session: Session, result: Result, to: To, level: str) -> bool:
    round_, version = session.get_one(Round, result.round_id), session.get_one(QuestionnaireVersion, result.version_id)
    now = released(session, round_, to)
    meant = released_result(session, round_, version, now)
    if rank(to, level) > rank(to, now.level) or meant is None or meant.id != result.id:
        return False
    return to is To.RESPONDENTS or _is_named(session, result, to, level)


def _is_named(session: Session, result: Result, to: To, level: str) -> bool:
    """Whether so much of a result may be shown by name: it waits where it would tell the region of the few others."""
    if to is To.PUBLIC:
        return board_paper_shown(session, result)
    return level.isdigit() and max(int(level), BY_NAME) <= level_by_name(session, result)


def _audience(asker: _Asker, result: Result) -> Audience | None:
    if not result.shown or not asker.may(Action.MAKE_REPORT):
        return None
    # who sees no names may be told of lone voices
    return Audience.COORDINATOR if asker.may(Action.SEE_ROUND) else Audience.FACILITATOR


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks for a document, with what decides over the round that it is of. Nobody may do anything."""

    principal: Principal | None
    facts: Facts

    @classmethod
    def of(cls, session: Session, person_id: int | None, result: Result) -> _Asker:
        principal = None if person_id is None else principal_of_person(session, person_id)
        return cls(principal, of_round(session.get_one(Round, result.round_id)))

    def may(self, action: Action) -> bool:
        return self.principal is not None and decide(self.principal, action, self.facts, today()) is Decision.ALLOWED

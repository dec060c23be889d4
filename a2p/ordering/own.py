"""Of which closed questionnaires somebody may have documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from a2p.access.policy import Principal
from a2p.ordering.gathering import audience_of
from a2p.scoring.disclosure import Audience
from a2p.store.definitions import definition_of
from a2p.store.round_tables import QuestionnaireVersion, Result, Round


@dataclass(frozen=True, slots=True)
class Available:
    """A round's newest result on a questionnaire, with whom somebody would have its documents as."""

    result: Result
    round: Round
    title: str
    audience: Audience


def available(session: Session, principal: Principal) -> tuple[Available, ...]:
    """The newest results of every closed round whose documents this person may have, by partnership and round."""
    partnerships = [grant.partnership_id for grant in principal.grants if grant.partnership_id is not None]
    rounds = [grant.round_id for grant in principal.grants if grant.round_id is not None]
    found = session.execute(
        select(Result, Round, QuestionnaireVersion)
        .join(Round, Round.id == Result.round_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Result.version_id)
        .where(Result.shown, or_(Round.partnership_id.in_(partnerships), Round.id.in_(rounds)))
        .order_by(Round.partnership_id, Round.id.desc(), QuestionnaireVersion.questionnaire, Result.edition)
    )
    newest = {(row[1].id, row[2].id): (row[0], row[1], row[2]) for row in found}
    return tuple(_permitted(session, principal, newest.values()))


def _permitted(
    session: Session, principal: Principal, found: Iterable[tuple[Result, Round, QuestionnaireVersion]]
) -> list[Available]:
    able = []
    for result, round_, version in found:
        audience = audience_of(session, principal.person_id, result)
        if audience is not None:
            able.append(Available(result, round_, definition_of(version).title, audience))
    return able

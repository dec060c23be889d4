"""Where each organisation stands, by name, in a result of an open round; read from what is kept until it is erased."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.blanking import delete_jobs
from a2p.rounds.editions import said_in
from a2p.rounds.results import disclosed, held_back
from a2p.scoring.frozen import Voice
from a2p.scoring.named import Kept, NamedLevels, Unnamed, named_levels
from a2p.store.round_tables import Job, Result, Round
from a2p.store.tables import Organisation


def names_of(session: Session, result: Result) -> NamedLevels | Unnamed:
    """The organisations' levels of a result by name, or why they aren't shown. For coordinators, chairs and
    facilitators alone. NotShown for a result that nobody is shown."""
    round_ = session.get_one(Round, result.round_id)
    is_open = round_.attribution == "open" and not round_.together
    kept = _kept(session, result) if is_open else None
    return named_levels(disclosed(result), kept, open_now=is_open, first=held_back(result) is None)


def forget_named(session: Session, round_: Round) -> tuple[str, ...]:
    """Delete the jobs of a round's documents that name organisations; the files to be removed after the commit."""
    of_round = select(Result.id).where(Result.round_id == round_.id)
    jobs = session.scalars(select(Job).where(Job.result_id.in_(of_round)))
    return delete_jobs(session, Job.id.in_([job.id for job in jobs if json.loads(job.options).get("names")]))


def _kept(session: Session, result: Result) -> Kept | None:
    said = said_in(result.internal)
    if said is None or result.internal is None:
        return None
    rows = select(Organisation).where(Organisation.partnership_id == result.partnership_id)
    voices = (Voice.model_validate({k: part for k, part in row.items() if k != "marks"}) for row in _rows(result))
    return Kept(tuple(voices), said, {str(each.id): each.name for each in session.scalars(rows)})


def _rows(result: Result) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(result.internal or "[]")
    return rows

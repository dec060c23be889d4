"""A frozen result is destroyed when a person in it is erased; its successor, computed without them, takes its place."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.blanking import delete_jobs, of_results
from a2p.rounds.closing import result_if_closed
from a2p.rounds.editions import forget, internal_part, remember
from a2p.rounds.gathering import drop_comments
from a2p.rounds.respondents import submitted_respondents
from a2p.rounds.scores import write_scores
from a2p.scoring.editions import said_by
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.frozen_file import content_hash, frozen_json, read_frozen, without_internal
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.round_tables import QuestionnaireVersion, Result, Round


@dataclass(frozen=True, slots=True)
class Replaced:
    """How many results have a successor, how many are gone without, and the documents made of them."""

    recomputed: int
    destroyed: int
    files: tuple[str, ...]


def replace_results(session: Session, round_: Round, without: Collection[int], *, by: Actor, erasure: str) -> Replaced:
    """Replace the round's results that count one of the invitations `without`, whose answers are gone already.

    The newest edition of a closed round is computed again. Of an earlier one the answers changed since, and a round
    that is open again has its next result at its next closing: these are destroyed. A result whose round's people were
    all erased before counts nobody who can be told apart, and stays. Whoever saw a destroyed result may remember it, so
    what it showed can be compared with the next one's (`editions.remember`). The log doesn't keep its hash: by that,
    guesses of what was withheld, or of what the erased person said, could be tried.
    """
    gone = {str(invitation_id) for invitation_id in without}
    results = session.scalars(select(Result).where(Result.round_id == round_.id).order_by(Result.id)).all()
    newest: dict[int, int] = {}
    for result in results:
        newest[result.version_id] = max(result.edition, newest.get(result.version_id, 0))
    counting = [result for result in results if gone & respondents_in(result)]
    forget(session, round_, gone)
    files = delete_jobs(session, of_results(session, [result.id for result in counting]))
    recomputed = 0
    for result in counting:
        remember(session, result, gone)
        if round_.closed is not None and result.edition == newest[result.version_id]:
            _recompute(session, round_, result)
            recomputed += 1
            _tell(session, result, "recomputed a result", by, {"erasure": erasure})
        else:
            _tell(session, result, "destroyed a result", by, {"erasure": erasure})
            drop_comments(session, result)
            session.delete(result)
    session.flush()
    return Replaced(recomputed, len(counting) - recomputed, files)


def respondents_in(result: Result) -> set[str]:
    """Whom a result counts, by their invitations' numbers; nobody once the round's people are erased."""
    return {voice["respondent"] for voice in json.loads(result.internal or "[]")}


def _recompute(session: Session, round_: Round, result: Result) -> None:
    """Computed without the erased person, it differs from the result that was shown by them alone. So all of it is held
    back, the number that answered each question too: the page says why, and a later closing can be shown again."""
    old = read_frozen(result.document.encode())
    version = session.get_one(QuestionnaireVersion, result.version_id)
    fresh = _under_the_same_header(result_if_closed(session, round_, version), old)
    result.sha256 = content_hash(fresh)
    result.document = frozen_json(without_internal(fresh)).decode()
    said = said_by(fresh.definition, submitted_respondents(session, round_, version))
    result.internal = internal_part(fresh, said)
    result.frozen = now()
    result.held_back = json.dumps(sorted(each.id for part in fresh.definition.sections for each in part.questions))
    session.flush()
    write_scores(session, result)


def _under_the_same_header(fresh: FrozenResult, old: FrozenResult) -> FrozenResult:
    """A partnership renamed since keeps the name that it had when the round was closed."""
    kept = ("partnership", "kind", "round", "opened", "closed", "attribution", "demo")
    return fresh.model_copy(update={name: getattr(old, name) for name in kept})


def _tell(session: Session, result: Result, action: str, by: Actor, detail: dict[str, str | int]) -> None:
    record(session, action, by=by, of=f"result {result.id}", partnership_id=result.partnership_id, detail=detail)

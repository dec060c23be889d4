"""What changed since the last round of the same questionnaire, as far as both rounds' pages show it.

Why it tells nothing that is withheld. Both sides are taken as they are disclosed: a question that either round
withholds has no figures there and is compared with nothing. What is said before and after, and their difference, is
then worked out from scores that both pages show. The split needs more: the scores of those who answered both times.
Only their difference is told, never either of them, and only where on both sides they and everybody else are five
people of three voices each, so that no part that could be had by subtracting is smaller than what is shown anywhere.
An edition that had another before it is compared with nothing: the same split taken twice, with and without the few
whose answers changed between, would tell of those few.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.results import disclosed
from a2p.scoring.change import RoundChange, round_change
from a2p.scoring.frozen import FrozenResult, Voice
from a2p.scoring.releases import Figures, To
from a2p.store.releases import released
from a2p.store.round_tables import QuestionnaireVersion, Result, Round

TOGETHER = "A round answered together has one answer: it is compared with no other round."
OTHERWISE = "That round was answered together and this one apart: their scores do not compare."
REOPENED = (
    "One of the two rounds was opened again after its results, or somebody was erased from them. "
    "Comparing it would tell what single people said."
)
NOTHING = "No question is shown in both rounds."


@dataclass(frozen=True, slots=True)
class Compared:
    """The round before and what changed since; if nothing can be compared, `change` is None and `reason` says why."""

    earlier: Round
    change: RoundChange | None
    reason: str = ""


def change_since_last(session: Session, result: Result) -> Compared | None:
    """The change from the partnership's last round of this questionnaire; None if there was none."""
    round_ = session.get_one(Round, result.round_id)
    before = _last_result(session, round_, result)
    if before is None:
        return None
    earlier = session.get_one(Round, before.round_id)
    if round_.together:
        return Compared(earlier, None, TOGETHER)
    if earlier.together:
        return Compared(earlier, None, OTHERWISE)
    if _follows_another(before) or _follows_another(result):
        return Compared(earlier, None, REOPENED)
    change = round_change(_as_shown(before), _as_shown(result))
    return Compared(earlier, change, "" if change else NOTHING)


def change_released(session: Session, result: Result, to: To) -> Compared | None:
    """The change for those to whom a result is released whole: only where the round before is released whole to them
    too, for its scores are told beside the change. None otherwise, and where nothing is compared."""
    compared = change_since_last(session, result)
    if compared is None or compared.change is None:
        return None
    return compared if released(session, compared.earlier, to).figures is Figures.WHOLE else None


def _last_result(session: Session, round_: Round, result: Result) -> Result | None:
    """The newest result, shown or not, of the last closed round that began before this one."""
    questionnaire = session.get_one(QuestionnaireVersion, result.version_id).questionnaire
    return session.scalar(
        select(Result)
        .join(Round, Round.id == Result.round_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Result.version_id)
        .where(
            Round.partnership_id == round_.partnership_id,
            Round.closed.is_not(None),
            Round.id != round_.id,
            Round.opened < round_.opened,
            QuestionnaireVersion.questionnaire == questionnaire,
        )
        .order_by(Round.opened.desc(), Result.edition.desc())
        .limit(1)
    )


def _follows_another(result: Result) -> bool:
    return result.edition > 1 or result.held_back is not None or not result.shown


def _as_shown(result: Result) -> FrozenResult:
    """The result as its page shows it, with the voices for the split: a withheld question has no figures in it."""
    shown = disclosed(result).result
    if result.internal is None:
        return shown
    voices = [{name: said for name, said in each.items() if name != "marks"} for each in json.loads(result.internal)]
    return shown.model_copy(update={"internal": tuple(Voice.model_validate(each) for each in voices)})

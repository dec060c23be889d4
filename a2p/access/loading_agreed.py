"""Loading what a round agreed: its workshops and actions, and those carried over from earlier rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from a2p.access.loading import ClosedResult, Loaded, closed_result, of_round
from a2p.definition.model import ScaleQuestion
from a2p.store.outcome_tables import ActionItem, Workshop
from a2p.store.round_order import comes_before
from a2p.store.round_tables import Result, Round


@dataclass(frozen=True, slots=True)
class RoundAction:
    """An action as a round sees it: its own, or one of an earlier round of the same partnership."""

    round: Round
    action: ActionItem


def closed_once(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A Round by `round_id` that has closed at least once: before that there is nothing to agree on."""
    found = session.get(Round, args["round_id"])
    if found is None or session.scalar(select(Result.id).where(Result.round_id == found.id).limit(1)) is None:
        return None
    return Loaded(found, of_round(found))


def round_action(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A RoundAction by `round_id` and `action_id`. One that was done meanwhile is still there for who has it open."""
    found = session.get(Round, args["round_id"])
    if found is None:
        return None
    action = session.scalar(
        select(ActionItem)
        .join(Round, Round.id == ActionItem.round_id)
        .where(
            ActionItem.id == args["action_id"],
            ActionItem.partnership_id == found.partnership_id,
            or_(Round.id == found.id, comes_before(found)),
        )
    )
    return Loaded(RoundAction(found, action), of_round(found)) if action else None


@dataclass(frozen=True, slots=True)
class RoundWorkshop:
    """A workshop that was held on a round."""

    round: Round
    workshop: Workshop


def round_workshop(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A RoundWorkshop by `round_id` and `workshop_id`."""
    found = session.get(Workshop, args["workshop_id"])
    if found is None or found.round_id != args["round_id"]:
        return None
    round_ = session.get_one(Round, found.round_id)
    return Loaded(RoundWorkshop(round_, found), of_round(round_))


@dataclass(frozen=True, slots=True)
class WorkshopQuestion:
    """A scale question that partners were asked, with the newest result that is shown."""

    found: ClosedResult
    question: ScaleQuestion


def workshop_question(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A WorkshopQuestion by `round_id`, `questionnaire` and `question`; none before the round closes."""
    loaded = closed_result(session, args)
    if loaded is None:
        return None
    for section in loaded.object.asked.definition.sections:
        for question in section.scale_questions:
            if question.id == args["question"]:
                return Loaded(WorkshopQuestion(loaded.object, question), loaded.facts)
    return None

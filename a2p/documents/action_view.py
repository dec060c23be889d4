"""Actions as documents set them: one row each, in the order given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from a2p.definition.model import Questionnaire
from a2p.definition.numbering import question_numbers
from a2p.documents.known import STATUSES, Planned
from a2p.documents.language import gettext


@dataclass(frozen=True, slots=True)
class ActionRow:
    """What will be done and what is known of it; `beside` is said under it. Texts are empty where nothing is known."""

    what: str
    beside: tuple[str, ...]
    cause: str
    owner: str
    due: str
    measure: str
    status: str


def action_rows(actions: Sequence[Planned], definition: Questionnaire) -> tuple[ActionRow, ...]:
    """A row of every action."""
    numbers = question_numbers(definition)
    return tuple(
        ActionRow(
            each.what, tuple(_beside(each, numbers)), each.cause, each.owner, each.due, each.measure, _status(each)
        )
        for each in actions
    )


def _status(action: Planned) -> str:
    return gettext(action.status) if action.status in STATUSES else action.status


def _beside(action: Planned, numbers: dict[str, str]) -> Iterator[str]:
    if action.about in numbers:
        yield gettext("Question %(number)s", number=numbers[action.about])
    if action.cost:
        yield gettext("Cost: %(cost)s", cost=action.cost)
    if action.carried_from:
        yield gettext("Carried over from %(round)s", round=action.carried_from)

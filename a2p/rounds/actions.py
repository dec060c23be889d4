"""What a partnership will do: actions of a round, carried over to later rounds until they are done or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, TypeAlias, cast

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from a2p.store.audit import Actor, record
from a2p.store.base import today
from a2p.store.outcome_tables import ActionChange, ActionItem
from a2p.store.round_tables import QuestionnaireVersion, Round
from a2p.store.tables import Person

Status: TypeAlias = Literal["planned", "under-way", "done", "dropped"]
STATUS_NAMES: dict[Status, str] = {
    "planned": "Planned",
    "under-way": "Under way",
    "done": "Done",
    "dropped": "Dropped",
}
OPEN: tuple[Status, ...] = ("planned", "under-way")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is kept of an action. Only `what` is needed; `status` is one of STATUS_NAMES."""

    what: str
    cause: str = ""
    owner: str = ""
    owner_email: str = ""
    cost: str = ""
    due: date | None = None
    measure: str = ""
    status: str = "planned"


@dataclass(frozen=True, slots=True)
class About:
    """The question that an action is about."""

    version: QuestionnaireVersion
    question: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An action in a round's list. `carried_from` names the earlier round it comes from; `days_over` is how many days
    its day has passed (negative: are left; None: it has no day, or is done or dropped)."""

    action: ActionItem
    carried_from: str
    days_over: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """How an action stood from a moment on, and who said so (empty if nobody with an account)."""

    change: ActionChange
    who: str


class Clash(Exception):
    """Somebody else changed the action meanwhile; `action` is as it stands now."""

    def __init__(self, action: ActionItem) -> None:
        super().__init__()
        self.action = action


def plan_of(action: ActionItem) -> Plan:
    """What is kept of an action."""
    return Plan(**{each.name: getattr(action, each.name) for each in fields(Plan)})


def status_name(action: ActionItem) -> str:
    """How an action stands, in words."""
    return STATUS_NAMES[cast("Status", action.status)]


def actions_of(session: Session, round_: Round) -> tuple[Listed, ...]:
    """A round's own actions and those carried over: what is still to do first, by due day, those without one last."""
    found = session.execute(
        select(ActionItem, Round.name)
        .join(Round, Round.id == ActionItem.round_id)
        .where(
            ActionItem.partnership_id == round_.partnership_id,
            or_(
                ActionItem.round_id == round_.id,
                (ActionItem.round_id < round_.id) & ActionItem.status.in_(OPEN),
            ),
        )
    ).all()
    listed = [_listed(action, name, round_) for action, name in found]
    return tuple(sorted(listed, key=_order))


def changes_of(session: Session, action: ActionItem) -> tuple[Change, ...]:
    """An action's history, the newest first."""
    found = session.execute(
        select(ActionChange, Person.name)
        .outerjoin(Person, Person.id == ActionChange.person_id)
        .where(ActionChange.partnership_id == action.partnership_id, ActionChange.action_id == action.id)
        .order_by(ActionChange.id.desc())
    )
    return tuple(Change(change, name or "") for change, name in found)


def add_action(
    session: Session, round_: Round, plan: Plan, by: Actor, *, about: About | None = None, note: str = ""
) -> ActionItem:
    """Add an action to a round, perhaps `about` a question."""
    added = ActionItem(
        partnership_id=round_.partnership_id,
        round_id=round_.id,
        version_id=about.version.id if about else None,
        question=about.question if about else "",
        edition=1,
        **_values(plan),
    )
    session.add(added)
    session.flush()
    _note(session, added, note, by, "added an action")
    return added


def change_action(session: Session, action: ActionItem, plan: Plan, seen: int, by: Actor, *, note: str = "") -> bool:
    """Change an action that was seen at the edition `seen`; False if there was nothing to change.

    Clash, with nothing written, if it stands otherwise by now.
    """
    session.refresh(action, with_for_update=True)
    if plan_of(action) == plan and not note:
        return False
    if action.edition != seen:
        raise Clash(action)
    for name, value in _values(plan).items():
        setattr(action, name, value)
    action.edition += 1
    _note(session, action, note, by, "changed an action")
    return True


def differences(mine: Plan, stored: Plan) -> Sequence[str]:
    """The names of what differs between two plans."""
    return [each.name for each in fields(Plan) if getattr(mine, each.name) != getattr(stored, each.name)]


def _values(plan: Plan) -> dict[str, object]:
    return {each.name: getattr(plan, each.name) for each in fields(Plan)}


def _note(session: Session, action: ActionItem, note: str, by: Actor, what: str) -> None:
    session.add(
        ActionChange(
            partnership_id=action.partnership_id,
            action_id=action.id,
            person_id=by.person_id,
            status=action.status,
            note=note,
        )
    )
    detail: dict[str, str | int] = {"round": action.round_id, "status": action.status}
    record(session, what, by=by, of=f"action {action.id}", partnership_id=action.partnership_id, detail=detail)


def _listed(action: ActionItem, name: str, round_: Round) -> Listed:
    to_do = action.status in OPEN
    over = (today() - action.due).days if action.due and to_do else None
    return Listed(action, "" if action.round_id == round_.id else name, over)


def _order(listed: Listed) -> tuple[bool, date, int]:
    action = listed.action
    return action.status not in OPEN, action.due or date.max, action.id

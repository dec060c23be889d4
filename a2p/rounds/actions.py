"""What a partnership will do: actions of a round, carried over to later rounds until they are done or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypeAlias, cast

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from a2p.store.audit import Actor, record
from a2p.store.base import today
from a2p.store.outcome_tables import ActionChange, ActionItem
from a2p.store.round_order import comes_before
from a2p.store.round_tables import Round
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
class About:
    """What an action is about: a question, or a whole section, of a version of a questionnaire."""

    version_id: int
    question: str = ""
    section: str = ""


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
    about: About | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An action in a list, with the name of the round it comes from, from which it may be `carried` over.

    `days_over` is how many days its day has passed (negative: are left; None: it has no day, or is done or dropped).
    """

    action: ActionItem
    of_round: str
    carried: bool
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


class Which(StrEnum):
    """Which actions of a list are wanted: by how they stand, or those whose day has passed."""

    ALL = "all"
    OVERDUE = "overdue"
    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    DROPPED = "dropped"


def plan_of(action: ActionItem) -> Plan:
    """What is kept of an action."""
    return Plan(**{name: getattr(action, name) for name in _COLUMNS}, about=about_of(action))


def about_of(action: ActionItem) -> About | None:
    """What an action is about."""
    return None if action.version_id is None else About(action.version_id, action.question, action.section)


def status_name(action: ActionItem) -> str:
    """How an action stands, in words."""
    return STATUS_NAMES[cast("Status", action.status)]


def actions_of(session: Session, round_: Round) -> tuple[Listed, ...]:
    """A round's own actions and those carried over to it: what is still to do first, by due day, those without one
    last.

    Carried over is what an earlier round had left to do when this one opened. It stays in this round's list once it is
    done or dropped.
    """
    carried = comes_before(round_) & or_(ActionItem.status.in_(OPEN), _status_at(round_.opened).in_(OPEN))
    found = session.execute(
        select(ActionItem, Round.name)
        .join(Round, Round.id == ActionItem.round_id)
        .where(
            ActionItem.partnership_id == round_.partnership_id,
            or_(ActionItem.round_id == round_.id, carried),
        )
    )
    return _in_order(_listed(action, name, carried=action.round_id != round_.id) for action, name in found)


def actions_of_all_rounds(session: Session, partnership_id: int) -> tuple[Listed, ...]:
    """Every action of a partnership, in the order of a round's list."""
    found = session.execute(
        select(ActionItem, Round.name)
        .join(Round, Round.id == ActionItem.round_id)
        .where(ActionItem.partnership_id == partnership_id)
    )
    return _in_order(_listed(action, name, carried=False) for action, name in found)


def narrowed(listed: Sequence[Listed], which: Which) -> tuple[Listed, ...]:
    """Those of a list that are wanted, in its order."""
    return tuple(each for each in listed if _is(each, which))


def changes_of(session: Session, action: ActionItem) -> tuple[Change, ...]:
    """An action's history, the newest first."""
    found = session.execute(
        select(ActionChange, Person.name)
        .outerjoin(Person, Person.id == ActionChange.person_id)
        .where(ActionChange.partnership_id == action.partnership_id, ActionChange.action_id == action.id)
        .order_by(ActionChange.id.desc())
    )
    return tuple(Change(change, name or "") for change, name in found)


def add_action(session: Session, round_: Round, plan: Plan, by: Actor, *, note: str = "") -> ActionItem:
    """Add an action to a round."""
    added = ActionItem(partnership_id=round_.partnership_id, round_id=round_.id, edition=1, **_values(plan))
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


_COLUMNS = tuple(each.name for each in fields(Plan) if each.name != "about")


def _values(plan: Plan) -> dict[str, object]:
    about = plan.about
    return {
        **{name: getattr(plan, name) for name in _COLUMNS},
        "version_id": about.version_id if about else None,
        "question": about.question if about else "",
        "section": about.section if about else "",
    }


def _status_at(moment: datetime) -> ColumnElement[str]:
    """How an action of a statement stood at a moment; one that is newer, how it stood at first."""
    of_action = (
        select(ActionChange.status).where(ActionChange.action_id == ActionItem.id).limit(1).correlate(ActionItem)
    )
    before = of_action.where(ActionChange.at < moment).order_by(ActionChange.id.desc())
    first = of_action.order_by(ActionChange.id)
    return func.coalesce(before.scalar_subquery(), first.scalar_subquery())


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


def _listed(action: ActionItem, of_round: str, *, carried: bool) -> Listed:
    to_do = action.status in OPEN
    over = (today() - action.due).days if action.due and to_do else None
    return Listed(action, of_round, carried, over)


def _is(listed: Listed, which: Which) -> bool:
    if which is Which.OVERDUE:
        return listed.days_over is not None and listed.days_over > 0
    return which is Which.ALL or listed.action.status == which.value


def _in_order(listed: Iterable[Listed]) -> tuple[Listed, ...]:
    return tuple(sorted(listed, key=_order))


def _order(listed: Listed) -> tuple[bool, date, int]:
    action = listed.action
    return action.status not in OPEN, action.due or date.max, action.id

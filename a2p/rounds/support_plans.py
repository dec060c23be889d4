"""Plans of support: what can be run, what was fixed in or left out, and what is chosen; kept under a name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.region.demand import Need
from a2p.region.planner import FIXED_IN, MOST_EACH, Capacity, Edits, Format, Plan, plan
from a2p.rounds.region_lock import hold_region
from a2p.rounds.support_demand import RegionDemand
from a2p.store.audit import Actor, record
from a2p.store.region_tables import SupportPlan
from a2p.store.tables import Region


class PlanRefused(Exception):
    """Nothing was kept; the text says why, to the programme manager."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a plan is made from, beside the demand."""

    capacity: Mapping[Format, Capacity]
    most_each: int = MOST_EACH
    edits: Edits = field(default_factory=Edits)


@dataclass(frozen=True, slots=True)
class KeptModule:
    """A module of a kept plan. `invite` are those of the chosen partnerships whose need is shown by name now, with the
    reasons that are shown now, and those fixed in; `unnamed` is how many more were chosen."""

    module: str
    title: str
    sessions: int
    open_places: int
    invite: tuple[Need, ...]
    unnamed: int


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan that was kept: what it was made from, and what was chosen then."""

    row: SupportPlan
    question: Question
    chosen: tuple[KeptModule, ...]


def planned(wanted: RegionDemand, question: Question) -> Plan:
    """The best plan. CannotPlan where what was fixed doesn't fit."""
    return plan(wanted.modules, question.capacity, question.edits, question.most_each, wanted.places)


def keep_plan(session: Session, region: Region, name: str, question: Question, made: Plan, by: Actor) -> SupportPlan:
    """Keep a plan under a name that no other of the region has. PlanRefused."""
    hold_region(session, region)
    refuse_name(session, region.id, name)
    row = SupportPlan(
        region_id=region.id,
        name=name,
        capacities=asked_text(question),
        chosen=chosen_text(made),
        person_id=by.person_id,
    )
    session.add(row)
    session.flush()
    record(session, "kept a plan of support", by=by, of=f"plan {row.id}", detail={"region": region.id})
    return row


def refuse_name(session: Session, region_id: int, name: str, own: int | None = None) -> None:
    """PlanRefused where a plan of the region other than `own` has this name."""
    taken = select(SupportPlan.id).where(SupportPlan.region_id == region_id, SupportPlan.name == name)
    if session.scalars(taken).first() not in (None, own):
        raise PlanRefused("There is a plan of this name already. Choose another")


def drop_plan(session: Session, row: SupportPlan, by: Actor) -> None:
    """Throw a plan away."""
    record(session, "threw a plan of support away", by=by, of=f"plan {row.id}", detail={"region": row.region_id})
    session.delete(row)
    session.flush()


def plans_of(session: Session, region_id: int) -> Sequence[SupportPlan]:
    """A region's plans, the newest first."""
    found = select(SupportPlan).where(SupportPlan.region_id == region_id).order_by(SupportPlan.id.desc())
    return session.scalars(found).all()


def kept(row: SupportPlan, wanted: RegionDemand) -> KeptPlan:
    """A plan as it was kept, with the names that may be shown now: a partnership that took its release back since is
    counted and not named."""
    held = json.loads(row.capacities)
    edits = Edits(
        run={str(key): int(many) for key, many in held["run"].items()},
        leave_out=frozenset(held["leave_out"]),
        invite=frozenset((int(place), str(module)) for place, module in held["invite"]),
        do_not_invite=frozenset((int(place), str(module)) for place, module in held["do_not_invite"]),
    )
    capacity = {cast("Format", key): Capacity(*each) for key, each in held["capacity"].items()}
    chosen = tuple(_kept_module(each, edits, wanted) for each in json.loads(row.chosen))
    return KeptPlan(row, Question(capacity, held["most_each"], edits), chosen)


def _kept_module(chosen: Mapping[str, Any], edits: Edits, wanted: RegionDemand) -> KeptModule:
    module: str = chosen["module"]
    needs = {
        id_: Need(wanted.places[id_], module, 0, (FIXED_IN,))
        for id_, of in edits.invite
        if of == module and id_ in wanted.places
    }
    for each in wanted.modules:
        if each.module.id == module:
            needs |= {need.place.id: need for need in each.invite}
    shown = sorted((needs[id_] for id_ in chosen["invite"] if id_ in needs), key=lambda need: need.place.name)
    return KeptModule(
        module=module,
        title=chosen["title"],
        sessions=chosen["sessions"],
        open_places=chosen["open_places"],
        invite=tuple(shown),
        unnamed=len(chosen["invite"]) - len(shown),
    )


def asked_text(question: Question) -> str:
    """What a plan is made from, as it is stored."""
    edits = question.edits
    held: dict[str, object] = {
        "capacity": {key: [each.sessions, each.places] for key, each in question.capacity.items()},
        "most_each": question.most_each,
        "run": dict(edits.run),
        "leave_out": sorted(edits.leave_out),
        "invite": sorted(edits.invite),
        "do_not_invite": sorted(edits.do_not_invite),
    }
    return json.dumps(held, sort_keys=True)


def chosen_text(made: Plan) -> str:
    """What was chosen, as it is stored: nothing of why somebody is invited, and no points, for they tell of releases
    that may end."""
    chosen = [
        {
            "module": each.module.id,
            "title": each.module.title,
            "sessions": each.sessions,
            "open_places": each.open_places,
            "invite": sorted(need.place.id for need in each.invite),
        }
        for each in made.modules
    ]
    return json.dumps(chosen)

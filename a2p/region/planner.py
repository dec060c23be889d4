"""What to run this year: the set of sessions that reaches most need within what can be run, solved exactly. Pure.

The model. A session runs one module and has places for a number of partnerships that depends on its format: several at
a workshop, one at a peer visit. No more sessions of a format are run than its capacity; a partnership takes a place in
a module once at most, and in `most_each` modules at most. A place taken by a partnership that is known by name is worth
its need in points (a2p.region.demand); places beyond those may be kept open for partnerships whose need is counted
without names, as many as are counted, each worth what a score below 50 is. Of all sets the one worth most is chosen,
and of those worth the same one with the fewest sessions. It is an integer programme; scipy's milp solves it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from a2p.definition.support import Module
from a2p.region.counted import Place
from a2p.region.demand import POINTS, Demand, Need

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Format: TypeAlias = Literal["workshop", "peer-visit", "reading", "mentoring"]
PLACES: Mapping[Format, int] = {"workshop": 6, "peer-visit": 1, "mentoring": 1, "reading": 20}
"""Partnerships that one session of a format serves, unless the programme manager says otherwise."""
MOST_EACH = 2
FIXED_IN = "you fixed it in"


class CannotPlan(Exception):
    """What was fixed can't be had within the capacities; the text says why, to the programme manager."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many sessions of a format can be run, and the places at each."""

    sessions: int
    places: int


@dataclass(frozen=True, slots=True)
class Edits:
    """What the programme manager decided: modules to run at least so often, modules to leave out, and partnerships (by
    id, with the module's id) that are to have a place, or none."""

    run: Mapping[str, int] = field(default_factory=dict)
    leave_out: frozenset[str] = frozenset()
    invite: frozenset[tuple[int, str]] = frozenset()
    do_not_invite: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Planned:
    """A module in the plan: sessions, who is invited by name, places kept open, and the points that it reaches."""

    module: Module
    sessions: int
    invite: tuple[Need, ...]
    open_places: int
    points: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The chosen set, by the modules' order of need. It reaches `points`, of the `possible` ones there would be if
    everybody had every place. `why` says in words how it was chosen."""

    modules: tuple[Planned, ...]
    points: int
    possible: int
    why: tuple[str, ...]


def plan(
    demands: Sequence[Demand],
    capacity: Mapping[Format, Capacity],
    edits: Edits | None = None,
    most_each: int = MOST_EACH,
    places: Mapping[int, Place] | None = None,
) -> Plan:
    """The optimal plan. CannotPlan where what was fixed in doesn't fit.

    `places` are partnerships by id, for those that are fixed in without a known need.
    """
    edits = edits or Edits()
    model = _Model(demands, capacity, edits, most_each, places or {})
    _refuse_impossible(model, edits)
    chosen = model.solved()
    modules = tuple(each for each in map(chosen.of_module, range(len(model.demands))) if each.sessions)
    points = sum(each.points for each in modules)
    possible = possible_points(demands)
    return Plan(modules, points, possible, _why(modules, capacity, points, possible, most_each))


def possible_points(demands: Sequence[Demand]) -> int:
    """The points there would be if everybody had every place."""
    by_name = sum(need.points for each in demands for need in each.invite)
    return by_name + sum(POINTS.below * each.unnamed for each in demands)


class _Model:
    """The integer programme: sessions of each module, open places of each, and a place for each need by name."""

    def __init__(
        self,
        demands: Sequence[Demand],
        capacity: Mapping[Format, Capacity],
        edits: Edits,
        most_each: int,
        places: Mapping[int, Place],
    ) -> None:
        self.demands = [each for each in demands if _runs(each, capacity) and each.module.id not in edits.leave_out]
        self.capacity, self.edits, self.most_each = capacity, edits, most_each
        self.needs = [
            (index, need)
            for index, each in enumerate(self.demands)
            for need in _with_fixed(each, edits, places)
            if (need.place.id, need.module) not in edits.do_not_invite
        ]

    def solved(self) -> _Chosen:
        """The optimum. CannotPlan where there is no solution at all."""
        many = len(self.demands)
        if not many:
            return _Chosen(self, [])
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        # an equal plan with fewer sessions is better: a point outweighs all sessions there could be
        sessions = 1 + sum(each.sessions for each in self.capacity.values())
        worth = np.array(
            [
                *(1 for _ in self.demands),
                *(-POINTS.below * sessions for _ in self.demands),
                *(-need.points * sessions for _, need in self.needs),
            ],
            dtype=float,
        )
        limits, upper = self._limits()
        done = milp(
            worth,
            integrality=np.ones(len(worth), dtype=np.int64),
            bounds=Bounds(np.array(self._lowest(), float), np.array(self._highest(), float)),
            constraints=LinearConstraint(limits, -np.inf, np.array(upper, float)),
            options={"mip_rel_gap": 0.0},
        )
        if done.x is None or done.status != 0:
            raise CannotPlan("What you fixed doesn’t fit into the sessions and places there are. Take something out.")
        return _Chosen(self, [round(value) for value in done.x])

    def _lowest(self) -> list[int]:
        fixed = [self.edits.run.get(each.module.id, 0) for each in self.demands]
        invited = [int((need.place.id, need.module) in self.edits.invite) for _, need in self.needs]
        return [*fixed, *(0 for _ in self.demands), *invited]

    def _highest(self) -> list[int]:
        sessions = [self.of(each).sessions for each in self.demands]
        return [*sessions, *(each.unnamed for each in self.demands), *(1 for _ in self.needs)]

    def _limits(self) -> tuple[csr_array, list[int]]:
        """Rows of the constraints and what each may reach: places, sessions of a format, modules of a partnership."""
        from scipy.sparse import csr_array

        many = len(self.demands)
        rows: list[dict[int, int]] = [{index: -self.of(each).places, many + index: 1} for index, each in self._listed]
        upper = [0] * many
        partners: dict[int, dict[int, int]] = {}
        for number, (index, need) in enumerate(self.needs):
            rows[index][2 * many + number] = 1
            partners.setdefault(need.place.id, {})[2 * many + number] = 1
        for format_, each in self.capacity.items():
            rows.append({index: 1 for index, of in self._listed if of.module.format == format_})
            upper.append(each.sessions)
        for row in partners.values():
            rows.append(row)
            upper.append(self.most_each)
        entries = [(value, row, column) for row, each_row in enumerate(rows) for column, value in each_row.items()]
        values, down, across = zip(*entries, strict=True)
        return csr_array((values, (down, across)), shape=(len(rows), 2 * many + len(self.needs))), upper

    @property
    def _listed(self) -> list[tuple[int, Demand]]:
        return list(enumerate(self.demands))

    def of(self, each: Demand) -> Capacity:
        """The capacity of a module's format."""
        return self.capacity[each.module.format]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The values of the model's variables."""

    model: _Model
    values: Sequence[int]

    def of_module(self, index: int) -> Planned:
        """What was chosen for the module of this index."""
        many = len(self.model.demands)
        sessions, open_places = self.values[index], self.values[many + index]
        taken = zip(self.model.needs, self.values[2 * many :], strict=True)
        invite = tuple(need for (of, need), value in taken if of == index and value)
        points = sum(need.points for need in invite) + POINTS.below * open_places
        return Planned(self.model.demands[index].module, sessions, invite, open_places, points)


def _runs(each: Demand, capacity: Mapping[Format, Capacity]) -> bool:
    held = capacity.get(each.module.format)
    return held is not None and held.sessions > 0


def _with_fixed(each: Demand, edits: Edits, places: Mapping[int, Place]) -> list[Need]:
    """The needs by name, and those that the programme manager invites without one that is known."""
    known = {need.place.id for need in each.invite}
    extra = sorted(place for place, module in edits.invite if module == each.module.id and place not in known)
    added = [Need(places[place], each.module.id, 0, (FIXED_IN,)) for place in extra if place in places]
    return [*each.invite, *added]


def _refuse_impossible(model: _Model, edits: Edits) -> None:
    known = {each.module.id: each for each in model.demands}
    for module, sessions in edits.run.items():
        if sessions and module not in known:
            raise CannotPlan("A module that you fixed in is left out, or there are no sessions of its format.")
        if module in known and sessions > model.of(known[module]).sessions:
            title = known[module].module.title
            raise CannotPlan(f"{title}: you fixed more sessions than there are of its format.")
    for place, module in edits.invite:
        if module not in known:
            raise CannotPlan("You invite a partnership to a module that is left out, or has no sessions of its format.")
        if (place, module) in edits.do_not_invite:
            raise CannotPlan("You both invite and leave out one partnership for the same module.")


def _why(
    modules: Sequence[Planned], capacity: Mapping[Format, Capacity], points: int, possible: int, most_each: int
) -> tuple[str, ...]:
    ran = {format_: sum(each.sessions for each in modules if each.module.format == format_) for format_ in capacity}
    by_name = sum(len(each.invite) for each in modules)
    open_places = sum(each.open_places for each in modules)
    lines = [
        f"It reaches {points} of {possible} points of need. Of all sets of sessions within what you can run, and with "
        "what you fixed in or left out, none reaches more; among equal ones it has the fewest sessions.",
        f"{by_name} places are for partnerships known by name: they asked, requested, or released their figures by "
        f"name. {open_places} are kept open for others, who are counted and not named.",
        f"A request is worth {POINTS.request}, asking for help {POINTS.ask}, a score below 50 {POINTS.below}, wide "
        f"disagreement {POINTS.wide} and a knowledge gap {POINTS.gaps}. A partnership takes part in {most_each} "
        "modules at most.",
    ]
    spare = [
        f"{capacity[format_].sessions - many} of {_name(format_)}"
        for format_, many in ran.items()
        if many < capacity[format_].sessions
    ]
    if spare:
        lines.append(f"Not needed: {', '.join(spare)}. No further need that is known would be reached by them.")
    return tuple(lines)


def _name(format_: Format) -> str:
    return {
        "workshop": "the workshops",
        "peer-visit": "the peer visits",
        "mentoring": "the mentoring",
        "reading": "the reading",
    }[format_]

"""What a set of sessions that somebody chose by hand reaches, under the rules of the planner's own model. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from a2p.region.counted import Place
from a2p.region.demand import POINTS, Demand, Need
from a2p.region.planner import FIXED_IN, CannotPlan, Capacity, Format, Plan, Planned, possible_points

MOST_EACH = "most each"


@dataclass(frozen=True, slots=True)
class Choice:
    """How many sessions of a module are run, and which partnerships are invited to it by name, by id."""

    sessions: int
    invite: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a choice can't be had, to the programme manager. It is mended `at` a module, by id, at a format's capacity,
    or at MOST_EACH."""

    at: str
    text: str


class DoesNotFit(CannotPlan):
    """What was chosen by hand can't be had within the capacities; `misfits` say why, each and where."""

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        super().__init__(misfits[0].text)
        self.misfits = tuple(misfits)


def reached(
    demands: Sequence[Demand],
    capacity: Mapping[Format, Capacity],
    choices: Mapping[str, Choice],
    most_each: int,
    places: Mapping[int, Place],
) -> Plan:
    """The plan of what was chosen for modules by id, with the places left kept open for as many as are counted without
    a name. DoesNotFit where it can't be had. The planner's best plan never reaches less than it."""
    misfits = list(_misfits(demands, capacity, choices, most_each, places))
    if misfits:
        raise DoesNotFit(misfits)
    found = (
        _planned(each, capacity[each.module.format], choices[each.module.id], places)
        for each in demands
        if each.module.id in choices and choices[each.module.id].sessions
    )
    modules = tuple(found)
    return Plan(modules, sum(each.points for each in modules), possible_points(demands), ())


def _planned(each: Demand, capacity: Capacity, choice: Choice, places: Mapping[int, Place]) -> Planned:
    known = {need.place.id: need for need in each.invite}
    invite = tuple(
        known.get(id_) or Need(places[id_], each.module.id, 0, (FIXED_IN,))
        for id_ in sorted(choice.invite)
        if id_ in known or id_ in places
    )
    open_places = min(each.unnamed, choice.sessions * capacity.places - len(invite))
    points = sum(need.points for need in invite) + POINTS.below * open_places
    return Planned(each.module, choice.sessions, invite, open_places, points)


def _misfits(
    demands: Sequence[Demand],
    capacity: Mapping[Format, Capacity],
    choices: Mapping[str, Choice],
    most_each: int,
    places: Mapping[int, Place],
) -> Iterator[Misfit]:
    run, taken = Counter[Format](), Counter[int]()
    for each in demands:
        choice, held = choices.get(each.module.id), capacity.get(each.module.format, Capacity(0, 0))
        if choice is None or not choice.sessions:
            continue
        run[each.module.format] += choice.sessions
        taken.update(choice.invite)
        room = choice.sessions * held.places
        if held.sessions and len(choice.invite) > room:
            yield Misfit(
                each.module.id, f"{each.module.title}: {len(choice.invite)} are invited, and there is room for {room}"
            )
    for format_, many in run.items():
        there = capacity[format_].sessions if format_ in capacity else 0
        if many > there:
            yield Misfit(format_, f"You chose {many} {_NAMES[format_]}, and can run {there}")
    for id_, many in taken.items():
        if many > most_each and id_ in places:
            yield Misfit(MOST_EACH, f"{places[id_].name} is invited to {many} modules, and {most_each} is the most")


_NAMES: Mapping[Format, str] = {
    "workshop": "workshops",
    "peer-visit": "peer visits",
    "mentoring": "sessions of mentoring",
    "reading": "sessions of reading",
}

"""The nearest set of partnerships whose figures may be shown, where the wanted one would let somebody subtract.

Joiners of fewer than five wait; a partnership's older result stays in place of its new one, if it is still released;
leavers take others with them until five leave. Sections are looked at one by one later: here a result counts as shown
where any of its sections was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from a2p.region.atoms import FRESH, atoms_of
from a2p.region.counted import Counted
from a2p.region.ledger import NOBODY, Cohort, Names
from a2p.region.snapshot import MINIMUM

Unit = tuple[int, ...]
"""Results that are counted together or not at all: one, or a partnership's two where snapshots are compared."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who is counted of those wanted. Of a picture, `waiting` joined too recently, `stayed` are older results in place
    of newer ones, `taken` are left out so that others can't be worked out."""

    counted: tuple[Counted, ...]
    waiting: tuple[Counted, ...] = ()
    stayed: tuple[Counted, ...] = ()
    taken: tuple[Counted, ...] = ()
    refused: bool = False

    @property
    def as_wanted(self) -> bool:
        """Whether it is just what was wanted."""
        return not (self.waiting or self.stayed or self.taken or self.refused)


def nearest(
    wanted: Sequence[Counted], older: Iterable[Counted], before: Sequence[Cohort], names: Names = NOBODY
) -> Chosen:
    """The set to count in place of `wanted`, of one picture, after the cohorts `before`. Of putting older results in
    place and not doing so, what counts more partnerships; it is the same whatever the order of what is given.

    `older` are results of the same partnerships that are still released. Refused, and nobody left out, where no five
    partnerships would be left: then only the figures of groups can be shown that allow it by themselves.
    """
    if len(wanted) < MINIMUM:
        return Chosen(tuple(wanted))
    stand_ins = _stand_ins(wanted, older)
    tries = [_chosen(wanted, before, names, instead) for instead in ({}, stand_ins)]
    best = max(tries, key=lambda chosen: (len(chosen.counted), -len(chosen.stayed)))
    return best if len(best.counted) >= MINIMUM else Chosen(tuple(wanted), refused=True)


def without_small_groups(units: Iterable[Unit], before: Sequence[Sequence[Cohort]], names: Names) -> set[Unit]:
    """The units left when those are taken out that would make an atom of one to four, each place of a unit in its own
    history of cohorts."""
    left = set(units)
    for known in names.ways():
        places = [_Place(cohorts, known) for cohorts in before]
        while out := next((found for k, place in enumerate(places) if (found := place.too_small(left, k))), None):
            left -= out
    return left


@dataclass(slots=True)
class _Place:
    """The atoms of one place of the units, for somebody who knows the results `known`."""

    cohorts: Sequence[Cohort]
    known: frozenset[int]
    atoms: Mapping[int, int] = field(init=False)
    sizes: Mapping[int, int] = field(init=False)

    def __post_init__(self) -> None:
        made = atoms_of(self.cohorts)
        results = {result for cohort in self.cohorts for result in cohort} - self.known
        self.atoms = {result: made.atom(result) for result in results}
        sizes: defaultdict[int, int] = defaultdict(int)
        for atom in self.atoms.values():
            sizes[atom] += 1
        self.sizes = sizes

    def inside(self, units: Iterable[Unit], k: int) -> dict[int, list[Unit]]:
        """The units by the atom of their k-th result, those known by name left out."""
        found: dict[int, list[Unit]] = {}
        for unit in units:
            if unit[k] not in self.known:
                found.setdefault(self.atoms.get(unit[k], FRESH), []).append(unit)
        return dict(sorted(found.items()))

    def too_small(self, units: Iterable[Unit], k: int) -> set[Unit]:
        """Units to take out because of the first atom of which too few are in or too few are out."""
        for atom, inside in self.inside(units, k).items():
            out = 0 if atom == FRESH else self.sizes[atom] - len(inside)
            if len(inside) < MINIMUM:
                return set(inside)
            if 0 < out < MINIMUM:
                more = MINIMUM - out
                return set(inside if len(inside) - more < MINIMUM else sorted(inside)[-more:])
        return set()


def _chosen(
    wanted: Sequence[Counted], before: Sequence[Cohort], names: Names, instead: Mapping[int, Counted]
) -> Chosen:
    """What is left of the wanted with these older results at hand: by the number of the newer one."""
    counted = {each.result: each for each in wanted}
    stayed: list[Counted] = []
    for newer in _give_way(set(counted), before, names, instead):
        del counted[newer]
        stayed.append(instead[newer])
        counted[instead[newer].result] = instead[newer]
    left = {result for (result,) in without_small_groups(((result,) for result in counted), [before], names)}
    shown = {result for cohort in before for result in cohort}
    out = [each for result, each in counted.items() if result not in left]
    return Chosen(
        tuple(each for result, each in counted.items() if result in left),
        waiting=tuple(each for each in out if each.result not in shown),
        stayed=tuple(each for each in stayed if each.result in left),
        taken=tuple(each for each in out if each.result in shown),
    )


def _give_way(counted: set[int], before: Sequence[Cohort], names: Names, instead: Mapping[int, Counted]) -> list[int]:
    """The newer results in whose place the older ones should stay: where one to four would join or leave."""
    given: list[int] = []
    newer_of = {older.result: newer for newer, older in instead.items()}
    for known in names.ways():
        place = _Place(before, known)
        members: dict[int, set[int]] = {}
        for result, atom in place.atoms.items():
            members.setdefault(atom, set()).add(result)
        while found := _next_to_give_way(counted, place, members, newer_of):
            for newer in found:
                counted -= {newer}
                counted |= {instead[newer].result}
                del newer_of[instead[newer].result]
                given.append(newer)
    return given


def _next_to_give_way(
    counted: set[int], place: _Place, members: Mapping[int, set[int]], newer_of: Mapping[int, int]
) -> list[int]:
    swappable = set(newer_of.values())
    for atom, inside in place.inside(((result,) for result in counted), 0).items():
        here = {result for (result,) in inside}
        if len(here) < MINIMUM and (found := sorted(here & swappable)):
            return found
        out = members.get(atom, set()) - here
        if 0 < len(out) < MINIMUM and (found := sorted(newer_of[each] for each in out & newer_of.keys())):
            return found
    return []


def _stand_ins(wanted: Iterable[Counted], older: Iterable[Counted]) -> dict[int, Counted]:
    """The newest older result of each partnership that has one, by the number of its wanted one."""
    newer = {each.place.id: each for each in wanted}
    found: dict[int, Counted] = {}
    for each in sorted(older, key=lambda each: (each.closed, each.result)):
        wanted_one = newer.get(each.place.id)
        if wanted_one is not None and each.result != wanted_one.result:
            found[wanted_one.result] = each
    return found

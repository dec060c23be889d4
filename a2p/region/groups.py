"""The groups that are compared: all, each kind, each county area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from a2p.definition.model import KINDS
from a2p.region.counted import Counted
from a2p.region.ledger import group_key
from a2p.region.snapshot import Grouping

AREA_FROM = 2
"""Partnerships from which a county area is a group: of a single one it would only name it."""


@dataclass(frozen=True, slots=True)
class Members:
    """The counted members of a group."""

    by: Grouping
    id: str
    title: str
    counted: tuple[Counted, ...]

    @property
    def key(self) -> str:
        """How the ledger writes the group."""
        return group_key(self.by, self.id)


def groups_of(counted: Sequence[Counted], areas: Mapping[int, str]) -> tuple[Members, ...]:
    """All that are counted, each kind, and each county area of AREA_FROM or more, in the order in which they are
    preferred where not all can be shown: larger kinds and areas first, so that more partnerships are seen."""
    kinds = [
        Members("kind", kind, kind.capitalize(), tuple(each for each in counted if each.place.kind == kind))
        for kind in KINDS
    ]
    members: dict[int, list[Counted]] = {}
    for each in counted:
        members.setdefault(each.place.area, []).append(each)
    of_areas = [Members("area", str(id_), areas.get(id_, ""), tuple(those)) for id_, those in sorted(members.items())]
    return (
        Members("all", "", "All", tuple(counted)),
        *sorted((each for each in kinds if each.counted), key=lambda each: -len(each.counted)),
        *sorted((each for each in of_areas if len(each.counted) >= AREA_FROM), key=lambda each: -len(each.counted)),
    )


def in_reading_order(groups: Sequence[Members]) -> list[tuple[int, Members]]:
    """Groups with their places, as they are read: all, kinds in their usual order, areas by name."""

    def key(item: tuple[int, Members]) -> tuple[int, int, str, str]:
        _, group = item
        kind = KINDS.index(group.counted[0].place.kind) if group.by == "kind" else 0
        return ("all", "kind", "area").index(group.by), kind, group.title, group.id

    return sorted(enumerate(groups), key=key)

"""Which support is needed: from a region's newest snapshot, what is released by name now, and wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from sqlalchemy.orm import Session

from a2p.region.counted import Counted, Place
from a2p.region.demand import Demand, Wish, WishKind, demand
from a2p.region.snapshot import Scope
from a2p.rounds.regional import counted_still
from a2p.rounds.regional_names import ByName, shown_by_name
from a2p.rounds.regional_rounds import places_of
from a2p.rounds.regional_snapshots import document_of, snapshots_of
from a2p.rounds.support import wishes_in
from a2p.store.base import today
from a2p.store.definitions import newest_versions
from a2p.store.region_tables import Snapshot
from a2p.store.support_modules import modules_of


@dataclass(frozen=True, slots=True)
class RegionDemand:
    """The modules in order of need; the snapshot whose counts they have, None where the region has none; partnerships
    by id; and how many results are released by name and may not be shown yet."""

    modules: tuple[Demand, ...]
    snapshot: Snapshot | None
    places: Mapping[int, Place]
    waiting: int


def newest_snapshot(session: Session, region_id: int) -> Snapshot | None:
    """The snapshot that was made last."""
    return max(snapshots_of(session, region_id), key=lambda each: each.id, default=None)


def demand_of(session: Session, region_id: int, snapshot: Snapshot | None) -> RegionDemand:
    """The demand in a region by the counts of a snapshot, if there is one; the rest as it is now."""
    document = document_of(snapshot) if snapshot else None
    by_name = shown_by_name(session, region_id, document.scope if document else _everything(session))
    places = {place.id: place for place in places_of(session, region_id, date.min)}
    wishes = [
        Wish(places[each.partnership.id], cast("WishKind", each.wish.kind), each.wish.about)
        for each in wishes_in(session, region_id)
    ]
    named = _counted(session, region_id, by_name)
    modules = demand(modules_of(session, region_id), document, named, wishes)
    return RegionDemand(modules, snapshot, places, sum(each.waits for each in by_name.results))


def _everything(session: Session) -> Scope:
    asked = tuple(version.questionnaire for version in newest_versions(session))
    return Scope(questionnaires=asked, since=date.min, until=today())


def _counted(session: Session, region_id: int, by_name: ByName) -> list[Counted]:
    """What is shown by name, with no more of its figures than that lets out."""
    shown = {each.result: each for each in by_name.results if not each.waits}
    found = counted_still(session, region_id, shown)
    return [replace(each, sections=shown[each.result].sections) for each in found]

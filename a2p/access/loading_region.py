"""Loading what a region's programme manager keeps: a support module, a request, what was run, a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from a2p.access.loading import Loaded, region
from a2p.store.outcome_tables import SupportWish
from a2p.store.region_tables import SupportRun
from a2p.store.support_modules import Offered, offered_in
from a2p.store.tables import Partnership, Region


@dataclass(frozen=True, slots=True)
class RegionModule:
    """A support module of a region, retired or not."""

    region: Region
    offered: Offered


def region_module(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A RegionModule by `region_id` and `module`, its id."""
    loaded = region(session, args)
    if loaded is None:
        return None
    for offered in offered_in(session, loaded.object.id):
        if offered.module.id == args["module"]:
            return Loaded(RegionModule(loaded.object, offered), loaded.facts)
    return None


@dataclass(frozen=True, slots=True)
class RegionRequest:
    """A request for a support module, with the partnership whose it is, for who looks after its region."""

    region: Region
    partnership: Partnership
    wish: SupportWish


@dataclass(frozen=True, slots=True)
class RegionRun:
    """Support that a region ran."""

    region: Region
    run: SupportRun


def region_request(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A RegionRequest by `region_id` and `wish_id`."""
    loaded = region(session, args)
    wish = session.get(SupportWish, args["wish_id"])
    place = session.get(Partnership, wish.partnership_id) if wish and wish.kind == "request" else None
    if loaded is None or wish is None or place is None or place.region_id != loaded.object.id:
        return None
    return Loaded(RegionRequest(loaded.object, place, wish), loaded.facts)


def region_run(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A RegionRun by `region_id` and `run_id`."""
    loaded = region(session, args)
    run = session.get(SupportRun, args["run_id"])
    if loaded is None or run is None or run.region_id != loaded.object.id:
        return None
    return Loaded(RegionRun(loaded.object, run), loaded.facts)

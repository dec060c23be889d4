"""Loading what a region's programme manager keeps: a support module, a request, what was run, a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from a2p.access.loading import Loaded, region
from a2p.store.support_modules import Offered, offered_in
from a2p.store.tables import Region


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

"""Loading a partnership's wish for support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from a2p.access.loading import Loaded, partnership
from a2p.store.outcome_tables import SupportWish
from a2p.store.tables import Partnership


@dataclass(frozen=True, slots=True)
class PlacedWish:
    """A wish with the partnership whose it is."""

    partnership: Partnership
    wish: SupportWish


def support_wish(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A PlacedWish by `partnership_id` and `wish_id`."""
    loaded = partnership(session, args)
    wish = session.get(SupportWish, args["wish_id"])
    if loaded is None or wish is None or wish.partnership_id != loaded.object.id:
        return None
    return Loaded(PlacedWish(loaded.object, wish), loaded.facts)

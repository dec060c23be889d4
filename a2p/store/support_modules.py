"""The support modules that a region offers: the catalogue's, until its programme manager changes any of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.catalogue import support_modules
from a2p.definition.support import Module
from a2p.store.region_tables import SupportModule


@dataclass(frozen=True, slots=True)
class Offered:
    """A module in a region's words; `edition` counts its changes from 1. One that is `retired` is offered no more."""

    module: Module
    edition: int = 1
    retired: bool = False


def offered_in(session: Session, region_id: int) -> tuple[Offered, ...]:
    """All modules that a region ever offered, in the catalogue's order and then as they were added."""
    rows = session.scalars(
        select(SupportModule).where(SupportModule.region_id == region_id).order_by(SupportModule.id)
    ).all()
    if not rows:
        return tuple(Offered(module) for module in support_modules())
    return tuple(Offered(module_of(row), row.edition, row.retired is not None) for row in rows)


def modules_of(session: Session, region_id: int) -> tuple[Module, ...]:
    """The modules that a region offers now."""
    return tuple(each.module for each in offered_in(session, region_id) if not each.retired)


def module_of(row: SupportModule) -> Module:
    """A module as it is kept."""
    return Module(
        id=row.key,
        title=row.title,
        summary=row.summary,
        format=cast("Literal['workshop', 'peer-visit', 'reading', 'mentoring']", row.format),
        length=row.length,
        serves=tuple(json.loads(row.serves)),
    )

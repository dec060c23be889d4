"""Holding a region: snapshots and releases by name follow one another in an order that everybody sees the same.

Whoever makes a snapshot or compares two holds it alone; whoever decides on a release to it holds it together with
others who do. So a snapshot has seen each release that was decided before it, and none that was decided after.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.store.tables import Partnership, Region


def hold_region(session: Session, region: Region) -> None:
    """Keep others from making snapshots of a region and from deciding on releases to it, until the commit."""
    session.flush()
    session.refresh(region, with_for_update={"key_share": True})


def join_region(session: Session, partnership_id: int) -> None:
    """Keep others from making snapshots of a partnership's region until the commit. A moment that is taken after it is
    after every snapshot that was made before."""
    of_it = select(Partnership.region_id).where(Partnership.id == partnership_id).scalar_subquery()
    session.execute(select(Region.id).where(Region.id == of_it).with_for_update(read=True, of=Region))

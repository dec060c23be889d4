"""Who could help whom, and introductions."""

from __future__ import annotations

from a2p.store.region_tables import Introduction
from a2p.store.tables import Partnership
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, partnership, region


def introduction(site: Installation, place: Place) -> Args:
    """An introduction of the own partnership's, a new one each time."""
    if place is not site.site.own:
        return {**region(site, place), **partnership(site, place), "introduction_id": 1}
    with site.session() as session, session.begin():
        other = Partnership(
            region_id=place.region.id, name=f"Another {session.query(Partnership).count()}", kind="district"
        )
        session.add(other)
        session.flush()
        row = Introduction(
            region_id=place.region.id, section="sample/purpose", asker_id=place.partnership.id, helper_id=other.id
        )
        session.add(row)
        session.flush()
        return {**region(site, place), **partnership(site, place), "introduction_id": row.id}


ROWS: Rows = {
    ("GET", "matching.show"): Row(region),
    ("POST", "matching.introduce"): Row(region, 409),
    ("POST", "matching.end"): Row(introduction, 302),
    ("GET", "matching.own"): Row(partnership),
    ("POST", "matching.answer"): Row(introduction, 302, {"answer": "no"}),
}

"""What a region is shown by name, side by side."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from a2p.store.definitions import publish
from a2p.store.tables import Partnership
from tests.builders import definition, scale_question, section
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, region


def county(site: Installation, place: Place) -> Args:
    """A county area of the own region, and a questionnaire that is made for it; of the other, any number."""
    if place is not site.site.own:
        return {**region(site, place), "area_id": 1}
    with site.session() as session, session.begin():
        there = session.scalar(select(Partnership.id).where(Partnership.name == "Shire"))
        if there is not None:
            return {**region(site, place), "area_id": there}
        kinds: dict[str, Any] = {"for": ["county", "district"]}
        asked = definition(section("purpose", scale_question("aim")), **kinds)
        publish(session, asked.model_copy(update={"questionnaire": "both", "title": "Both"}))
        made = Partnership(region_id=place.region.id, name="Shire", kind="county")
        session.add(made)
        session.flush()
        session.add(
            Partnership(region_id=place.region.id, name="District of the shire", kind="district", above_id=made.id)
        )
        return {**region(site, place), "area_id": made.id}


ROWS: Rows = {
    ("GET", "by_name.heat_map"): Row(region),
    ("GET", "by_name.both_ends"): Row(region),
    ("GET", "by_name.both_ends_of"): Row(county),
}

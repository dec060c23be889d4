"""A region's snapshots."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from a2p.region.between import Comparison, Of
from a2p.store.region_tables import Snapshot, SnapshotComparison
from tests.regional_orders import with_snapshot
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.regional_documents import snapshot
from tests.web.matrix.row import Args, Row, Rows, region

NEW = {
    "questionnaires": "sample",
    "since-day": "1",
    "since-month": "1",
    "since-year": "2026",
    "until-day": "31",
    "until-month": "12",
    "until-year": "2026",
    "whom": "",
    "name": "Spring",
}


def picture(site: Installation, place: Place) -> Args:
    """A questionnaire of a snapshot; of the own region, one in which something is counted."""
    if place is not site.site.own:
        return {**snapshot(site, place), "key": "sample-apart"}
    return {**region(site, place), "snapshot_id": _spring(site, place), "key": "sample-apart"}


def _spring(site: Installation, place: Place) -> int:
    """The number of a snapshot in which something is counted, made when it is first asked for."""
    with site.session() as session, session.begin():
        there = session.scalar(select(Snapshot.id).where(Snapshot.name == "Spring"))
        return there or with_snapshot(session, place)[0].id


def compared(site: Installation, place: Place) -> Args:
    """Two snapshots; of the own region, two that were compared."""
    own = snapshot(site, place)
    if place is not site.site.own:
        return {**own, "earlier_id": own["snapshot_id"]}
    later = _spring(site, place)
    with site.session() as session, session.begin():
        if session.scalar(select(SnapshotComparison.id)) is None:
            session.add(_comparison(place.region.id, own["snapshot_id"], later))
    return {**region(site, place), "snapshot_id": later, "earlier_id": own["snapshot_id"]}


def _comparison(region_id: int, earlier: int, later: int) -> SnapshotComparison:
    """A comparison in which no questionnaire is in both."""
    of = Of(name="Spring", made=date(2026, 5, 4), sha256="0" * 64)
    document = Comparison(region="Region", earlier=of, later=of, pictures=()).model_dump_json()
    return SnapshotComparison(
        region_id=region_id, earlier_id=earlier, later_id=later, sha256=f"{later:064}", document=document
    )


ROWS: Rows = {
    ("GET", "snapshots.list_all"): Row(region),
    ("GET", "snapshots.ask"): Row(region),
    ("POST", "snapshots.preview"): Row(region, form=NEW),
    ("POST", "snapshots.make"): Row(region, 409, NEW),
    ("GET", "snapshots.show"): Row(snapshot),
    ("GET", "snapshots.picture"): Row(picture),
    ("GET", "snapshots.ask_compare"): Row(snapshot),
    ("POST", "snapshots.compare"): Row(snapshot, 422, {"earlier": "nothing"}),
    ("GET", "snapshots.compared"): Row(compared),
}

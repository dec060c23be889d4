"""Support that a region ran."""

from __future__ import annotations

from sqlalchemy import select

from a2p.access.policy import Role
from a2p.rounds.support_runs import Account, record_run
from a2p.store.audit import Actor
from a2p.store.base import today
from a2p.store.region_tables import SupportRun
from a2p.store.tables import Region
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, region


def run(site: Installation, place: Place) -> Args:
    """Something that was run in the region; of either region there is one, whenever it is asked for."""
    with site.session() as session, session.begin():
        for each in (site.site.own, site.site.foreign):
            if session.scalar(select(SupportRun.id).where(SupportRun.region_id == each.region.id)) is None:
                by = Actor(each.staff[Role.MANAGER].id, Role.MANAGER)
                own = session.get_one(Region, each.region.id)
                took_part = frozenset({each.partnership.id})
                record_run(session, own, Account("governance-workshop", today(), took_part, f"{each.mark} note"), by)
        found = select(SupportRun.id).where(SupportRun.region_id == place.region.id)
        return {**region(site, place), "run_id": session.scalars(found).first()}


ROWS: Rows = {
    ("GET", "runs.show"): Row(region),
    ("GET", "runs.new"): Row(region),
    ("POST", "runs.add"): Row(region, 422),
    ("GET", "runs.edit"): Row(run),
    ("POST", "runs.change"): Row(run, 422),
    ("POST", "runs.take_back"): Row(run, 302),
}

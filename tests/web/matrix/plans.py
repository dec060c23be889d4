"""Demand for support, and plans of what to run."""

from __future__ import annotations

from sqlalchemy import select

from a2p.access.policy import Role
from a2p.region.planner import Capacity, Plan
from a2p.rounds.support_plans import Question, keep_plan
from a2p.store.audit import Actor
from a2p.store.region_tables import SupportPlan
from a2p.store.tables import Region
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, region

ASKED = {"workshops": "3", "places": "6", "visits": "6", "mentoring": "0", "most_each": "2", "then": "propose"}


def plan(site: Installation, place: Place) -> Args:
    """A plan that was kept; either region has one, whenever it is asked for."""
    with site.session() as session, session.begin():
        for each in (site.site.own, site.site.foreign):
            if session.scalar(select(SupportPlan.id).where(SupportPlan.region_id == each.region.id)) is None:
                by = Actor(each.staff[Role.MANAGER].id, Role.MANAGER)
                asked = Question({"workshop": Capacity(1, 6)})
                own = session.get_one(Region, each.region.id)
                keep_plan(session, own, f"{each.mark} plan", asked, Plan((), 0, 0, ()), by)
        found = select(SupportPlan.id).where(SupportPlan.region_id == place.region.id)
        return {**region(site, place), "plan_id": session.scalar(found)}


ROWS: Rows = {
    ("GET", "plans.demand"): Row(region),
    ("GET", "plans.ask"): Row(region),
    ("POST", "plans.propose"): Row(region, 200, ASKED),
    ("GET", "plans.kept"): Row(plan),
    ("GET", "plan_changes.edit"): Row(plan),
    ("POST", "plan_changes.change"): Row(plan, 422),
    ("POST", "plans.drop"): Row(plan, 302),
}

"""A region's demand for support, and the what-if planner: what can be run, what that would best be, and plans kept."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import region
from a2p.access.loading_matching import RegionPlan, region_plan
from a2p.access.policy import Action
from a2p.region.demand import POINTS
from a2p.region.planner import CannotPlan, Plan
from a2p.rounds import support_plans
from a2p.rounds.support_demand import RegionDemand, demand_of, newest_snapshot
from a2p.rounds.support_plans import PlanRefused, Question
from a2p.store.tables import Region
from a2p.web.database import db
from a2p.web.module_forms import FORMATS
from a2p.web.plan_forms import PlanForm
from a2p.web.policy import Policy, current_actor
from a2p.web.round_forms import error_list

pages = Blueprint("plans", __name__)

SEE = Policy(Action.SEE_REGION, region)
PLAN = Policy(Action.KEEP_SUPPORT, region)
KEPT = Policy(Action.KEEP_SUPPORT, region_plan)


@pages.get("/regions/<int:region_id>/demand", policy=SEE)
def demand(shown: Region) -> ResponseReturnValue:
    """The modules in order of need, why, and whom to invite where that is known."""
    return render_template(
        "pages/plans/demand.html", region=shown, wanted=_wanted(shown), points=POINTS, formats=FORMATS
    )


@pages.get("/regions/<int:region_id>/plan", policy=PLAN)
def ask(shown: Region) -> ResponseReturnValue:
    """What can be run: the planner's form, and the plans that were kept."""
    return _page(shown, _wanted(shown), PlanForm())


@pages.post("/regions/<int:region_id>/plan", policy=PLAN)
def propose(shown: Region) -> ResponseReturnValue:
    """The best set of sessions, to edit and propose again, or to keep."""
    form = PlanForm(request.form)
    form.keeps = request.form.get("then") == "keep"
    wanted = _wanted(shown)
    if not form.validate():
        return _page(shown, wanted, form), 422
    question = form.question({each.module.id for each in wanted.modules}, wanted.places)
    try:
        made = support_plans.planned(wanted, question)
    except CannotPlan as refused:
        form.workshops.errors = [str(refused)]
        return _page(shown, wanted, form), 422
    return _keep(shown, wanted, form, question, made) if form.keeps else _page(shown, wanted, form, made)


def _keep(shown: Region, wanted: RegionDemand, form: PlanForm, question: Question, made: Plan) -> ResponseReturnValue:
    by = current_actor(region_id=shown.id)
    try:
        row = support_plans.keep_plan(db.session(), shown, form.name.data or "", question, made, by)
    except PlanRefused as refused:
        db.session.rollback()
        form.name.errors = [str(refused)]
        return _page(shown, wanted, form, made), 422
    db.session.commit()
    flash("The plan is kept.")
    return redirect(url_for("plans.kept", region_id=shown.id, plan_id=row.id))


@pages.get("/regions/<int:region_id>/plans/<int:plan_id>", policy=KEPT)
def kept(found: RegionPlan) -> ResponseReturnValue:
    """A plan as it was kept, with the names that may be shown now."""
    plan = support_plans.kept(found.plan, _wanted(found.region))
    return render_template(
        "pages/plans/kept.html", region=found.region, plan=plan, form=PlanForm.of(plan), formats=FORMATS
    )


@pages.post("/regions/<int:region_id>/plans/<int:plan_id>/drop", policy=KEPT)
def drop(found: RegionPlan) -> ResponseReturnValue:
    """Throw a plan away."""
    support_plans.drop_plan(db.session(), found.plan, current_actor(region_id=found.region.id))
    db.session.commit()
    flash("The plan is thrown away.")
    return redirect(url_for("plans.ask", region_id=found.region.id))


def _wanted(shown: Region) -> RegionDemand:
    return demand_of(db.session(), shown.id, newest_snapshot(db.session(), shown.id))


def _page(shown: Region, wanted: RegionDemand, form: PlanForm, made: Plan | None = None) -> str:
    titles = {each.module.id: each.module.title for each in wanted.modules}
    known = {f"{need.module}/{need.place.id}" for each in (made.modules if made else ()) for need in each.invite}
    beside = [
        (key, f"{wanted.places[int(number)].name}: {titles[module]}")
        for key in form.omit.data or ()
        for module, _, number in [key.partition("/")]
        if key not in known and module in titles and number.isdigit() and int(number) in wanted.places
    ]
    return render_template(
        "pages/plans/planner.html",
        region=shown,
        wanted=wanted,
        form=form,
        made=made,
        left=beside,
        plans=support_plans.plans_of(db.session(), shown.id),
        errors=error_list(form),
        formats=FORMATS,
    )

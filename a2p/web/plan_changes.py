"""Changing a kept plan of support: its name and its choices, with what need it then reaches beside the best."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading_matching import RegionPlan, region_plan
from a2p.access.policy import Action
from a2p.region.chosen_plan import DoesNotFit
from a2p.region.planner import Planned
from a2p.rounds import support_plan_changes as changes
from a2p.rounds.support_demand import RegionDemand, demand_of, newest_snapshot
from a2p.rounds.support_plan_changes import PlanClash, Reach
from a2p.rounds.support_plans import KeptPlan, PlanRefused, kept
from a2p.web.database import db
from a2p.web.module_forms import FORMATS
from a2p.web.plan_change_forms import ChangeForm
from a2p.web.plan_forms import CapacityForm
from a2p.web.policy import Policy, current_actor

pages = Blueprint("plan_changes", __name__)

CHANGE = Policy(Action.KEEP_SUPPORT, region_plan)
ONE = "/regions/<int:region_id>/plans/<int:plan_id>/change"


@pages.get(ONE, policy=CHANGE)
def edit(found: RegionPlan) -> ResponseReturnValue:
    """The plan as it is kept, to change, and what it reaches with today's needs."""
    wanted = _wanted(found)
    form = ChangeForm(kept(found.plan, wanted), wanted)
    return _page(found, form, _reach(form), found.plan.edition)


@pages.post(ONE, policy=CHANGE)
def change(found: RegionPlan) -> ResponseReturnValue:
    """What the changed plan reaches; or keep it, or show what somebody else made of it meanwhile."""
    wanted, keeps = _wanted(found), request.form.get("then") == "save"
    form = ChangeForm(kept(found.plan, wanted), wanted, request.form)
    seen = request.form.get("seen", type=int, default=0)
    reach = _reach(form) if form.validate(keeps=keeps) else None
    if reach is None:
        return _page(found, form, None, seen), 422
    if not keeps:
        form.settle()
        return _page(found, form, reach, seen)
    return _save(found, form, reach, seen)


def _save(found: RegionPlan, form: ChangeForm, reach: Reach, seen: int) -> ResponseReturnValue:
    by, draft = current_actor(region_id=found.region.id), form.draft
    try:
        changes.change_plan(db.session(), found.region, found.plan, form.wanted, draft, seen, by)
    except PlanRefused as refused:
        db.session.rollback()
        form.asked.name.errors = [str(refused)]
        return _page(found, form, reach, seen), 422
    except PlanClash as clash:
        theirs = kept(clash.row, form.wanted)
        form.settle()
        return _page(found, form, reach, clash.row.edition, theirs), 409
    db.session.commit()
    flash("The plan is saved.")
    return redirect(url_for("plans.kept", region_id=found.region.id, plan_id=found.plan.id))


def _reach(form: ChangeForm) -> Reach | None:
    """What the form's choice reaches; None where it does not fit, which is then told beside the fields."""
    try:
        return changes.reach_of(form.wanted, form.draft)
    except DoesNotFit as refused:
        form.tell(refused)
        return None


def _wanted(found: RegionPlan) -> RegionDemand:
    return demand_of(db.session(), found.region.id, newest_snapshot(db.session(), found.region.id))


def _page(found: RegionPlan, form: ChangeForm, reach: Reach | None, seen: int, theirs: KeptPlan | None = None) -> str:
    """The form with what it reaches; after a clash with `theirs`, what was saved meanwhile."""
    return render_template(
        "pages/plans/change.html",
        region=found.region,
        plan=found.plan,
        form=form,
        asked=form.asked,
        reach=reach,
        beside=_beside(reach) if reach else (),
        seen=seen,
        theirs=theirs,
        differs=changes.differences(form.draft, theirs, form.wanted) if theirs else (),
        their_form=CapacityForm(**CapacityForm.asked(theirs.question)) if theirs else None,
        errors=form.errors,
        formats=FORMATS,
    )


def _beside(reach: Reach) -> list[tuple[str, str, str]]:
    """The modules of either set: title, what the choice has of it, what the best has."""
    chosen, best = ({each.module.id: each for each in of.modules} for of in (reach.chosen, reach.best))
    titles = {each.module.id: each.module.title for of in (reach.chosen, reach.best) for each in of.modules}
    return [(title, _of(chosen.get(id_)), _of(best.get(id_))) for id_, title in titles.items()]


def _of(planned: Planned | None) -> str:
    if planned is None:
        return "not run"
    times = "once" if planned.sessions == 1 else f"{planned.sessions} times"
    return f"{times}, {planned.points} {'point' if planned.points == 1 else 'points'}"

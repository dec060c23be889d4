"""A round's actions: the list with what is carried over, adding one, changing it, and its history."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import round_
from a2p.access.loading_agreed import RoundAction, closed_once, round_action
from a2p.access.policy import Action
from a2p.definition.model import ScaleQuestion
from a2p.rounds import actions as rounds
from a2p.store.definitions import definition_of
from a2p.store.outcome_tables import ActionItem
from a2p.store.round_tables import Round
from a2p.web.agreed_forms import ActionForm
from a2p.web.database import db
from a2p.web.partner_forms import items
from a2p.web.policy import Policy, current_actor
from a2p.web.round_forms import error_list

pages = Blueprint("actions", __name__, url_prefix="/rounds/<int:round_id>/actions")

SEE = Policy(Action.SEE_AGREED, round_)
ADD = Policy(Action.RECORD_AGREED, closed_once)
READ = Policy(Action.SEE_AGREED, round_action)
CHANGE = Policy(Action.RECORD_AGREED, round_action)


@pages.get("", policy=SEE)
def show(shown: Round) -> ResponseReturnValue:
    """The round's actions and those carried over, by the day they are due."""
    return _page("list", shown, listed=rounds.actions_of(db.session(), shown), to_do=rounds.OPEN)


@pages.get("/new", policy=ADD)
def new(shown: Round) -> ResponseReturnValue:
    """The form that adds an action; `about` in the address says which question it is about."""
    return _form_page(shown, ActionForm(), None)


@pages.post("/new", policy=ADD)
def add(shown: Round) -> ResponseReturnValue:
    """Add an action."""
    form = ActionForm(request.form)
    if not form.validate():
        return _form_page(shown, form, None), 422
    by = current_actor(shown.partnership_id, shown.id)
    rounds.add_action(db.session(), shown, form.plan, by, about=_about(shown), note=form.note.data or "")
    db.session.commit()
    flash("The action is added.")
    return redirect(url_for("actions.show", round_id=shown.id))


@pages.get("/<int:action_id>", policy=READ)
def read(found: RoundAction) -> ResponseReturnValue:
    """All that is kept of an action, and its history."""
    history = rounds.changes_of(db.session(), found.action)
    return _page("action", found.round, action=found.action, history=history, asked=_wording(found.action, found.round))


@pages.get("/<int:action_id>/change", policy=CHANGE)
def edit(found: RoundAction) -> ResponseReturnValue:
    """The form that changes an action."""
    return _form_page(found.round, ActionForm(obj=found.action), found.action, found.action.edition)


@pages.post("/<int:action_id>/change", policy=CHANGE)
def change(found: RoundAction) -> ResponseReturnValue:
    """Change an action, or show what somebody else made of it meanwhile beside what was typed."""
    form = ActionForm(request.form)
    seen = request.form.get("seen", type=int, default=0)
    if not form.validate():
        return _form_page(found.round, form, found.action, seen), 422
    by = current_actor(found.round.partnership_id, found.round.id)
    try:
        rounds.change_action(db.session(), found.action, form.plan, seen, by, note=form.note.data or "")
    except rounds.Clash as clash:
        theirs = rounds.plan_of(clash.action)
        return _form_page(found.round, form, clash.action, clash.action.edition, theirs), 409
    db.session.commit()
    flash("The action is saved.")
    return redirect(url_for("actions.show", round_id=found.round.id))


def _page(name: str, shown: Round, **more: object) -> str:
    return render_template(f"pages/actions/{name}.html", round=shown, statuses=rounds.STATUS_NAMES, **more)


def _form_page(
    shown: Round, form: ActionForm, action: ActionItem | None, seen: int = 0, theirs: rounds.Plan | None = None
) -> str:
    """The form; after a clash with `theirs`, what was saved meanwhile."""
    about = _about(shown)
    begun_from = _asked(about) if about else ""
    return _page(
        "form",
        shown,
        form=form,
        action=action,
        seen=seen,
        asked=_wording(action, shown) if action else begun_from,
        about=request.values.get("about", "") if about else "",
        status_items=items(form.status),
        errors=error_list(form),
        theirs=theirs,
        differs=rounds.differences(form.plan, theirs) if theirs else (),
    )


def _about(shown: Round) -> rounds.About | None:
    """The question that `about` names, as questionnaire/question; None for nonsense."""
    questionnaire, _, question = request.values.get("about", "").partition("/")
    for version in shown.versions:
        asked = [each.id for section in definition_of(version).sections for each in section.scale_questions]
        if version.questionnaire == questionnaire and question in asked:
            return rounds.About(version, question)
    return None


def _asked(about: rounds.About) -> str:
    question = definition_of(about.version).question(about.question)
    return question.ask if isinstance(question, ScaleQuestion) else ""


def _wording(action: ActionItem, shown: Round) -> str:
    """The wording of the question that an action is about, if this round asks it too."""
    version = next((each for each in shown.versions if each.id == action.version_id), None)
    return _asked(rounds.About(version, action.question)) if version and action.question else ""

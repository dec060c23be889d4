"""Actions: of a round with what is carried over to it, or of all rounds; adding one, changing it, and its history."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import partnership, round_
from a2p.access.loading_agreed import RoundAction, closed_once, round_action
from a2p.access.policy import Action
from a2p.rounds import actions as rounds
from a2p.store.outcome_tables import ActionItem
from a2p.store.round_tables import QuestionnaireVersion, Round
from a2p.store.tables import Partnership
from a2p.web import subjects
from a2p.web.agreed_forms import ActionForm
from a2p.web.database import db
from a2p.web.partner_forms import items
from a2p.web.policy import Policy, current_actor
from a2p.web.round_forms import error_list

pages = Blueprint("actions", __name__)
OF_ROUND = "/rounds/<int:round_id>/actions"

SEE_ALL = Policy(Action.SEE_PARTNERSHIP, partnership)
SEE = Policy(Action.SEE_AGREED, round_)
ADD = Policy(Action.RECORD_AGREED, closed_once)
READ = Policy(Action.SEE_AGREED, round_action)
CHANGE = Policy(Action.RECORD_AGREED, round_action)

WHICH_NAMES = {
    rounds.Which.ALL: "All",
    rounds.Which.OVERDUE: "Overdue",
    rounds.Which.PLANNED: "Planned",
    rounds.Which.UNDER_WAY: "Under way",
    rounds.Which.DONE: "Done",
    rounds.Which.DROPPED: "Dropped",
}


@pages.get("/partnerships/<int:partnership_id>/actions", policy=SEE_ALL)
def show_all(place: Partnership) -> ResponseReturnValue:
    """The actions of all rounds, by the day they are due; `status` in the address narrows them."""
    return _list_page("all", rounds.actions_of_all_rounds(db.session(), place.id), partnership=place)


@pages.get(OF_ROUND, policy=SEE)
def show(shown: Round) -> ResponseReturnValue:
    """The round's actions and those carried over, by the day they are due; `status` in the address narrows them."""
    return _list_page("list", rounds.actions_of(db.session(), shown), round=shown)


@pages.get(f"{OF_ROUND}/new", policy=ADD)
def new(shown: Round) -> ResponseReturnValue:
    """The form that adds an action; `about` in the address says which question or section it is about."""
    form = ActionForm(about=request.args.get("about", ""))
    form.offer(subjects.subjects_of(shown))
    return _form_page(shown, form, None)


@pages.post(f"{OF_ROUND}/new", policy=ADD)
def add(shown: Round) -> ResponseReturnValue:
    """Add an action."""
    form = ActionForm(request.form)
    form.offer(subjects.subjects_of(shown))
    if not form.validate():
        return _form_page(shown, form, None), 422
    by = current_actor(shown.partnership_id, shown.id)
    rounds.add_action(db.session(), shown, form.plan, by, note=form.note.data or "")
    db.session.commit()
    flash("The action is added.")
    return redirect(url_for("actions.show", round_id=shown.id))


@pages.get(f"{OF_ROUND}/<int:action_id>", policy=READ)
def read(found: RoundAction) -> ResponseReturnValue:
    """All that is kept of an action, and its history."""
    history = rounds.changes_of(db.session(), found.action)
    return _page("action", round=found.round, action=found.action, history=history, about=_about(found.action))


@pages.get(f"{OF_ROUND}/<int:action_id>/change", policy=CHANGE)
def edit(found: RoundAction) -> ResponseReturnValue:
    """The form that changes an action."""
    groups = _groups(found.action)
    about = subjects.value_of(groups, rounds.about_of(found.action))
    form = ActionForm(obj=found.action, about=about)
    form.offer(groups)
    return _form_page(found.round, form, found.action, found.action.edition)


@pages.post(f"{OF_ROUND}/<int:action_id>/change", policy=CHANGE)
def change(found: RoundAction) -> ResponseReturnValue:
    """Change an action, or show what somebody else made of it meanwhile beside what was typed."""
    form = ActionForm(request.form)
    form.offer(_groups(found.action))
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


def _page(name: str, **more: object) -> str:
    return render_template(f"pages/actions/{name}.html", statuses=rounds.STATUS_NAMES, **more)


def _list_page(name: str, listed: Sequence[rounds.Listed], **of: object) -> str:
    """A list of actions with the ways to narrow it; what the address says is `status` may be nonsense."""
    wanted = request.args.get("status")
    which = next((each for each in rounds.Which if each.value == wanted), rounds.Which.ALL)
    return _page(
        name,
        any_at_all=bool(listed),
        which=which,
        ways=[(each, label, len(rounds.narrowed(listed, each))) for each, label in WHICH_NAMES.items()],
        rows=[(each, _about(each.action)) for each in rounds.narrowed(listed, which)],
        to_do=rounds.OPEN,
        **of,
    )


def _form_page(
    shown: Round, form: ActionForm, action: ActionItem | None, seen: int = 0, theirs: rounds.Plan | None = None
) -> str:
    """The form; after a clash with `theirs`, what was saved meanwhile."""
    return _page(
        "form",
        round=shown,
        form=form,
        action=action,
        seen=seen,
        status_items=items(form.status),
        errors=error_list(form),
        theirs=theirs,
        their_about=_about(action) if action and theirs else "",
        differs=rounds.differences(form.plan, theirs) if theirs else (),
    )


def _groups(action: ActionItem) -> tuple[subjects.SubjectGroup, ...]:
    """What an action can be about: what its own round asked, also where it is carried over."""
    return subjects.subjects_of(db.session().get_one(Round, action.round_id))


def _about(action: ActionItem) -> str:
    """What an action is about, in words; "" for nothing in particular."""
    about = rounds.about_of(action)
    if about is None:
        return ""
    return subjects.words(db.session().get_one(QuestionnaireVersion, about.version_id), about)

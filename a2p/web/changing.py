"""Changing a round that runs, calling it off before anybody has answered, opening a closed one again."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import round_
from a2p.access.policy import Action
from a2p.rounds import opening, reopening
from a2p.rounds.blanking import remove_files
from a2p.settings import documents_folder
from a2p.store.base import today
from a2p.store.round_tables import Round
from a2p.web.database import db
from a2p.web.policy import Policy, current_actor
from a2p.web.round_forms import ChangeRoundForm, ReopenForm, error_list

pages = Blueprint("changing", __name__)

CHANGE = Policy(Action.CHANGE_ROUND, round_)


@pages.get("/rounds/<int:round_id>/change", policy=CHANGE)
def change(shown: Round) -> ResponseReturnValue:
    """What of the round may still be changed, as it stands."""
    if shown.closed is not None:
        return redirect(_round(shown))
    days = [*opening.reminder_days(db.session(), shown), None, None, None]
    filled = ChangeRoundForm(
        closes=shown.closes, remind1=days[0], remind2=days[1], remind3=days[2], message=shown.message
    )
    return _change_page(shown, filled)


@pages.post("/rounds/<int:round_id>/change", policy=CHANGE)
def save(shown: Round) -> ResponseReturnValue:
    """Change the round, or say what can't be."""
    form = ChangeRoundForm(request.form)
    form.kept = (shown.closes, *opening.reminder_days(db.session(), shown))
    form.first = max(opening.opening_day(shown), today())
    if not form.validate():
        return _change_page(shown, form), 422
    # where somebody has answered the page has no box for the message, and none is sent
    message = shown.message if "message" not in request.form else form.message.data or ""
    changes = reopening.Changes(form.closes.day, form.reminders, message, bool(form.private.data))
    try:
        files = reopening.change_round(db.session(), shown, changes, current_actor(shown.partnership_id))
    except reopening.Answered:
        form.message.errors = ["Somebody has answered meanwhile, so the message can’t be changed any more"]
        return _change_page(shown, form), 422
    db.session.commit()
    remove_files(documents_folder(current_app.config["A2P"].data_dir.resolve()), files)
    flash("The round is changed.")
    return redirect(_round(shown))


@pages.get("/rounds/<int:round_id>/call-off", policy=CHANGE)
def ask_call_off(shown: Round) -> ResponseReturnValue:
    """Ask before a round that nobody has answered is deleted."""
    if shown.closed is not None:
        return redirect(_round(shown))
    return _call_off_page(shown)


@pages.post("/rounds/<int:round_id>/call-off", policy=CHANGE)
def call_off(shown: Round) -> ResponseReturnValue:
    """Delete the round with its invitations."""
    name, home = shown.name, url_for("coordinate.home", partnership_id=shown.partnership_id)
    try:
        reopening.call_off(db.session(), shown, current_actor(shown.partnership_id))
    except reopening.Answered:
        return _call_off_page(shown), 409
    db.session.commit()
    flash(f"{name} is called off.")
    return redirect(home)


@pages.get("/rounds/<int:round_id>/reopen", policy=CHANGE)
def ask_reopen(shown: Round) -> ResponseReturnValue:
    """What opening a closed round again means, and the form that does it."""
    if shown.closed is None:
        return redirect(_round(shown))
    return _reopen_page(shown, ReopenForm())


@pages.post("/rounds/<int:round_id>/reopen", policy=CHANGE)
def reopen(shown: Round) -> ResponseReturnValue:
    """Open the round again."""
    form = ReopenForm(request.form)
    if shown.closed is None:
        return redirect(_round(shown))
    if not form.validate() or form.closes.day is None:
        return _reopen_page(shown, form), 422
    actor = current_actor(shown.partnership_id)
    reopening.reopen(db.session(), shown, form.reason.data or "", form.closes.day, actor)
    db.session.commit()
    flash("The round is open again.")
    return redirect(_round(shown))


@pages.errorhandler(reopening.PeopleErased)
def nobody_left(_error: reopening.PeopleErased) -> ResponseReturnValue:
    """The round's people were erased, as they were promised."""
    return render_template("pages/changing/nobody_left.html"), 409


@pages.errorhandler(opening.RoundClosed)
def too_late(_error: opening.RoundClosed) -> ResponseReturnValue:
    """The round was closed meanwhile, perhaps in another window."""
    return render_template("pages/coordinate/too_late.html"), 409


def _round(shown: Round) -> str:
    return url_for("coordinate.show_round", round_id=shown.id)


def _change_page(shown: Round, form: ChangeRoundForm) -> str:
    return render_template(
        "pages/changing/change.html",
        round=shown,
        form=form,
        answered=reopening.has_answers(db.session(), shown),
        errors=error_list(form),
    )


def _call_off_page(shown: Round) -> str:
    answered = reopening.has_answers(db.session(), shown)
    return render_template("pages/changing/call_off.html", round=shown, answered=answered)


def _reopen_page(shown: Round, form: ReopenForm) -> str:
    return render_template("pages/changing/reopen.html", round=shown, form=form, errors=error_list(form))

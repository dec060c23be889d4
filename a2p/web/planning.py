"""Planning a round: the form, what partners would be told of it, and opening it."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from a2p.access.loading import OfferedQuestionnaire, offered_questionnaire, partnership
from a2p.access.policy import Action
from a2p.definition.model import LANGUAGE_NAMES
from a2p.documents.preview import preview_body
from a2p.rounds import calendar, opening
from a2p.rounds.inviting import invite_together
from a2p.rounds.promise import promise
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import QuestionnaireVersion, Round
from a2p.store.support_modules import modules_of
from a2p.store.tables import Partnership
from a2p.web.database import db
from a2p.web.policy import Policy, current_actor
from a2p.web.round_forms import OpenRoundForm, error_list

pages = Blueprint("planning", __name__)

OPEN = Policy(Action.OPEN_ROUND, partnership)
PREVIEW = Policy(Action.SEE_PARTNERSHIP, offered_questionnaire)


@pages.get("/partnerships/<int:partnership_id>/questionnaires/<questionnaire>", policy=PREVIEW)
def preview(offered: OfferedQuestionnaire) -> ResponseReturnValue:
    """Every question of a questionnaire with what each answer means, to read before a round is opened."""
    body = preview_body(offered.definition, modules_of(db.session(), offered.partnership.region_id))
    return render_template("pages/planning/preview.html", offered=offered, body=body)


@pages.get("/partnerships/<int:partnership_id>/rounds/new", policy=OPEN)
def new_round(place: Partnership) -> ResponseReturnValue:
    """The form that opens a round."""
    return _form_page(place, _form(place))


@pages.post("/partnerships/<int:partnership_id>/rounds/new", policy=OPEN)
def open_round(place: Partnership) -> ResponseReturnValue:
    """Open a round from the form, or first show what partners would be told. What was typed is never lost."""
    form = _form(place)
    if request.form.get("then") == "change":
        return _form_page(place, form)
    if not form.validate():
        return _form_page(place, form), 422
    plan = _plan(place, form)
    if opening.name_is_taken(db.session(), place, plan.name):
        form.name.errors = ["Your partnership has a round with this name. Choose another"]
        return _form_page(place, form), 422
    if opening.has_ended(place):
        form.name.errors = ["Your partnership has had its last day. No round is opened in it any more"]
        return _form_page(place, form), 422
    if request.form.get("then") == "preview":
        return _promise_page(place, plan)
    made = _open(place, plan)
    return redirect(url_for("coordinate.show_round", round_id=made.id))


def _open(place: Partnership, plan: opening.RoundPlan) -> Round:
    made = opening.open_round(db.session(), place, plan, by=current_actor(place.id))
    if plan.together:
        link = invite_together(db.session(), made)
        session["fresh_link"] = [link.invitation.id, link.token]
    db.session.commit()
    flash("The round is planned." if opening.is_planned(made, today()) else "The round is open.")
    return made


def _plan(place: Partnership, form: OpenRoundForm) -> opening.RoundPlan:
    offered = opening.versions_for(
        db.session(), place, local=form.words.data == "local", language=form.language.data or ""
    )
    together = form.mode.data == "together"
    return opening.RoundPlan(
        form.name.data,
        [version for version in offered if version.questionnaire in form.questionnaires.data],
        together,
        attribution="open" if form.attribution.data == "open" and not together else "private",
        message=form.message.data or "",
        closes=form.closes.day,
        opens=form.opens.day,
        reminders=form.reminders,
    )


def _promise_page(place: Partnership, plan: opening.RoundPlan) -> str:
    """What partners would be told, with everything typed carried on; nothing is kept."""
    planned = opening.as_planned(place, plan)
    carried = [(n, text) for n in request.form if n not in ("csrf_token", "then") for text in request.form.getlist(n)]
    entries = [each for each in calendar.calendar_of(db.session(), place.region_id) if each.partnership != place]
    first, last = plan.opens or today(), plan.closes or date.max
    return render_template(
        "pages/planning/promise.html",
        partnership=place,
        plan=plan,
        is_planned=opening.is_planned(planned, today()),
        lines=promise(planned, current_app.config["A2P"]),
        carried=carried,
        beside=[entry for entry in entries if entry.runs(first, last)],
    )


def _form(place: Partnership) -> OpenRoundForm:
    form = OpenRoundForm(request.form)
    form.questionnaires.choices = [
        SelectChoice(version.questionnaire, version.questionnaire)
        for version in opening.versions_for(db.session(), place)
    ]
    others = opening.languages_for(db.session(), place)
    form.language.choices = [SelectChoice(each, each) for each in ("", *(found.language for found in others))]
    return form


def _language_items(place: Partnership) -> list[dict[str, object]]:
    """The languages to choose from; none where there is but one."""
    others = opening.languages_for(db.session(), place)
    own = opening.versions_for(db.session(), place)
    written = {version.language for version in own}
    items: list[dict[str, object]] = [
        {"value": "", "text": LANGUAGE_NAMES[written.pop()] if len(written) == 1 else "As each is written"}
    ]
    for found in others:
        titles = ", ".join(definition_of(each).title for each in own if _is_in(each, found))
        less = f"{titles}. What isn’t there in it is asked as it is written."
        hint = None if len(found.versions) == len(own) else {"text": less}
        items.append({"value": found.language, "text": LANGUAGE_NAMES[found.language], "hint": hint})
    return items if others else []


def _is_in(version: QuestionnaireVersion, offered: opening.OfferedLanguage) -> bool:
    return any(each.questionnaire == version.questionnaire for each in offered.versions)


def _form_page(place: Partnership, form: OpenRoundForm) -> str:
    in_local_words = opening.versions_for(db.session(), place, local=True)
    entries = calendar.calendar_of(db.session(), place.region_id)
    return render_template(
        "pages/planning/new_round.html",
        partnership=place,
        form=form,
        definitions=[definition_of(version) for version in opening.versions_for(db.session(), place)],
        has_local_words=any(version.overlay_sha256 for version in in_local_words),
        languages=_language_items(place),
        others=[entry for entry in entries if entry.partnership != place],
        errors=error_list(form),
    )

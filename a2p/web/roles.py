"""Who has which role in a partnership, for its coordinators and its chair: naming, proposing, confirming, ending."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from a2p.access import journal, roster
from a2p.access.granting import GrantRefused, Wanted, confirm, end, give, refuse
from a2p.access.loading import partnership
from a2p.access.loading_admin import partnership_grant
from a2p.access.policy import Action, Role
from a2p.rounds.directory import rounds_of
from a2p.store.round_tables import Round
from a2p.store.tables import Grant, Partnership, Person
from a2p.web.admin.parts import actor, asked_page, paging
from a2p.web.admin.people_forms import FacilitatorForm, PersonForm
from a2p.web.database import db
from a2p.web.policy import Policy, current_principal
from a2p.web.queue import the_queue
from a2p.web.round_forms import error_list

pages = Blueprint("roles", __name__)
NAME = Policy(Action.NAME_HELPERS, partnership)
END = Policy(Action.NAME_HELPERS, partnership_grant)
CONFIRM = Policy(Action.CONFIRM_COORDINATOR, partnership_grant)


@pages.get("/partnerships/<int:partnership_id>/people", policy=Policy(Action.SEE_PARTNERSHIP, partnership))
def people(place: Partnership) -> ResponseReturnValue:
    """Who has which role here, now or later, and who had one."""
    held = roster.grants_on(db.session(), place.id)
    return render_template(
        "pages/roles/people.html", place=place, held=held, own=current_principal().person_id, rounds=_rounds(place)
    )


@pages.get("/partnerships/<int:partnership_id>/people/facilitator", policy=NAME)
def new_facilitator(place: Partnership) -> ResponseReturnValue:
    """The form that names a facilitator."""
    return _helper_page("facilitator", place, _facilitator_form(place))


@pages.post("/partnerships/<int:partnership_id>/people/facilitator", policy=NAME)
def name_facilitator(place: Partnership) -> ResponseReturnValue:
    """Name a facilitator of a round, until a day."""
    said = "{} is now facilitator of {}. A letter tells them how to sign in."
    return _helper_named("facilitator", Role.FACILITATOR, place, said)


@pages.get("/partnerships/<int:partnership_id>/people/reader", policy=NAME)
def new_reader(place: Partnership) -> ResponseReturnValue:
    """The form that names a reader of comments."""
    return _helper_page("reader", place, _facilitator_form(place))


@pages.post("/partnerships/<int:partnership_id>/people/reader", policy=NAME)
def name_reader(place: Partnership) -> ResponseReturnValue:
    """Name somebody outside the coordinator's organisation who reads a round's comments over, until a day."""
    said = "{} now reads over the comments of {}. A letter tells them how to sign in."
    return _helper_named("reader", Role.READER, place, said)


@pages.get("/partnerships/<int:partnership_id>/people/coordinator", policy=NAME)
def new_coordinator(place: Partnership) -> ResponseReturnValue:
    """The form that proposes another coordinator."""
    return _coordinator_page(place, PersonForm())


@pages.post("/partnerships/<int:partnership_id>/people/coordinator", policy=NAME)
def propose_coordinator(place: Partnership) -> ResponseReturnValue:
    """Propose another coordinator to the chair."""
    form = PersonForm(request.form)
    if form.validate() and _given(form, Wanted(Role.COORDINATOR, place)):
        flash(f"{form.name.data} is proposed. They can do nothing here until the chair confirms it.")
        return redirect(url_for("roles.people", partnership_id=place.id))
    return _coordinator_page(place, form), 422


@pages.get("/partnerships/<int:partnership_id>/people/<int:grant_id>/end", policy=END)
def ask_end(grant: Grant) -> ResponseReturnValue:
    """Ask before a facilitator's role ends or a proposal is taken back."""
    return _ask(grant, "pages/roles/end.html")


@pages.post("/partnerships/<int:partnership_id>/people/<int:grant_id>/end", policy=END)
def end_role(grant: Grant) -> ResponseReturnValue:
    """End a facilitator's role, or take back a proposal."""
    return _decided(grant, lambda: end(db.session(), grant, by=actor(Role.COORDINATOR)), "no longer")


@pages.get("/partnerships/<int:partnership_id>/people/<int:grant_id>/confirm", policy=CONFIRM)
def ask_confirm(grant: Grant) -> ResponseReturnValue:
    """What the chair is asked: whether somebody is to coordinate."""
    return _ask(grant, "pages/roles/confirm.html")


@pages.post("/partnerships/<int:partnership_id>/people/<int:grant_id>/confirm", policy=CONFIRM)
def decide(grant: Grant) -> ResponseReturnValue:
    """The chair's answer."""
    by, answer = actor(Role.CHAIR), request.form.get("answer")
    if answer == "yes":
        return _decided(grant, lambda: confirm(db.session(), grant, by=by), "now")
    if answer == "no":
        return _decided(grant, lambda: refuse(db.session(), grant, by=by), "not")
    return redirect(url_for("roles.ask_confirm", partnership_id=grant.partnership_id, grant_id=grant.id))


@pages.get("/partnerships/<int:partnership_id>/audit", policy=Policy(Action.SEE_AUDIT, partnership))
def audit(place: Partnership) -> ResponseReturnValue:
    """What was done in this partnership, by whom and when. No answers are in it."""
    lines, number = journal.lines(db.session(), journal.Asked(place.id, page=asked_page()))
    at = paging("roles.audit", number, journal.PAGE, {"partnership_id": str(place.id)})
    return render_template("pages/roles/audit.html", place=place, lines=lines, number=number, paging=at)


def _given(form: PersonForm, wanted: Wanted) -> bool:
    """Whether the role was given to who the form names; if a rule is against it, the form says which."""
    by = actor(Role.COORDINATOR)
    try:
        person = _person(form)
        give(db.session(), person, wanted, by=by)
        db.session.commit()
    except GrantRefused as refused:
        db.session.rollback()
        form.email.errors = [str(refused)]
        return False
    the_queue().hand_in_letters()
    return True


def _person(form: PersonForm) -> Person:
    """Who the form names: known by the address, or added under the name."""
    known = roster.find_person(db.session(), form.email.data)
    if known is not None:
        return known
    return roster.add_person(db.session(), form.name.data, form.email.data, by=actor(Role.COORDINATOR))


def _decided(grant: Grant, do: Callable[[], None], how: str) -> ResponseReturnValue:
    held = roster.find_held(db.session(), grant)
    try:
        do()
        db.session.commit()
    except GrantRefused as refused:
        db.session.rollback()
        return render_template("pages/roles/refused.html", held=held, reason=str(refused)), 409
    the_queue().hand_in_letters()
    flash(f"{held.person.name} is {how} {grant.role} of {held.over}.")
    return redirect(url_for("roles.people", partnership_id=grant.partnership_id))


def _ask(grant: Grant, template: str) -> str:
    return render_template(template, held=roster.find_held(db.session(), grant))


def _rounds(place: Partnership) -> list[Round]:
    return rounds_of(db.session(), place)


def _helper_named(page: str, role: Role, place: Partnership, said: str) -> ResponseReturnValue:
    """Name somebody who helps with a round, until a day; `said` has room for their name and the round's."""
    form = _facilitator_form(place)
    if form.validate():
        chosen = next((each for each in _rounds(place) if str(each.id) == form.round.data), None)
        if chosen is None:
            form.round.errors = ["Choose the round that they help with"]
        elif _given(form, Wanted(role, chosen, ends=form.ends.day)):
            flash(said.format(form.name.data, chosen.name))
            return redirect(url_for("roles.people", partnership_id=place.id))
    return _helper_page(page, place, form), 422


def _facilitator_form(place: Partnership) -> FacilitatorForm:
    form = FacilitatorForm(request.form)
    form.round.choices = [SelectChoice(str(each.id), each.name) for each in _rounds(place)]
    return form


def _helper_page(name: str, place: Partnership, form: FacilitatorForm) -> str:
    items = [{"value": choice.value, "text": choice.label} for choice in form.round.choices]
    errors = error_list(form, {"ends": "ends-day"})
    return render_template(f"pages/roles/{name}.html", place=place, form=form, items=items, errors=errors)


def _coordinator_page(place: Partnership, form: PersonForm) -> str:
    return render_template("pages/roles/coordinator.html", place=place, form=form, errors=error_list(form))

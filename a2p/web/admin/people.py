"""People and their roles: found, added, changed, given a role, a role ended."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access import roster
from a2p.access.granting import GrantRefused, Scope, Wanted, end, give
from a2p.access.loading_admin import any_grant, any_person
from a2p.access.policy import Action, Role
from a2p.access.second_factor import reset_second_factor
from a2p.rounds import gazetteer
from a2p.store.base import today
from a2p.store.tables import Grant, Partnership, Person, Region
from a2p.web.admin.parts import administrator, asked_page, paging, squeezed
from a2p.web.admin.people_forms import PersonForm, RoleForm
from a2p.web.database import db
from a2p.web.policy import Policy
from a2p.web.queue import the_queue
from a2p.web.round_forms import error_list

pages = Blueprint("admin_people", __name__)
ALL = Policy(Action.KEEP_PEOPLE)
PERSON = Policy(Action.KEEP_PEOPLE, any_person)
GRANT = Policy(Action.KEEP_PEOPLE, any_grant)
OVER: dict[str, type[Region] | type[Partnership]] = {
    Role.MANAGER: Region,
    Role.CHAIR: Partnership,
    Role.COORDINATOR: Partnership,
}


@pages.get("/admin/people", policy=ALL)
def people(_nothing: object) -> ResponseReturnValue:
    """People to search among, with the roles they have."""
    text = squeezed(request.args.get("looked-for"))
    found, number = roster.people(db.session(), text, asked_page())
    at = paging("admin_people.people", number, roster.PAGE, {"looked-for": text})
    return render_template("pages/admin/people.html", found=found, number=number, text=text, paging=at)


@pages.get("/admin/people/new", policy=ALL)
def new_person(_nothing: object) -> ResponseReturnValue:
    """The form that adds somebody."""
    return _person_page(None, PersonForm())


@pages.post("/admin/people/new", policy=ALL)
def add_person(_nothing: object) -> ResponseReturnValue:
    """Add somebody; they have no role yet."""
    form = PersonForm(request.form)
    if form.validate():
        try:
            made = roster.add_person(db.session(), form.name.data, form.email.data, by=administrator())
            db.session.commit()
        except roster.AddressTaken as taken:
            form.email.errors = [f"{taken.person.name} has this address already"]
        else:
            flash(f"{made.name} was added. They can do nothing here until you give them a role.")
            return redirect(url_for("admin_people.show_person", person_id=made.id))
    return _person_page(None, form), 422


@pages.get("/admin/people/<int:person_id>", policy=PERSON)
def show_person(person: Person) -> ResponseReturnValue:
    """Somebody, and every role they have or had."""
    held = roster.grants_of(db.session(), person)
    return render_template("pages/admin/person.html", person=person, held=held)


@pages.get("/admin/people/<int:person_id>/change", policy=PERSON)
def edit_person(person: Person) -> ResponseReturnValue:
    """The form that changes somebody's name or address."""
    return _person_page(person, PersonForm(data={"name": person.name, "email": person.email}))


@pages.post("/admin/people/<int:person_id>/change", policy=PERSON)
def change_person(person: Person) -> ResponseReturnValue:
    """Change somebody's name or address."""
    form = PersonForm(request.form)
    if form.validate():
        try:
            roster.change_person(db.session(), person, form.name.data, form.email.data, by=administrator())
            db.session.commit()
        except roster.AddressTaken as taken:
            form.email.errors = [f"{taken.person.name} has this address already"]
        else:
            flash("The change was saved.")
            return redirect(url_for("admin_people.show_person", person_id=person.id))
    return _person_page(person, form), 422


@pages.get("/admin/people/<int:person_id>/second-factor", policy=PERSON)
def ask_reset_factor(person: Person) -> ResponseReturnValue:
    """Ask before somebody's authenticator is forgotten."""
    return render_template("pages/admin/reset_factor.html", person=person)


@pages.post("/admin/people/<int:person_id>/second-factor", policy=PERSON)
def reset_factor(person: Person) -> ResponseReturnValue:
    """Forget the authenticator that somebody lost."""
    reset_second_factor(db.session(), person, by=administrator())
    db.session.commit()
    flash(f"{person.name} sets up another authenticator when they sign in again.")
    return redirect(url_for("admin_people.show_person", person_id=person.id))


@pages.get("/admin/roles/new", policy=ALL)
def new_role(_nothing: object) -> ResponseReturnValue:
    """The form that gives a role; the page one comes from says whose or over what."""
    said = {"starts": today(), "role": request.args.get("role", ""), "over": request.args.get("over", "")}
    person = roster.person_numbered(db.session(), request.args.get("person", ""))
    if person is not None:
        said |= {"name": person.name, "email": person.email}
    return _role_page(RoleForm(data=said))


@pages.post("/admin/roles/new", policy=ALL)
def give_role(_nothing: object) -> ResponseReturnValue:
    """Give a role to somebody, who is added if their address is new."""
    form = RoleForm(request.form)
    if form.validate() and (wanted := _wanted(form)):
        try:
            person = roster.find_person(db.session(), form.email.data) or roster.add_person(
                db.session(), form.name.data, form.email.data, by=administrator()
            )
            given = give(db.session(), person, wanted, by=administrator())
            db.session.commit()
        except GrantRefused as refused:
            db.session.rollback()
            form.role.errors = [str(refused)]
        else:
            the_queue().hand_in_letters()
            flash(_said(roster.find_held(db.session(), given)))
            return redirect(url_for("admin_people.show_person", person_id=person.id))
    return _role_page(form), 422


@pages.get("/admin/roles/<int:grant_id>/end", policy=GRANT)
def ask_end_role(grant: Grant) -> ResponseReturnValue:
    """Ask before a role ends."""
    return render_template("pages/admin/end_role.html", held=roster.find_held(db.session(), grant), errors=[])


@pages.post("/admin/roles/<int:grant_id>/end", policy=GRANT)
def end_role(grant: Grant) -> ResponseReturnValue:
    """End a role, at once."""
    held = roster.find_held(db.session(), grant)
    try:
        end(db.session(), grant, by=administrator())
        db.session.commit()
    except GrantRefused as refused:
        db.session.rollback()
        errors = [{"text": str(refused), "href": "#end"}]
        return render_template("pages/admin/end_role.html", held=held, errors=errors), 422
    the_queue().hand_in_letters()
    flash(f"{held.person.name} is no longer {grant.role} of {held.over}.")
    return redirect(url_for("admin_people.show_person", person_id=grant.person_id))


def _wanted(form: RoleForm) -> Wanted | None:
    """The role that a form asks for; None, with the error beside its field, if its place is none of its kind."""
    role = Role(form.role.data)
    over: Scope = None
    if role in OVER:
        labels = {label.casefold(): place for label, place in gazetteer.by_label(db.session()).items()}
        found = labels.get(form.over.data.casefold())
        if not isinstance(found, OVER[role]):
            what = "a region" if role is Role.MANAGER else "a partnership, with its region in brackets,"
            form.over.errors = [f"Enter {what} as the list has it"]
            return None
        over = found
    return Wanted(role, over, form.starts.day, form.ends.day)


def _said(held: roster.Held) -> str:
    if held.standing is roster.Standing.TO_CONFIRM:
        return (
            f"{held.person.name} is proposed as {held.grant.role} of {held.over}. The chair has been asked to confirm."
        )
    return f"{held.person.name} is now {held.grant.role} of {held.over}. A letter goes to everybody concerned."


def _person_page(person: Person | None, form: PersonForm) -> str:
    return render_template("pages/admin/change_person.html", person=person, form=form, errors=error_list(form))


def _role_page(form: RoleForm) -> str:
    return render_template(
        "pages/admin/new_role.html",
        form=form,
        labels=list(gazetteer.by_label(db.session())),
        errors=error_list(form, {"starts": "starts-day", "ends": "ends-day"}),
    )

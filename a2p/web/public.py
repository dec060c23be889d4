"""Pages and files for anybody: the front page, static files, and the two addresses a monitor asks."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, current_app, redirect, render_template, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from a2p.access.policy import Action, Principal, Role
from a2p.access.roster import Standing, grants_of
from a2p.store.migrate import is_current
from a2p.store.tables import Grant, Person
from a2p.web.database import db
from a2p.web.page import asset_folder
from a2p.web.policy import Policy, current_principal


@dataclass(frozen=True, slots=True)
class Choice:
    """A page where somebody is at home: its address, what it is called and as what they go there."""

    address: str
    name: str
    about: str


pages = Blueprint("public", __name__)
PUBLIC = Policy(Action.READ_PUBLIC)


@pages.get("/", policy=PUBLIC)
def home(_nothing: object) -> ResponseReturnValue:
    """Somebody's own page if they are signed in; the demo's list of people; otherwise what this site is."""
    principal = current_principal()
    if principal.factor_due:
        return redirect(url_for("second_factor.ask"))
    choices = _choices(principal)
    if len(choices) == 1:
        return redirect(choices[0].address)
    if choices:
        return render_template("pages/choices.html", choices=choices)
    if current_app.config["A2P"].demo:
        return redirect(url_for("account.demo"))
    return render_template("pages/home.html")


def _choices(principal: Principal) -> list[Choice]:
    """The pages where somebody is at home, by their roles and what they were asked to answer."""
    choices: dict[str, Choice] = {}
    if principal.person_id is not None and principal.grants:
        for held in grants_of(db.session(), db.session().get_one(Person, principal.person_id)):
            if held.standing is Standing.IN_FORCE:
                address = _page_of(held.grant)
                choices.setdefault(address, Choice(address, held.over[0].upper() + held.over[1:], _as(held.grant)))
    if len(principal.invitations) == 1:
        address = url_for("answer.start", invitation_id=next(iter(principal.invitations)))
        choices[address] = Choice(address, "Your answers", "What you were asked to answer.")
    elif principal.invitations:
        address = url_for("links.overview")
        choices[address] = Choice(address, "Your answers", "Several rounds in which you were asked to answer.")
    return list(choices.values())


def _page_of(grant: Grant) -> str:
    """Where a role is at home."""
    match grant.role:
        case Role.FACILITATOR:
            return url_for("facilitate.home", round_id=grant.round_id)
        case Role.READER:
            return url_for("comments.home", round_id=grant.round_id)
        case Role.MANAGER:
            return url_for("programme.home", region_id=grant.region_id)
        case Role.ADMINISTRATOR:
            return url_for("admin.home")
        case _:
            return url_for("coordinate.home", partnership_id=grant.partnership_id)


def _as(grant: Grant) -> str:
    return f"As {'an' if grant.role == Role.ADMINISTRATOR else 'a'} {grant.role}."


def static_file(named: dict[str, str]) -> Response:
    """A committed asset."""
    return send_from_directory(asset_folder(named["filename"]), named["filename"])


@pages.get("/livez", policy=PUBLIC)
def livez(_nothing: object) -> Response:
    """The process answers; nothing else is touched."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz", policy=PUBLIC)
def readyz(_nothing: object) -> Response:
    """The database answers, can be written to and stands at the newest revision; otherwise 503 with the reason."""
    try:
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE installation SET demo = demo"))
            if not is_current(connection):
                abort(Response("the database is not up to date\n", 503, mimetype="text/plain"))
    except SQLAlchemyError:
        return Response("the database can't be written to\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")

"""Pages and files for anybody: the front page, static files, and the two addresses a monitor asks."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, redirect, render_template, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from a2p.access.policy import Action, GrantFact, Role
from a2p.store.base import today
from a2p.store.migrate import is_current
from a2p.web.database import db
from a2p.web.page import asset_folder
from a2p.web.policy import Policy, current_principal

pages = Blueprint("public", __name__)
PUBLIC = Policy(Action.READ_PUBLIC)


@pages.get("/", policy=PUBLIC)
def home(_nothing: object) -> ResponseReturnValue:
    """Somebody's own page if they are signed in; the demo's list of people; otherwise what this site is."""
    principal = current_principal()
    own = next((_page_of(grant) for grant in principal.grants if grant.holds(today())), None)
    if own is not None:
        return redirect(own)
    if len(principal.invitations) == 1:
        return redirect(url_for("answer.start", invitation_id=next(iter(principal.invitations))))
    if current_app.config["A2P"].demo:
        return redirect(url_for("account.demo"))
    return render_template("pages/home.html")


def _page_of(grant: GrantFact) -> str:
    """Where a role is at home."""
    match grant.role:
        case Role.FACILITATOR:
            return url_for("facilitate.home", round_id=grant.round_id)
        case Role.MANAGER:
            return url_for("programme.home", region_id=grant.region_id)
        case Role.ADMINISTRATOR:
            return url_for("admin.home")
        case _:
            return url_for("coordinate.home", partnership_id=grant.partnership_id)


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

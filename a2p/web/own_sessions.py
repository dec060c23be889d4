"""Own sessions: in which browsers somebody is signed in, and ending one or all others."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access import own_sessions
from a2p.access.policy import Action
from a2p.web.browsers import UNKNOWN
from a2p.web.database import db
from a2p.web.policy import Policy, session_token

pages = Blueprint("own", __name__)
OWN = Policy(Action.OWN_ACCOUNT)


@pages.get("/account", policy=OWN)
def account(_nothing: object) -> ResponseReturnValue:
    """The list."""
    found = own_sessions.own_sessions(db.session(), session_token())
    return render_template("pages/account/sessions.html", sessions=found, unknown=UNKNOWN)


@pages.post("/account/end", policy=OWN)
def end(_nothing: object) -> ResponseReturnValue:
    """End one. Only one's own can be: its number stands in the form, and any other is not there."""
    number = request.form.get("session", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        abort(404)
    if own_sessions.end_own(db.session(), session_token(), int(number)):
        flash("The session is ended.")
    else:
        flash("That session was over already.")
    db.session.commit()
    return redirect(url_for("own.account"))


@pages.post("/account/end-others", policy=OWN)
def end_others(_nothing: object) -> ResponseReturnValue:
    """End all but this one."""
    own_sessions.end_others(db.session(), session_token())
    db.session.commit()
    flash("All other sessions are ended.")
    return redirect(url_for("own.account"))

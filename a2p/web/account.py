"""Signing in and out. Today only the demo's page of people; it does not exist outside a demo."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from a2p.access import sessions
from a2p.access.loading import demo_invitation, person
from a2p.access.policy import Action
from a2p.rounds.everybody import everybody
from a2p.store.round_tables import Invitation
from a2p.store.tables import Person
from a2p.web.database import db
from a2p.web.policy import Policy, cookie_name, session_token

pages = Blueprint("account", __name__)


@pages.get("/sign-in", policy=Policy(Action.ASK_LINK))
def sign_in(_nothing: object) -> ResponseReturnValue:
    """Where somebody asks for a link by e-mail."""
    return render_template("pages/account/sign_in.html")


@pages.get("/demo", policy=Policy(Action.DEMO_SIGN_IN))
def demo(_nothing: object) -> ResponseReturnValue:
    """Everybody invented, by region and partnership: staff to sign in as, and respondents of open rounds."""
    return render_template("pages/demo.html", everybody=everybody(db.session()))


@pages.post("/demo/people/<int:person_id>", policy=Policy(Action.DEMO_SIGN_IN, person))
def demo_person(chosen: Person) -> ResponseReturnValue:
    """Sign in as somebody invented."""
    token = sessions.sign_in(db.session(), session_token(), chosen.id)
    db.session.commit()
    return remember(redirect(url_for("public.home")), token)


@pages.post("/demo/invitations/<int:invitation_id>", policy=Policy(Action.DEMO_SIGN_IN, demo_invitation))
def demo_respondent(chosen: Invitation) -> ResponseReturnValue:
    """Answer as an invented respondent, as if by the link in their letter."""
    token = sessions.bind_invitation(db.session(), session_token(), chosen)
    db.session.commit()
    return remember(redirect(url_for("answer.start", invitation_id=chosen.id)), token)


@pages.post("/sign-out", policy=Policy(Action.SIGN_OUT))
def sign_out(_nothing: object) -> ResponseReturnValue:
    """End the session on the server and forget its cookie."""
    sessions.sign_out(db.session(), session_token())
    db.session.commit()
    session.clear()
    response = redirect(url_for("public.home"))
    response.delete_cookie(_cookie(), secure=_secure(), httponly=True, samesite="Lax")
    return response


def remember(response: Response, token: str) -> Response:
    """Give the browser its new session token, and a new form token with it."""
    session.clear()
    response.set_cookie(_cookie(), token, secure=_secure(), httponly=True, samesite="Lax", path="/")
    return response


def _secure() -> bool:
    return bool(current_app.config["A2P"].secure)


def _cookie() -> str:
    return cookie_name(secure=_secure())

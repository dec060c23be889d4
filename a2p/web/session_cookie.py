"""The session's cookie: given at sign-in, forgotten at sign-out, and the session's use noted now and then."""

from __future__ import annotations

from flask import Flask, current_app, g, request, session
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from a2p.access import sessions
from a2p.web.browsers import browser_in_words
from a2p.web.database import db
from a2p.web.policy import cookie_name


def install(app: Flask) -> None:
    """Note sessions' use at the end of requests. Before the database is connected: what was put up last ends first."""
    app.teardown_appcontext(_note_use)


def remember(response: Response, token: str) -> Response:
    """Give the browser its new session token, and a new form token with it."""
    session.clear()
    until = sessions.kept_until(db.session(), token)
    response.set_cookie(_cookie(), token, expires=until, secure=_secure(), httponly=True, samesite="Lax", path="/")
    return response


def forget(response: Response) -> Response:
    """Take the session's token from the browser."""
    session.clear()
    response.delete_cookie(_cookie(), secure=_secure(), httponly=True, samesite="Lax")
    return response


def this_browser() -> str:
    """The browser that sends this request, in words."""
    return browser_in_words(request.user_agent.string)


def _note_use(_problem: BaseException | None) -> None:
    """Only now, when the request's own transaction is over: a page that reads would stand in the way of its writing."""
    token = g.get("note_use_of")
    if token is None:
        return
    try:
        with Session(db.engine) as writing, writing.begin():
            sessions.note_seen(writing, token)
    except SQLAlchemyError:
        current_app.logger.warning("the use of a session could not be noted")


def _secure() -> bool:
    return bool(current_app.config["A2P"].secure)


def _cookie() -> str:
    return cookie_name(secure=_secure())

"""The page where a person with a role types the code of their authenticator, or sets one up the first time."""

from __future__ import annotations

import segno
from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access import second_factor, sessions
from a2p.access.limits import SECOND_FACTORS
from a2p.access.policy import Action
from a2p.access.signing_in import on_this_site
from a2p.store.tables import Person
from a2p.web import limited
from a2p.web.database import db
from a2p.web.policy import Policy, current_principal, session_token
from a2p.web.session_cookie import remember

pages = Blueprint("second_factor", __name__)
ONE_FACTOR = Policy(Action.OWN_ACCOUNT, one_factor=True)
WRONG = "This code is not right, or was used already. Wait for the next one that your authenticator shows"


@pages.get("/second-factor", policy=ONE_FACTOR)
def ask(_nothing: object) -> ResponseReturnValue:
    """The form for a code; the first time, with the secret to set up an authenticator."""
    person, back = _person(), on_this_site(request.args.get("back"))
    if person.second_factor is None:
        return _set_up_page(person, second_factor.new_secret(), back)
    return _code_page(back)


@pages.post("/second-factor", policy=ONE_FACTOR)
def take(_nothing: object) -> ResponseReturnValue:
    """Take a code: the session goes on with all that the person may do."""
    person, back, typed = _person(), on_this_site(request.form.get("back")), request.form.get("code", "")
    secret = None
    if person.second_factor is None:
        secret = second_factor.offered(person, _key(), request.form.get("secret", ""))
        if secret is None:
            return redirect(url_for("second_factor.ask", back=back or None))
    if not limited.allowed(SECOND_FACTORS, str(person.id)):
        db.session.commit()
        return limited.too_many(SECOND_FACTORS, str(person.id))
    if not _is_right(person, secret, typed):
        db.session.commit()
        return (_set_up_page(person, secret, back, WRONG) if secret else _code_page(back, WRONG)), 422
    limited.give_back(SECOND_FACTORS, str(person.id))
    token = sessions.pass_second_factor(db.session(), session_token())
    db.session.commit()
    return remember(redirect(back or url_for("public.home")), token or "")


def _is_right(person: Person, secret: str | None, typed: str) -> bool:
    if secret is not None:
        return second_factor.set_up(db.session(), person, _key(), secret, typed)
    try:
        return second_factor.verify(db.session(), person, _key(), typed)
    except second_factor.CannotBeRead:
        current_app.logger.error("a second factor is sealed with another secret key, and has to be reset")
        return False


def _person() -> Person:
    """Who has yet to pass theirs; for everybody else this page is not there."""
    principal = current_principal()
    if not principal.factor_due or principal.person_id is None:
        abort(404)
    return db.session().get_one(Person, principal.person_id)


def _set_up_page(person: Person, secret: str, back: str, error: str = "") -> str:
    picture = segno.make(second_factor.address_for_authenticator(person, secret), error="m")
    return render_template(
        "pages/account/set_up_factor.html",
        picture=picture.svg_data_uri(scale=5, border=4, light="white"),
        groups=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        sealed=second_factor.offer(person, _key(), secret),
        back=back,
        error=error,
        errors=_errors(error),
    )


def _code_page(back: str, error: str = "") -> str:
    return render_template("pages/account/second_factor.html", back=back, error=error, errors=_errors(error))


def _errors(error: str) -> list[dict[str, str]]:
    return [{"text": error, "href": "#code"}] if error else []


def _key() -> str:
    key: str = current_app.config["A2P"].secret_key
    return key

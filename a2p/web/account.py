"""Signing in and out: a link by e-mail, its code, a fresh one; and a demonstration's page of people.

What is answered never tells whether an address is known: asking only writes a letter, and the worker that sends it
looks the address up.
"""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access import sessions
from a2p.access.invitation_links import by_code
from a2p.access.limits import CODES_FROM_NETWORK
from a2p.access.loading import demo_invitation, person
from a2p.access.policy import Action
from a2p.access.roster import NotAnAddress, address_of
from a2p.access.signing_in import Arrival, find_code, is_usable, known_link, masked, on_this_site, use_link
from a2p.rounds.everybody import everybody
from a2p.store.round_tables import Invitation
from a2p.store.tables import Person
from a2p.web import fresh_links, limited
from a2p.web.asked_letters import ask_for
from a2p.web.database import db
from a2p.web.links import come_in
from a2p.web.policy import Policy, session_token
from a2p.web.session_cookie import forget, remember, this_browser

pages = Blueprint("account", __name__)
ASK = Policy(Action.ASK_LINK)
OPEN = Policy(Action.OPEN_LINK)
NO_ADDRESS = "Enter your e-mail address, such as name@example.org"
NO_CODE = "Enter the code from the letter, such as K7M2-9QXR-4D0T"
WRONG_CODE = "This code is not right, or is not in use any more. Check it, or ask for a new letter"


@pages.get("/sign-in", policy=ASK)
def sign_in(_nothing: object) -> ResponseReturnValue:
    """Where somebody asks for a link by e-mail."""
    return _sign_in_page(on_this_site(request.args.get("back")))


@pages.post("/sign-in", policy=ASK)
def ask_link(_nothing: object) -> ResponseReturnValue:
    """Write a letter to an address, whoever's it is; what comes back is the same for all."""
    typed, back = request.form.get("email", ""), on_this_site(request.form.get("back"))
    try:
        address = address_of(typed)
    except NotAnAddress:
        return _sign_in_page(back, typed, NO_ADDRESS), 422
    return _write_to(address, back, told=address)


@pages.post("/fresh-link", policy=ASK)
def ask_fresh(_nothing: object) -> ResponseReturnValue:
    """Write to the address that a used-up link belongs to, which the browser knows only in part."""
    offered = fresh_links.offered(db.session(), request.form.get("link", ""))
    if offered is None:
        return redirect(url_for("account.sign_in"))
    return _write_to(offered.address, offered.destination, told=masked(offered.address))


@pages.get("/sign-in/<token>", policy=OPEN)
def link(named: dict[str, str]) -> ResponseReturnValue:
    """One button. Reading it uses nothing up: mail scanners open links too."""
    found = known_link(db.session(), named["token"])
    if found is None or not is_usable(found):
        return _over(named["token"])
    return render_template("pages/account/link.html", token=named["token"])


@pages.post("/sign-in/<token>", endpoint="use_link", policy=OPEN)
def come_in_by_link(named: dict[str, str]) -> ResponseReturnValue:
    """Use the link up, and go on to the page that was wanted."""
    found = known_link(db.session(), named["token"])
    arrived = use_link(db.session(), found, session_token(), this_browser()) if found else None
    return _arrive(arrived) if arrived else _over(named["token"])


@pages.get("/code", policy=OPEN)
def code(_nothing: object) -> ResponseReturnValue:
    """Where somebody types the code of a letter, a sign-in's or an invitation's."""
    return render_template("pages/account/code.html", typed="", error="")


@pages.post("/code", policy=OPEN)
def use_code(_nothing: object) -> ResponseReturnValue:
    """Come in by a code. Wrong ones are counted."""
    typed = request.form.get("code", "")
    if not typed.strip():
        return _code_page(typed, NO_CODE)
    if not limited.allowed(CODES_FROM_NETWORK, limited.network()):
        db.session.commit()
        return limited.too_many(CODES_FROM_NETWORK, limited.network())
    found = find_code(db.session(), typed)
    arrived = use_link(db.session(), found, session_token(), this_browser()) if found else None
    invited = by_code(db.session(), typed) if arrived is None else None
    if arrived or invited:
        limited.give_back(CODES_FROM_NETWORK, limited.network())
    if arrived:
        return _arrive(arrived)
    if invited:
        return come_in(invited)
    db.session.commit()
    return _code_page(typed, WRONG_CODE)


@pages.post("/sign-out", policy=Policy(Action.SIGN_OUT))
def sign_out(_nothing: object) -> ResponseReturnValue:
    """End the session on the server and forget its cookie."""
    sessions.sign_out(db.session(), session_token())
    db.session.commit()
    return forget(redirect(url_for("public.home")))


@pages.get("/demo", policy=Policy(Action.DEMO_SIGN_IN))
def demo(_nothing: object) -> ResponseReturnValue:
    """Everybody invented, by region and partnership: staff to sign in as, and respondents of open rounds."""
    return render_template("pages/demo.html", everybody=everybody(db.session()))


@pages.post("/demo/people/<int:person_id>", policy=Policy(Action.DEMO_SIGN_IN, person))
def demo_person(chosen: Person) -> ResponseReturnValue:
    """Sign in as somebody invented."""
    token = sessions.sign_in(db.session(), session_token(), chosen.id, agent=this_browser())
    db.session.commit()
    return remember(redirect(url_for("public.home")), token)


@pages.post("/demo/invitations/<int:invitation_id>", policy=Policy(Action.DEMO_SIGN_IN, demo_invitation))
def demo_respondent(chosen: Invitation) -> ResponseReturnValue:
    """Answer as an invented respondent, as if by the link in their letter."""
    token = sessions.bind_invitation(db.session(), session_token(), chosen, agent=this_browser())
    db.session.commit()
    return remember(redirect(url_for("answer.start", invitation_id=chosen.id)), token)


def _write_to(address: str, destination: str, *, told: str) -> ResponseReturnValue:
    """Write the letter unless too many were asked for; `told` is how the page names the address."""
    too_many = ask_for("sign-in", address, {"destination": destination})
    return too_many or render_template("pages/account/asked.html", address=told)


def _arrive(arrived: Arrival) -> ResponseReturnValue:
    db.session.commit()
    return remember(redirect(on_this_site(arrived.destination) or url_for("public.home")), arrived.token)


def _over(token: str) -> ResponseReturnValue:
    """The link was used, or is too old: the same address can have a fresh one."""
    db.session.rollback()
    found = known_link(db.session(), token)
    offer = fresh_links.for_link(found) if found else None
    return render_template("pages/account/link_over.html", offer=offer), 410


def _sign_in_page(back: str, typed: str = "", error: str = "") -> str:
    return render_template(
        "pages/account/sign_in.html",
        back=back,
        typed=typed,
        error=error,
        errors=[{"text": error, "href": "#email"}] if error else [],
        single_sign_on=current_app.config["A2P"].sso is not None,
    )


def _code_page(typed: str, error: str) -> ResponseReturnValue:
    errors = [{"text": error, "href": "#code"}]
    return render_template("pages/account/code.html", typed=typed, error=error, errors=errors), 422

"""An invitation's link: one page with one button, which exchanges it for a session; and all that a browser opened."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from a2p.access.invitation_links import is_taken, open_invitation
from a2p.access.policy import Action
from a2p.rounds.inviting import by_token
from a2p.rounds.opening import is_open, is_planned, opening_day
from a2p.rounds.own import own_invitations
from a2p.store.base import today
from a2p.store.round_tables import Invitation
from a2p.web import fresh_links
from a2p.web.database import db
from a2p.web.policy import Policy, current_principal, session_token
from a2p.web.respondent import released_to
from a2p.web.session_cookie import remember, this_browser

pages = Blueprint("links", __name__)
LINK = Policy(Action.OPEN_LINK)


@pages.get("/i/<token>", policy=LINK)
def invitation(named: dict[str, str]) -> ResponseReturnValue:
    """What the link is for, with one button. Reading it uses nothing up: mail scanners open links too."""
    found = by_token(db.session(), named["token"])
    if found is None:
        return _bad_link()
    if is_planned(found.round, today()):
        return _too_early(found)
    if is_taken(found, current_principal()):
        return _taken(found)
    return render_template(
        "pages/answer/link.html", invitation=found, open=is_open(found.round, today()), token=named["token"]
    )


@pages.post("/i/<token>", endpoint="open_invitation", policy=LINK)
def open_by_token(named: dict[str, str]) -> ResponseReturnValue:
    """Exchange the link for a session and go to an address without the token."""
    found = by_token(db.session(), named["token"])
    return _bad_link() if found is None else come_in(found)


@pages.get("/answering", policy=Policy(Action.OWN_ACCOUNT, one_factor=True))
def overview(_nothing: object) -> ResponseReturnValue:
    """All that this browser may answer: for who was invited to several rounds."""
    found = own_invitations(db.session(), current_principal().invitations)
    results = {each.invitation.id: released_to(each.invitation) for each in found}
    return render_template("pages/answer/overview.html", invitations=found, results=results)


def come_in(found: Invitation) -> ResponseReturnValue:
    """Let this browser answer an invitation, unless another was first."""
    if is_planned(found.round, today()):
        return _too_early(found)
    token = None
    if not is_taken(found, current_principal()):
        token = open_invitation(db.session(), found, session_token(), this_browser())
    db.session.commit()
    if token is None:
        return _taken(found)
    return remember(redirect(url_for("answer.start", invitation_id=found.id)), token)


def _taken(found: Invitation) -> ResponseReturnValue:
    offer = fresh_links.for_invitation(found)
    return render_template("pages/answer/link_taken.html", invitation=found, offer=offer), 409


def _too_early(found: Invitation) -> ResponseReturnValue:
    return render_template("pages/answer/link_early.html", invitation=found, opens=opening_day(found.round))


def _bad_link() -> ResponseReturnValue:
    return render_template("pages/answer/bad_link.html"), 404

"""Reading over what was written in a round answered apart, before anybody else sees it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import Answering, ClosedResult, answering, closed_result, round_
from a2p.access.policy import Action
from a2p.rounds import comments
from a2p.rounds.blanking import remove_files
from a2p.store.audit import Actor
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Round
from a2p.web.database import db
from a2p.web.files import documents
from a2p.web.policy import Policy, current_actor, current_principal
from a2p.web.respondent import signed_in_as

pages = Blueprint("comments", __name__)
ROUND = Policy(Action.READ_OVER, round_)
RESULT = Policy(Action.READ_OVER, closed_result, query=("edition",))
OWN = Policy(Action.ANSWER, answering)


@pages.get("/rounds/<int:round_id>/comments", policy=ROUND)
def home(shown: Round) -> ResponseReturnValue:
    """A reader's page of a round: its questionnaires, once it is closed."""
    definitions = [definition_of(version) for version in shown.versions]
    return render_template("pages/comments/home.html", round=shown, definitions=definitions)


@pages.get("/rounds/<int:round_id>/results/<questionnaire>/comments", policy=RESULT)
def read(found: ClosedResult) -> ResponseReturnValue:
    """The comments by section and question, without names and figures."""
    try:
        asked = comments.to_read(db.session(), found.result, current_principal().person_id or 0)
    except comments.NotOutside as refused:
        return _not_outside(found, refused)
    reading = comments.reading_of(db.session(), found.result)
    db.session.commit()  # those of a round closed before there was reading over are gathered at the first look
    return render_template("pages/comments/read.html", found=found, asked=asked, reading=reading)


@pages.post("/rounds/<int:round_id>/results/<questionnaire>/comments", policy=RESULT)
def change(found: ClosedResult) -> ResponseReturnValue:
    """Hide one comment, or let it be shown."""
    hide, show = request.form.get("hide", ""), request.form.get("show", "")
    number = _number(hide or show)
    try:
        comments.set_hidden(db.session(), found.result, number, hidden=bool(hide), by=_reader(found))
        db.session.commit()
    except comments.NotOutside as refused:
        return _not_outside(found, refused)
    except comments.ReadAlready:
        db.session.rollback()
        flash("The comments were read over meanwhile. Take the reading up again to change what is shown.")
    return redirect(_address(found) + (f"#c-{number}" if number else ""))


@pages.post("/rounds/<int:round_id>/results/<questionnaire>/comments/finish", policy=RESULT)
def finish(found: ClosedResult) -> ResponseReturnValue:
    """Say that they were read over."""
    return _done(found, comments.finish, "You have read the comments over. Those not hidden are now shown.")


@pages.post("/rounds/<int:round_id>/results/<questionnaire>/comments/again", policy=RESULT)
def again(found: ClosedResult) -> ResponseReturnValue:
    """Take the reading up again."""
    return _done(found, comments.take_up_again, "Nobody else sees the comments until you have read them over again.")


@pages.get("/answer/<int:invitation_id>/<questionnaire>/comments", policy=OWN)
def own(place: Answering) -> ResponseReturnValue:
    """What one wrote oneself, after the close, with a way to take it back."""
    return render_template(
        "pages/comments/own.html",
        invitation=place.invitation,
        signed_in=signed_in_as(place.invitation),
        round=place.asked.round,
        definition=place.asked.definition,
        comments=comments.own_comments(db.session(), place.invitation, place.asked.version),
    )


@pages.post("/answer/<int:invitation_id>/<questionnaire>/comments", policy=OWN)
def withhold(place: Answering) -> ResponseReturnValue:
    """Withhold one from everybody."""
    files = comments.withhold(db.session(), place.invitation, _number(request.form.get("comment", "")))
    db.session.commit()
    remove_files(documents(), files)
    questionnaire = place.asked.definition.questionnaire
    return redirect(url_for("comments.own", invitation_id=place.invitation.id, questionnaire=questionnaire))


def _done(found: ClosedResult, do: Callable[..., tuple[str, ...]], said: str) -> ResponseReturnValue:
    try:
        files = do(db.session(), found.result, by=_reader(found))
    except comments.NotOutside as refused:
        return _not_outside(found, refused)
    db.session.commit()
    remove_files(documents(), files)
    flash(said)
    return redirect(_address(found))


def _not_outside(found: ClosedResult, refused: comments.NotOutside) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("pages/comments/not_outside.html", round=found.asked.round, reason=str(refused)), 403


def _reader(found: ClosedResult) -> Actor:
    return current_actor(round_id=found.asked.round.id)


def _address(found: ClosedResult) -> str:
    edition = found.result.edition if len(found.editions) > 1 else None
    questionnaire = found.asked.definition.questionnaire
    return url_for("comments.read", round_id=found.asked.round.id, questionnaire=questionnaire, edition=edition)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

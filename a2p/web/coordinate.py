"""A coordinator's pages: the partnership's rounds, opening one, its people and their links, closing it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import (
    RoundInvitation,
    partnership,
    round_,
    round_invitation,
)
from a2p.access.policy import Action
from a2p.definition.model import Questionnaire
from a2p.exchange.calendar_file import FILE_NAME, KIND, LastDay, last_day_file
from a2p.rounds import directory, letters, opening, overview
from a2p.rounds.closing import close_round, warnings_before_closing
from a2p.rounds.comments import tell_readers
from a2p.rounds.evidence import OwnSection, own_part
from a2p.rounds.inviting import renew_link, withdraw
from a2p.rounds.promise import promise
from a2p.scoring.partners import SECTOR_NAMES
from a2p.store.base import now, today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import QuestionnaireVersion, Round
from a2p.store.tables import Partnership
from a2p.web.database import db
from a2p.web.policy import Policy, current_actor
from a2p.web.queue import the_queue
from a2p.web.wording import letter_words, shortfall_sentence

pages = Blueprint("coordinate", __name__)

ROUND = Policy(Action.SEE_ROUND, round_)
INVITED = Policy(Action.INVITE, round_invitation)
CLOSE = Policy(Action.CLOSE_ROUND, round_)


@pages.get("/partnerships/<int:partnership_id>", policy=Policy(Action.SEE_PARTNERSHIP, partnership))
def home(place: Partnership) -> ResponseReturnValue:
    """The partnership's rounds, newest first, and the questionnaires there are to choose from."""
    rounds = [_listed(each) for each in directory.rounds_of(db.session(), place)]
    choice = [definition_of(version) for version in opening.versions_for(db.session(), place)]
    return render_template("pages/coordinate/home.html", partnership=place, rounds=rounds, definitions=choice)


@pages.get("/rounds/<int:round_id>", policy=ROUND)
def show_round(shown: Round) -> ResponseReturnValue:
    """What is next, how far people are, when it ends, and all that can be done with the round."""
    people = directory.people_of(db.session(), shown)
    waiting = request.args.get("who") == "waiting"
    post = letters.post_of(db.session(), shown)
    return render_template(
        "pages/coordinate/round.html",
        round=shown,
        over=overview.overview(db.session(), shown, people),
        open=opening.is_open(shown, today()),
        asked=[_asked(shown, version) for version in shown.versions],
        people=[one for one in people if not waiting or one.status in WAITING],
        waiting=waiting,
        sectors=[(SECTOR_NAMES[each.sector], each.turnout) for each in overview.by_sector(people)],
        post=post,
        letters={invitation_id: letter_words(letter) for invitation_id, letter in post.newest.items()},
        fresh=_fresh_links(),
    )


@dataclass(frozen=True, slots=True)
class AskedHere:
    """A questionnaire of the round, with the coordinator's own part in it."""

    definition: Questionnaire
    own: tuple[OwnSection, ...]


def _asked(shown: Round, version: QuestionnaireVersion) -> AskedHere:
    return AskedHere(definition_of(version), own_part(db.session(), shown, version))


@pages.get("/rounds/<int:round_id>/promise", policy=ROUND)
def show_promise(shown: Round) -> ResponseReturnValue:
    """What respondents are told of who sees what."""
    lines = promise(shown, current_app.config["A2P"])
    return render_template("pages/coordinate/promise.html", round=shown, lines=lines)


@pages.get("/rounds/<int:round_id>/last-day.ics", policy=ROUND)
def last_day(shown: Round) -> ResponseReturnValue:
    """The round's last day for somebody's calendar; not there for a round that has none."""
    if shown.closes is None:
        abort(404)
    base = current_app.config["A2P"].public_base_url
    host = urlsplit(base).hostname or "localhost"
    said = LastDay(f"round-{shown.id}", shown.name, shown.partnership.name, shown.closes, base, host)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(last_day_file(said, now()), mimetype=KIND, headers=headers)


@pages.post("/rounds/<int:round_id>/people/<int:invitation_id>/link", policy=INVITED)
def new_link(found: RoundInvitation) -> ResponseReturnValue:
    """A fresh link for somebody; the old one stops at once. Whose link goes by letter has none that others may see."""
    if found.invitation.email:
        abort(404)
    token = renew_link(db.session(), found.invitation, current_actor(found.round.partnership_id, found.round.id))
    db.session.commit()
    _keep_link(found.invitation.id, token)
    return redirect(url_for("coordinate.show_round", round_id=found.round.id))


@pages.get("/rounds/<int:round_id>/people/<int:invitation_id>/withdraw", policy=INVITED)
def ask_withdraw(found: RoundInvitation) -> ResponseReturnValue:
    """Ask before an invitation is withdrawn."""
    return render_template("pages/coordinate/withdraw.html", round=found.round, invitation=found.invitation)


@pages.post("/rounds/<int:round_id>/people/<int:invitation_id>/withdraw", policy=INVITED)
def withdraw_person(found: RoundInvitation) -> ResponseReturnValue:
    """Withdraw an invitation; answers given under it do not count."""
    withdraw(db.session(), found.invitation, current_actor(found.round.partnership_id, found.round.id))
    db.session.commit()
    return redirect(url_for("coordinate.show_round", round_id=found.round.id))


@pages.get("/rounds/<int:round_id>/close", policy=CLOSE)
def ask_close(shown: Round) -> ResponseReturnValue:
    """What would fall short if the round closed now, and the button that closes it."""
    if shown.closed is not None:
        return redirect(url_for("coordinate.show_round", round_id=shown.id))
    people = directory.people_of(db.session(), shown)
    return render_template(
        "pages/coordinate/close.html",
        round=shown,
        warnings=_warnings(shown),
        turnout=directory.turnout(people),
        waiting=[one for one in people if one.status in WAITING],
    )


WAITING = frozenset({directory.Status.INVITED, directory.Status.OPENED, directory.Status.STARTED})


@pages.post("/rounds/<int:round_id>/close", policy=CLOSE)
def close(shown: Round) -> ResponseReturnValue:
    """Close the round and freeze its results; who is to read the comments over gets a letter."""
    close_round(db.session(), shown, by=current_actor(shown.partnership_id))
    told = tell_readers(db.session(), shown)
    db.session.commit()
    if told:
        the_queue().hand_in_letters()
    return redirect(url_for("coordinate.show_round", round_id=shown.id))


@pages.errorhandler(opening.RoundClosed)
def too_late(_error: opening.RoundClosed) -> ResponseReturnValue:
    """The round was closed meanwhile, perhaps in another window."""
    return render_template("pages/coordinate/too_late.html"), 409


@dataclass(frozen=True, slots=True)
class ListedRound:
    """A round on the partnership's page, with what it asks and how it goes."""

    over: overview.Overview
    definitions: tuple[Questionnaire, ...]


def _listed(shown: Round) -> ListedRound:
    asked = tuple(definition_of(version) for version in shown.versions)
    return ListedRound(overview.overview(db.session(), shown), asked)


def _warnings(shown: Round) -> list[tuple[str, list[str]]]:
    """What would fall short, in sentences, by the questionnaire's title."""
    short = warnings_before_closing(db.session(), shown)
    definitions = [definition_of(version) for version in shown.versions]
    return [(each.title, [shortfall_sentence(each, one) for one in short[each.questionnaire]]) for each in definitions]


def _keep_link(invitation_id: int, token: str) -> None:
    """Remember the newest link in the coordinator's own signed cookie, to be shown: it is kept nowhere else."""
    session["fresh_link"] = [invitation_id, token]


def _fresh_links() -> dict[int, str]:
    """The newest link by invitation id, made from the site's own address and never from the request's."""
    if "fresh_link" not in session:
        return {}
    invitation_id, token = session["fresh_link"]
    base = current_app.config["A2P"].public_base_url
    return {invitation_id: base + url_for("links.invitation", token=token)}

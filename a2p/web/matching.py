"""Who could help whom: the programme manager's proposals, and what each partnership answers to an introduction."""

from __future__ import annotations

from typing import Literal, cast

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import partnership, region
from a2p.access.loading_matching import OwnIntroduction, RegionIntroduction, own_introduction, region_introduction
from a2p.access.policy import Action
from a2p.rounds import introductions
from a2p.rounds.introductions import IntroductionRefused, Side
from a2p.rounds.matching import CAPACITY, matching_of
from a2p.rounds.support import words_of
from a2p.store.tables import Partnership, Region
from a2p.web.database import db
from a2p.web.policy import Policy, current_actor
from a2p.web.queue import the_queue

pages = Blueprint("matching", __name__)

MATCH = Policy(Action.MATCH, region)
END = Policy(Action.MATCH, region_introduction)
OWN = Policy(Action.ANSWER_INTRODUCTION, partnership)
ANSWER = Policy(Action.ANSWER_INTRODUCTION, own_introduction)


@pages.get("/regions/<int:region_id>/matching", policy=MATCH)
def show(shown: Region) -> ResponseReturnValue:
    """Asks and offers by name, the best matches with their reasons, and the introductions that were made."""
    known = matching_of(db.session(), shown.id)
    return render_template(
        "pages/matching/region.html",
        region=shown,
        known=known,
        proposals=known.proposals(),
        words=words_of(db.session(), shown.id),
        introductions=introductions.in_region(db.session(), shown.id),
        capacity=CAPACITY,
    )


@pages.post("/regions/<int:region_id>/matching", policy=MATCH)
def introduce(shown: Region) -> ResponseReturnValue:
    """Ask both sides of a match; both get letters."""
    wish = request.form.get("wish", type=int, default=0)
    helper = (request.form.get("by", ""), request.form.get("helper", type=int, default=0))
    try:
        introductions.introduce(db.session(), shown, wish, helper, current_actor(region_id=shown.id))
    except IntroductionRefused as refused:
        return _refused(str(refused), url_for("matching.show", region_id=shown.id))
    db.session.commit()
    the_queue().hand_in_letters()
    flash("Both sides are asked by letter. Neither is named to the other until both say yes.")
    return redirect(url_for("matching.show", region_id=shown.id))


@pages.post("/regions/<int:region_id>/introductions/<int:introduction_id>/end", policy=END)
def end(found: RegionIntroduction) -> ResponseReturnValue:
    """End an introduction; the two are not proposed again."""
    introductions.end(db.session(), found.introduction, "", current_actor(region_id=found.region.id))
    db.session.commit()
    flash("It is over, and the two are not proposed to each other again.")
    return redirect(url_for("matching.show", region_id=found.region.id))


@pages.get("/partnerships/<int:partnership_id>/introductions", policy=OWN)
def own(place: Partnership) -> ResponseReturnValue:
    """The partnership's introductions: without names until both sides said yes."""
    shown = introductions.of_partnership(db.session(), place)
    return render_template("pages/matching/own.html", place=place, introductions=shown)


@pages.post("/partnerships/<int:partnership_id>/introductions/<int:introduction_id>", policy=ANSWER)
def answer(found: OwnIntroduction) -> ResponseReturnValue:
    """The partnership's yes or no."""
    row, place = found.introduction, found.partnership
    side: Side = "asker" if row.asker_id == place.id else "helper"
    back = url_for("matching.own", partnership_id=place.id)
    try:
        introductions.answer(db.session(), row, side, yes_or_no(), current_actor(place.id))
    except IntroductionRefused as refused:
        return _refused(str(refused), back)
    db.session.commit()
    the_queue().hand_in_letters()
    flash("Your answer is noted.")
    return redirect(back)


def yes_or_no() -> Literal["yes", "no"]:
    """The pressed button. 400 for a form with neither."""
    said = request.form.get("answer")
    if said not in ("yes", "no"):
        abort(400)
    return cast("Literal['yes', 'no']", said)


def _refused(said: str, back: str) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("pages/matching/refused.html", reason=said, back=back), 409

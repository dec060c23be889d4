"""A partnership and its region: all that the region can see of it on one page, its figures beside others', and whether
it is shown beside the others of its county area."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.loading import ClosedResult, closed_result, partnership
from a2p.access.policy import Action
from a2p.documents.beside_view import BesideView, beside_view
from a2p.documents.known import Known
from a2p.documents.layout import SCREEN
from a2p.ordering.gathering import besides
from a2p.rounds import both_ends
from a2p.rounds.results import disclosed
from a2p.rounds.seen import seen_of
from a2p.scoring.disclosure import Audience
from a2p.store.tables import Partnership
from a2p.web.both_ends_view import asked_of, ends_view
from a2p.web.database import db
from a2p.web.policy import Policy, current_actor
from a2p.web.release_forms import LEVEL_WORDS

pages = Blueprint("own_region", __name__)


@pages.get("/partnerships/<int:partnership_id>/region", policy=Policy(Action.SEE_SEEN, partnership))
def seen(place: Partnership) -> ResponseReturnValue:
    """Everything that the region's programme manager can see of the partnership at this moment."""
    said = both_ends.consent_of(db.session(), place.id)
    return render_template(
        "pages/own_region/seen.html",
        place=place,
        seen=seen_of(db.session(), place),
        words=LEVEL_WORDS,
        both=both_ends.of_both_ends(db.session()) if place.kind in both_ends.OF_BOTH else [],
        said=said,
        joining=said.changes(current_actor(place.id)),
    )


@pages.get("/partnerships/<int:partnership_id>/region/both-ends", policy=Policy(Action.SEE_BOTH_ENDS, partnership))
def both(place: Partnership) -> ResponseReturnValue:
    """The county area side by side, for a partnership that is in it; why not, for one that isn't."""
    asked = asked_of(db.session())
    own = both_ends.own_area(db.session(), place, asked.questionnaire) if asked else None
    return render_template(
        "pages/own_region/both_ends.html",
        place=place,
        every=both_ends.of_both_ends(db.session()),
        asked=asked,
        own=own,
        said=both_ends.consent_of(db.session(), place.id),
        view=ends_view(asked, own.area) if asked and own and own.area else None,
    )


@pages.post("/partnerships/<int:partnership_id>/region/both-ends", policy=Policy(Action.JOIN_BOTH_ENDS, partnership))
def join(place: Partnership) -> ResponseReturnValue:
    """Yes or no to being shown beside the others of the county area."""
    said = request.form.get("answer")
    if said not in ("yes", "no") or place.kind not in both_ends.OF_BOTH:
        abort(400)
    both_ends.answer(db.session(), place, current_actor(place.id), agreed=said == "yes")
    db.session.commit()
    flash("What you agreed to is noted." if said == "yes" else "You are not shown side by side any more.")
    return redirect(url_for("own_region.seen", partnership_id=place.id, _anchor="both-ends"))


@pages.get(
    "/rounds/<int:round_id>/results/<questionnaire>/beside",
    policy=Policy(Action.SEE_RESULTS, closed_result, query=("edition",)),
)
def beside(found: ClosedResult) -> ResponseReturnValue:
    """The result beside others of its kind, and beside all, where their numbers allow it."""
    shown = disclosed(found.result, Audience.FACILITATOR).result
    views: list[BesideView] = []
    for each in besides(db.session(), found.result):
        view = beside_view(shown, Known(beside=each), SCREEN)
        if view is not None:
            views.append(view)
    return render_template("pages/own_region/beside.html", found=found, round=found.asked.round, views=views)

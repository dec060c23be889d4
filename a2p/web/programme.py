"""The region's pages: its partnerships with their take-up and what they released, and the calendar of rounds."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from a2p.access.loading import region
from a2p.access.policy import Action
from a2p.rounds.calendar import by_month, calendar_of, crowds
from a2p.rounds.programme import take_up
from a2p.store.tables import Region
from a2p.web.database import db
from a2p.web.policy import Policy
from a2p.web.release_forms import LEVEL_WORDS
from a2p.web.wording import crowd_sentence

pages = Blueprint("programme", __name__)


@pages.get("/regions/<int:region_id>", policy=Policy(Action.SEE_REGION, region))
def home(shown: Region) -> ResponseReturnValue:
    """The region's partnerships and rounds: who runs one, how many have answered, and what each released."""
    places = take_up(db.session(), shown.id)
    return render_template("pages/programme/home.html", region=shown, places=places, words=LEVEL_WORDS)


@pages.get("/regions/<int:region_id>/calendar", policy=Policy(Action.SEE_CALENDAR, region))
def calendar(shown: Region) -> ResponseReturnValue:
    """Open and planned rounds by month, and the weeks in which one sector is asked by many."""
    entries = calendar_of(db.session(), shown.id)
    return render_template(
        "pages/programme/calendar.html",
        region=shown,
        months=by_month(entries),
        crowds=[(crowd_sentence(crowd), crowd.partnerships) for crowd in crowds(entries)],
    )

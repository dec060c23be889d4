"""A facilitator's page of a round: how many were asked and answered, paper forms, later the results. No names."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from a2p.access.loading import round_
from a2p.access.policy import Action
from a2p.rounds.opening import is_open
from a2p.rounds.overview import overview
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Round
from a2p.web.database import db
from a2p.web.policy import Policy

pages = Blueprint("facilitate", __name__)


@pages.get("/rounds/<int:round_id>/facilitate", policy=Policy(Action.SEE_COUNTS, round_))
def home(shown: Round) -> ResponseReturnValue:
    """Where the round stands, in counts."""
    return render_template(
        "pages/facilitate/home.html",
        round=shown,
        over=overview(db.session(), shown),
        open=is_open(shown, today()),
        definitions=[definition_of(version) for version in shown.versions],
    )

"""Where an administrator begins, and the settings as they are, without what is secret."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from a2p.access.policy import Action
from a2p.settings import SETTINGS, shown_values
from a2p.web.policy import Policy

pages = Blueprint("admin", __name__)


@pages.get("/admin", policy=Policy(Action.KEEP_PLACES))
def home(_nothing: object) -> ResponseReturnValue:
    """What there is to look after."""
    return render_template("pages/admin/home.html")


@pages.get("/admin/settings", policy=Policy(Action.SEE_SETTINGS))
def settings(_nothing: object) -> ResponseReturnValue:
    """Every setting with its value; a secret is only said to be set or not."""
    values = shown_values(current_app.config["A2P"])
    return render_template("pages/admin/settings.html", settings=SETTINGS, values=values)

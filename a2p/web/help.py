"""Help for each kind of user, and what may be done by whom, printed from the policy table itself."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from a2p.access.policy import POLICY, Action, Role
from a2p.web.policy import Policy

pages = Blueprint("help", __name__)
PUBLIC = Policy(Action.READ_PUBLIC)
TOPICS = {
    "answering": "Answering a questionnaire",
    "coordinating": "Coordinating a round",
    "results": "Reading results",
    "access": "Who may do what",
}


@pages.get("/help", policy=PUBLIC)
def index(_nothing: object) -> ResponseReturnValue:
    """The topics."""
    return render_template("pages/help/index.html", topics=TOPICS)


@pages.get("/help/<topic>", policy=PUBLIC)
def topic(named: dict[str, str]) -> ResponseReturnValue:
    """One topic."""
    name = named["topic"]
    if name not in TOPICS:
        abort(404)
    return render_template(f"pages/help/{name}.html", title=TOPICS[name], rows=_table())


def _table() -> list[tuple[str, str]]:
    """Each action with the roles that may do it, in the order of the actions."""
    return [
        (action.value, ", ".join(role.value for role in Role if (action, role) in POLICY)) for action in Action
    ]

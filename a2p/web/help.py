"""Help for each kind of user. What the code holds is printed from the code: the policy, the minimums, the settings."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from a2p.access.policy import POLICY, Action, Role
from a2p.scoring import minimums
from a2p.settings import SETTINGS
from a2p.web.policy import Policy

pages = Blueprint("help", __name__)
PUBLIC = Policy(Action.READ_PUBLIC)


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of help: its title and whom it is for."""

    title: str
    about: str


TOPICS = {
    "answering": Topic("Answering a questionnaire", "For everybody who got a link."),
    "coordinating": Topic("Coordinating a round", "Step by step, from the first invitation to the results."),
    "chairing": Topic("Chairing", "For a partnership’s chair: what you see, and what needs your word."),
    "facilitating": Topic("Facilitating", "For whoever was named to lead the talk about a round."),
    "programme": Topic("Looking after a region", "For programme managers: take-up, the calendar, paper forms."),
    "results": Topic("Reading results", "What score, band, agreement and the rest mean, and how they are worked out."),
    "printing": Topic("Printing, and using a report in a meeting", "For coordinators and for whoever leads the talk."),
    "access": Topic("Who may do what", "Every action on this site, and who may take it."),
    "running": Topic("Running this site", "For administrators: setting up, places, people, questionnaires, the log."),
}
ROLES = {
    Role.ANYONE: "Anybody",
    Role.VISITOR: "Demo visitor",
    Role.SIGNED_IN: "Signed in",
    Role.RESPONDENT: "Respondent",
    Role.COORDINATOR: "Coordinator",
    Role.FACILITATOR: "Facilitator",
    Role.READER: "Comment reader",
    Role.CHAIR: "Chair",
    Role.MANAGER: "Programme manager",
    Role.ADMINISTRATOR: "Administrator",
}


@dataclass(frozen=True, slots=True)
class Permission:
    """An action, and for each role that has a column whether it may take it."""

    action: str
    allowed: tuple[bool, ...]


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
    roles = _columns(demo=current_app.config["A2P"].demo)
    return render_template(
        f"pages/help/{name}.html",
        title=TOPICS[name].title,
        roles=[ROLES[role] for role in roles],
        permissions=_permissions(roles),
        minimums=minimums,
        settings=SETTINGS,
    )


def _columns(*, demo: bool) -> tuple[Role, ...]:
    """The roles worth a column: what a visitor to a demonstration may do exists in a demonstration alone."""
    return tuple(role for role in ROLES if demo or role is not Role.VISITOR)


def _permissions(roles: tuple[Role, ...]) -> list[Permission]:
    """The policy as rows, in the order of the actions; what anybody may do, every role may do."""
    rows = []
    for action in Action:
        everybody = (action, Role.ANYONE) in POLICY
        allowed = tuple(everybody or (action, role) in POLICY for role in roles)
        if any(allowed):
            rows.append(Permission(action.value[0].upper() + action.value[1:], allowed))
    return rows

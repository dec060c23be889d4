"""What the page's script is told when it saves: the same saving as by the button, answered in a few words of JSON."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from a2p.documents.words import clock
from a2p.store.base import now
from a2p.web.saving import Clash, Place, Saved, Wrong, marks_of

JSON = "application/json"


def wanted() -> bool:
    """Whether the page's script asks, and not a person who pressed a button."""
    return request.accept_mimetypes.best == JSON


def reply(place: Place, outcome: Saved | Wrong | tuple[Clash, ...]) -> ResponseReturnValue:
    """How the saving went, after its commit: when, the new marks, and what a person has to look at."""
    said = {"at": clock(now()), "marks": marks_of(place, request.form)}
    if isinstance(outcome, Saved):
        return {"state": "saved", **said}
    if isinstance(outcome, Wrong):
        return {"state": "wrong", "wrong": len(outcome.errors), **said}, 422
    return {"state": "clash", "clashes": [clash.asked.id for clash in outcome], **said}, 409


def refusal(state: str, status: int, **more: str) -> ResponseReturnValue:
    """Nothing was saved: "closed", "signed-out" or "expired"."""
    return {"state": state, **more}, status

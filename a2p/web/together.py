"""A round answered together: by what name colleagues see each other, who else is there, and what they changed."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from a2p.access.loading import AnsweringSection, answering_section
from a2p.access.policy import Action
from a2p.definition.model import Questionnaire
from a2p.documents.words import clock
from a2p.rounds import answering as rounds
from a2p.rounds import presence
from a2p.rounds.presence import A_COLLEAGUE, Colleague
from a2p.store.answers import Stored
from a2p.store.round_tables import Invitation
from a2p.web.database import db
from a2p.web.forms.kept import BLANK, Kept
from a2p.web.forms.parts import Asked
from a2p.web.forms.registry import kind_of
from a2p.web.forms.section import section_form
from a2p.web.policy import Policy, session_token

pages = Blueprint("together", __name__)
log = structlog.get_logger(__name__)
NOTHING = Stored(BLANK, 0)


@pages.get(
    "/answer/<int:invitation_id>/<questionnaire>/sections/<section>/now",
    policy=Policy(Action.ANSWER, answering_section),
)
def now(found: AnsweringSection) -> ResponseReturnValue:
    """Who else is there, and what is stored otherwise than the page shows: it sends the marks that it has."""
    asked, own = found.answering.asked, found.section
    stored = rounds.answers_of(db.session(), found.answering.invitation, asked.version).stored
    form = section_form(asked.definition, asked.version.sha256, own)
    shown = [(each, stored.get(each.id, NOTHING)) for each in form.asked if each.field("v") in request.args]
    changed = {each.id: _change(each, kept) for each, kept in shown if _mark(kept) != request.args[each.field("v")]}
    return {"line": company(found), "changed": changed}


def be_called(invited: Invitation, name: str) -> None:
    """Let the others see this browser by a name. NameTooLong."""
    presence.call_me(db.session(), _token(), invited, name)


def own_name(invited: Invitation) -> str:
    """By which name the others see what this browser saves; "" in a round answered apart."""
    if not invited.round.together:
        return ""
    return presence.known_as(db.session(), _token(), invited) or A_COLLEAGUE


def asked_name(invited: Invitation) -> str | None:
    """The name that was given, "" if none was asked for yet; None in a round answered apart."""
    return presence.known_as(db.session(), _token(), invited) if invited.round.together else None


def company(found: AnsweringSection) -> str:
    """Who else is there, in a line. That this browser is there is noted for the others, now and then."""
    invited, definition = found.answering.invitation, found.answering.asked.definition
    if not invited.round.together:
        return ""
    here = f"{definition.questionnaire}/{found.section.id}"
    there = presence.others(db.session(), _token(), invited)
    if presence.is_to_note(db.session(), _token(), invited, here):
        _note(invited, here)
    return _line(there, here, definition)


def _note(invited: Invitation, here: str) -> None:
    """In a transaction of its own, after this one's reading: on SQLite one reader would hold up its own writing."""
    db.session.commit()
    try:
        with Session(db.engine) as writing, writing.begin():
            presence.note(writing, _token(), invited, here)
    except OperationalError:
        log.warning("presence not noted", invitation=invited.id)


def _line(there: Iterable[Colleague], here: str, definition: Questionnaire) -> str:
    titles = {f"{definition.questionnaire}/{section.id}": section.title for section in definition.sections}
    said = [one.name if one.at == here else f"{one.name} ({titles.get(one.at, 'elsewhere')})" for one in there]
    return f"Here too: {', '.join(said)}" if said else ""


def _change(asked: Asked, stored: Stored) -> dict[str, object]:
    """Another's answer: who, when, in words, and as the fields and the mark of the page."""
    kind = kind_of(asked)
    shown = kind.shown(asked, stored.answer)
    values = kind.values(asked, Kept(stored.answer, stored.edition))
    return {
        "by": stored.by or A_COLLEAGUE,
        "at": clock(stored.at) if stored.at else "",
        "text": shown.text,
        "note": shown.note,
        "mark": _mark(stored),
        "values": {name: list(texts) for name, texts in values.items() if name != asked.field("v")},
    }


def _mark(stored: Stored) -> str:
    return Kept(stored.answer, stored.edition).mark


def _token() -> str:
    return session_token() or ""

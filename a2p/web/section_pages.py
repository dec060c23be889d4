"""What a section's page answers, the same for answers, facts and evidence: on, wrong, asked again, or too late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from a2p.definition.model import Section
from a2p.rounds.opening import RoundClosed
from a2p.web.database import db
from a2p.web.forms.render import error_links
from a2p.web.saving import Place, Saved, Wrong, save_posted, undecided


@dataclass(frozen=True, slots=True)
class SectionPages:
    """One audience's pages: `page` draws one by name, `section` the section with its errors, `saved` goes on."""

    page: Callable[..., str]
    section: Callable[[Sequence[str], list[dict[str, str]]], str]
    saved: Callable[[], ResponseReturnValue]


def shown(place: Place, pages: SectionPages, *, open_: bool) -> ResponseReturnValue:
    """The section filled with what is stored, or that the round is closed."""
    if not open_:
        return pages.page("closed", too_late=False)
    return pages.section(place.form.html(place.on_page, place.form.values(place.stored)), [])


def saved(place: Place, section: Section, pages: SectionPages) -> ResponseReturnValue:
    """Save what was posted, and answer after the commit."""
    try:
        outcome = save_posted(place, request.form)
    except RoundClosed:
        return pages.page("closed", too_late=True), 409
    db.session.commit()
    if isinstance(outcome, Saved):
        return pages.saved()
    if isinstance(outcome, Wrong):
        links = error_links(place.form.asked, outcome.errors)
        return pages.section(place.form.html(place.on_page, outcome.values, outcome.errors), links), 422
    then = request.form.get("then", "")
    return pages.page("clash", section=section, clashes=outcome, then=then, errors=undecided(outcome)), 409

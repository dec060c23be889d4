"""What a section's page answers, the same for answers, facts and evidence: on, wrong, asked again, or too late; and
what was typed when the session was over, offered again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from a2p.access.held import Held
from a2p.definition.model import Section
from a2p.rounds.opening import RoundClosed
from a2p.web import autosave, held
from a2p.web.database import db
from a2p.web.forms.render import error_links
from a2p.web.saving import Clash, Place, Saved, Wrong, save_posted, typed_again, undecided


class SectionPage(Protocol):
    """Draws a section with its questions and the links of its errors; `held` is what fills it, if that isn't saved."""

    def __call__(self, questions: Sequence[str], errors: list[dict[str, str]], held: Held | None = None) -> str: ...


@dataclass(frozen=True, slots=True)
class SectionPages:
    """One audience's pages: `page` draws one by name, `section` the section with its errors, `saved` goes on."""

    page: Callable[..., str]
    section: SectionPage
    saved: Callable[[], ResponseReturnValue]


def shown(place: Place, pages: SectionPages, *, open_: bool) -> ResponseReturnValue:
    """The section filled with what is stored, or with what waits to be saved; or that the round is closed."""
    if not open_:
        return pages.page("closed", too_late=False)
    found = held.waiting_here()
    values = typed_again(place, found.fields) if found else place.form.values(place.stored)
    return pages.section(place.form.html(place.on_page, values), [], held=found)


def saved(place: Place, section: Section, pages: SectionPages) -> ResponseReturnValue:
    """Save what was posted, and answer after the commit."""
    if request.form.get("held") == "discard":
        return _thrown_away()
    try:
        outcome = save_posted(place, request.form)
    except RoundClosed:
        return autosave.refusal("closed", 409) if autosave.wanted() else (pages.page("closed", too_late=True), 409)
    if "held" in request.form:
        held.forget_here()
    db.session.commit()
    if autosave.wanted():
        return autosave.reply(place, outcome)
    return _answered(place, section, pages, outcome)


def _answered(
    place: Place, section: Section, pages: SectionPages, outcome: Saved | Wrong | tuple[Clash, ...]
) -> ResponseReturnValue:
    """The page that a button leads to."""
    then = "here" if "held" in request.form else request.form.get("then", "")
    if isinstance(outcome, Saved):
        return _here("Saved.") if then == "here" else pages.saved()
    if isinstance(outcome, Wrong):
        links = error_links(place.form.asked, outcome.errors)
        return pages.section(place.form.html(place.on_page, outcome.values, outcome.errors), links), 422
    return pages.page("clash", section=section, clashes=outcome, then=then, errors=undecided(outcome)), 409


def _thrown_away() -> ResponseReturnValue:
    held.forget_here()
    db.session.commit()
    return _here("Thrown away. Here is what is saved.")


def _here(said: str) -> ResponseReturnValue:
    """The same section again, as it is stored."""
    flash(said)
    return redirect(request.path)

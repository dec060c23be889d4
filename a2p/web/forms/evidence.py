"""The coordinator's evidence on a scale question: the level it shows, a note, and where it can be read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from wtforms import Form

from a2p.scoring.answer_words import Shown
from a2p.scoring.answers import Answer, State
from a2p.web.components import component
from a2p.web.forms.choose import Scale
from a2p.web.forms.kind import error_of, long_text, text_box, typed
from a2p.web.forms.parts import NO_LEVEL, Asked, FieldError

MOST_LINKS = 5
LONGEST = 500


class Evidence(Scale):
    """The level that the evidence shows, in the coordinator's view, with a note and links; no level is an answer too.

    The answer's value is the level ("" for none) and, a line each below it, the links.
    """

    def items(self, asked: Asked) -> list[dict[str, object]]:
        """The levels, and none of them."""
        none: dict[str, object] = {"value": NO_LEVEL, "text": "No level", "id": asked.element("is-" + NO_LEVEL)}
        return [*super().items(asked), none]

    def own_fields(self, asked: Asked) -> dict[str, Any]:
        """The level, and the links."""
        links = long_text(f"The links for {asked.quoted} are too long")
        return {**super().own_fields(asked), asked.field("l"): links}

    def own_values(self, asked: Asked, answer: Answer) -> dict[str, tuple[str, ...]]:
        """The level, if any, and the links."""
        level, *links = answer.value.split("\n")
        return {asked.field("a"): (level,) if level else (), asked.field("l"): ("\n".join(links),)}

    def read(self, asked: Asked, form: Form) -> Answer | tuple[FieldError, ...]:
        """The level and links as the value, blank without any; the note as the comment."""
        picked = str(form[asked.field("a")].data or "")
        level = "" if picked == NO_LEVEL else picked
        text, errors = typed(form, asked.field("l"), "links")
        links = text.split()
        value = "\n".join([level, *links]) if level or links else ""
        answer = Answer(State.GIVEN if value else State.BLANK, value)
        errors = (*errors, *wrong_links(asked, links))
        return self.settle(asked, form, answer, (*self.unknown(asked, form), *errors))

    def shown(self, asked: Asked, answer: Answer) -> Shown:
        """The level's label, and the links below it; the note."""
        level, *links = answer.value.split("\n")
        label = super().shown(asked, Answer(State.GIVEN, level)).text if level else "No level"
        return Shown("\n".join([label, *links]), answer.comment)

    def html(self, asked: Asked, picked: tuple[str, ...], errors: tuple[FieldError, ...], *, noted: bool) -> Markup:
        """Radios, the note and the links in the open."""
        params = self.controls(asked, picked, errors, self.items(asked))
        hint = asked.told(asked.question.evidence or "") if asked.question.evidence else ""
        wrong = error_of(asked, errors, "comment")
        note = text_box(asked, "c", "comment", "What the evidence shows (optional)", wrong, 3, hint)
        where = f"Web addresses that partners can open, one a line, {MOST_LINKS} at most."
        links = text_box(asked, "l", "links", "Links (optional)", error_of(asked, errors, "links"), 2, where)
        return component("radios", params) + note + links


def wrong_links(asked: Asked, links: list[str]) -> tuple[FieldError, ...]:
    """What is wrong with links: too many, or one that is no web address."""
    found = []
    if len(links) > MOST_LINKS:
        found.append(FieldError("links", f"Give {MOST_LINKS} links or fewer for {asked.quoted}"))
    if not all(_is_web_address(link) for link in links):
        said = f"Each link for {asked.quoted} must be a web address that begins with https:// or http://"
        found.append(FieldError("links", said))
    return tuple(found)


def _is_web_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
        return len(link) <= LONGEST and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False

"""A question as HTML. The components are slow, so each question's fragment is kept by what shapes it; what a person
typed, and its mark, are never kept: they are put into the fragment's slots at each request."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from jinja2.utils import LRUCache
from markupsafe import Markup, escape

from a2p.web.forms.parts import Asked, FieldError, Values, slot
from a2p.web.forms.registry import kind_of

_SLOT = re.compile("\ue000([a-z]+)\ue001")
_fragments: LRUCache = LRUCache(4096)


def question_html(form_key: str, asked: Asked, values: Values, errors: tuple[FieldError, ...]) -> Markup:
    """One question with its controls; `form_key` names the definition, section and language it comes from."""
    kind = kind_of(asked)
    pickable = kind.pickable(asked)
    picked = tuple(value for value in values.get(asked.field(kind.picks), ()) if value in pickable)
    noted = any(values.get(asked.field("c"), ()))
    key = (form_key, asked.id, picked, errors, noted)
    parts: list[str] | None = _fragments.get(key)
    if parts is None:
        html = _framed(asked, kind.html(asked, picked, errors, noted=noted))
        parts = _fragments[key] = _SLOT.split(html)
    return _filled(asked, parts, values)


def error_links(asked: tuple[Asked, ...], errors: Mapping[str, tuple[FieldError, ...]]) -> list[dict[str, str]]:
    """The errors of a form for its summary, in the order of the questions, each linked to its control."""
    return [
        {"html": question.quoting(error.text), "href": "#" + _target(question, error)}
        for question in asked
        for error in errors.get(question.id, ())
    ]


def _target(asked: Asked, error: FieldError) -> str:
    if error.part != "answer":
        return asked.element(error.part)
    if error.boxes:
        return asked.element(error.boxes[0])
    return asked.element(kind_of(asked).first(asked))


def _framed(asked: Asked, controls: Markup) -> Markup:
    """A question's place on the page: its anchor, its condition, the mark of what it shows."""
    follows = ""
    if asked.follows:
        follows = Markup(' data-show-if="{}"').format(json.dumps({f"a-{source}": ids for source, ids in asked.follows}))
    condition = Markup('<p class="govuk-body app-question__condition">{}</p>').format(asked.condition)
    return Markup('<div class="app-question" id="q-{}"{}>{}<input type="hidden" name="{}" value="{}">{}</div>').format(
        asked.id, follows, condition if asked.condition else "", asked.field("v"), slot("v"), controls
    )


def _filled(asked: Asked, parts: list[str], values: Values) -> Markup:
    """The fragment with its slots (every second part) filled."""
    out = []
    for index, part in enumerate(parts):
        if index % 2:
            texts = values.get(asked.field(part), ())
            out.append(escape(texts[0]) if texts else "")
        else:
            out.append(part)
    return Markup("".join(out))  # noqa: S704  kept fragments are the components' own output; slots are escaped here

"""The text of a letter: each is written once, in templates/mail, and comes out as plain text and as HTML.

Text from people is data: escaped in the HTML, and never a template.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.environment import TemplateModule

from a2p.jobs import addresses
from a2p.settings import TEMPLATES, Settings

_WIDTH = 72
_BLANK_LINES = re.compile(r"\n\s*\n+")
# Controls and what no letter can hold; line breaks and tabs stay.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_SUBJECT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Text:
    """A letter's words, in both forms."""

    subject: str
    text: str
    html: str


def render(template: str, settings: Settings, **values: object) -> Text:
    """A letter by the name of its template. What a name holds of line breaks and controls does not reach the header."""
    site = {
        "base": settings.public_base_url,
        "responsible": settings.responsible,
        "contact": settings.contact,
        "privacy": settings.public_base_url + addresses.PRIVACY,
    }
    plain, marked_up = (_filled(kind, template, {**values, "site": site}) for kind in ("txt", "html"))
    subject = _clean(" ".join(str(vars(plain)["subject"]).split()))[:_SUBJECT_LENGTH]
    return Text(subject, _whole("txt", plain, subject, site), _whole("html", marked_up, subject, site))


def _filled(kind: str, template: str, values: dict[str, object]) -> TemplateModule:
    return _environment(kind).get_template(f"mail/{template}.jinja").make_module(values)


def _whole(kind: str, filled: TemplateModule, subject: str, site: dict[str, str]) -> str:
    environment = _environment(kind)
    body = vars(filled)["body"](environment.get_template(f"mail/parts.{kind}").module)
    letter = environment.get_template(f"mail/layout.{kind}").render(subject=subject, body=body, site=site)
    return _clean(_BLANK_LINES.sub("\n\n", letter).strip() + "\n")


@cache
def _environment(kind: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=kind == "html",  # noqa: S701 - plain text has nothing to escape
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["wrap"] = _wrap
    return made


def _wrap(text: str, first: str = "") -> str:
    """A paragraph in lines of plain text; `first` stands before it, and as much room before its other lines."""
    return textwrap.fill(
        " ".join(text.split()),
        width=_WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)

"""The Jinja environment of documents: everything is escaped, unknown names are errors, texts are never templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from a2p.documents.language import spoken

TEMPLATES = Path(__file__).parents[2] / "templates"
_ITEM = re.compile(r"^\s*[-*•]\s+")
# Characters that no document can hold: controls, lone surrogates and non-characters of XML.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a list if it has `items`."""

    text: str
    items: tuple[str, ...] = ()


def prose(text: str) -> tuple[Paragraph, ...]:
    """Plain text as paragraphs and lists: blank lines part paragraphs, lines that start with `- ` are items."""
    return tuple(part for block in re.split(r"\n\s*\n", text.strip()) if block.strip() for part in _block(block))


def _block(block: str) -> Iterator[Paragraph]:
    lead: list[str] = []
    items: list[str] = []
    for line in block.splitlines():
        if _ITEM.match(line):
            items.append(_ITEM.sub("", line).strip())
        elif items:
            items[-1] += " " + line.strip()
        else:
            lead.append(line.strip())
    if lead:
        yield Paragraph(" ".join(lead))
    if items:
        yield Paragraph("", tuple(items))


@cache
def environment() -> Environment:
    """The one environment of this process."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    with_sentences(made)
    made.filters["prose"] = prose
    return made


def with_sentences(made: Environment) -> None:
    """Lets its templates say fixed sentences by `gettext` and `trans`. The environment of pages needs it too, because
    they share templates with documents; no language is spoken there, so that they are in English."""
    made.add_extension("jinja2.ext.i18n")
    made.policies["ext.i18n.trimmed"] = True
    # The extension adds this method when it is loaded, so that no type checker knows of it.
    made.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: spoken().gettext(message),
        lambda one, many, number: spoken().ngettext(one, many, number),
        newstyle=True,
    )


def printable(text: str) -> str:
    """The text without characters that no document can hold; each is replaced by U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text)


def render(template: str, **values: object) -> str:
    """The template filled in, without characters that no document can hold."""
    return printable(environment().get_template(template).render(**values))

"""Setting a short document on the report's stylesheets: as tagged PDF, and as one HTML file that stands alone."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from markupsafe import Markup

from a2p.documents import render
from a2p.documents.layout import SCREEN, Layout
from a2p.documents.order import Order
from a2p.documents.templating import render as fill
from a2p.documents.words import language_tag

_ASSETS = Path(__file__).parent / "assets"
_SCREEN = ("palette.css", "screen.css", "record_screen.css")


class Running(Protocol):
    """What every page of a document says at its head and foot, the document's title and language."""

    @property
    def title(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def left(self) -> str: ...
    @property
    def running(self) -> str: ...
    @property
    def footer(self) -> str: ...
    @property
    def footer_large(self) -> str: ...


def screen_layout(order: Order) -> Layout | None:
    """How marks are laid out on a screen; in large print as on paper."""
    return None if order.large_print else SCREEN


def set_pdf(template: str, view: Running, order: Order, *sheets: str) -> bytes:
    """The filled template as PDF, on the report's stylesheet and these."""
    return render.pdf(page_of(template, view, order), sheets=sheets_of(order, *sheets))


def sheets_of(order: Order, *sheets: str) -> tuple[str, ...]:
    """The report's stylesheet, these, and what large print changes."""
    return ("report.css", *sheets, *(("large.css", "record_large.css") if order.large_print else ()))


def set_html(template: str, view: Running, order: Order) -> str:
    """The filled template with its styles inside."""
    return page_of(template, view, order, "".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SCREEN))


def page_of(template: str, view: Running, order: Order, styles: str = "") -> str:
    """The filled template; without styles it is what is rendered as PDF."""
    return fill(
        template,
        view=view,
        # Only our own stylesheets are marked safe; every text is escaped.
        styles=Markup(styles),  # noqa: S704
        title=view.title,
        language=language_tag(view.language),
        kind=order.kind,
        large=order.large_print,
        left=view.left,
        right=view.running,
        foot=view.footer,
        foot_large=view.footer_large,
    )

"""A handout of released results, as tagged PDF and as HTML of equal content."""

from __future__ import annotations

from a2p.documents import render
from a2p.documents.handout_view import handout_view
from a2p.documents.language import in_its_language
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.set_page import page_of, screen_layout, set_html, sheets_of

_TEMPLATE = "documents/handout.html"


def handout_pdf(material: Material, order: Order) -> bytes:
    """The handout as PDF. The same inputs give the same bytes."""
    return render.pdf(handout_document(material, order), sheets=handout_sheets(order))


@in_its_language
def handout_html(material: Material, order: Order) -> str:
    """One HTML file with its styles inside."""
    return set_html(_TEMPLATE, handout_view(material, order, screen_layout(order)), order)


@in_its_language
def handout_document(material: Material, order: Order) -> str:
    """The HTML that is rendered as PDF."""
    return page_of(_TEMPLATE, handout_view(material, order), order)


def handout_sheets(order: Order) -> tuple[str, ...]:
    """The stylesheets of the PDF."""
    return (*sheets_of(order, "record.css", "handout.css"), *(("handout_large.css",) if order.large_print else ()))

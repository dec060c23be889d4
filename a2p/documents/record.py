"""The record of a workshop as tagged PDF, and as one HTML file of equal content."""

from __future__ import annotations

from a2p.documents import render
from a2p.documents.language import in_its_language
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.record_view import record_view
from a2p.documents.set_page import page_of, screen_layout, set_html, sheets_of

_TEMPLATE = "documents/record.html"


def record_pdf(material: Material, order: Order) -> bytes:
    """The record as PDF. The same material and order give the same bytes."""
    return render.pdf(record_document(material, order), sheets=record_sheets(order))


@in_its_language
def record_document(material: Material, order: Order) -> str:
    """The HTML that is rendered as PDF."""
    return page_of(_TEMPLATE, record_view(material, order), order)


def record_sheets(order: Order) -> tuple[str, ...]:
    """The stylesheets of the PDF."""
    return sheets_of(order, "record.css")


@in_its_language
def record_html(material: Material, order: Order) -> str:
    """The record as one HTML file with its styles inside."""
    return set_html(_TEMPLATE, record_view(material, order, screen_layout(order)), order)

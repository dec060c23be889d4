"""The action plan as tagged PDF, and as one HTML file of equal content."""

from __future__ import annotations

from a2p.documents.language import in_its_language
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.plan_view import plan_view
from a2p.documents.set_page import set_html, set_pdf

_TEMPLATE = "documents/plan.html"


@in_its_language
def plan_pdf(material: Material, order: Order) -> bytes:
    """The action plan as PDF. The same material and order give the same bytes."""
    return set_pdf(_TEMPLATE, plan_view(material, order), order, "record.css", "plan.css")


@in_its_language
def plan_html(material: Material, order: Order) -> str:
    """The action plan as one HTML file with its styles inside."""
    return set_html(_TEMPLATE, plan_view(material, order), order)

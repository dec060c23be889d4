"""The regional report as tagged PDF."""

from __future__ import annotations

from a2p.documents import render
from a2p.documents.order import Order
from a2p.documents.regional_material import RegionalMaterial
from a2p.documents.regional_page import regional_document

SHEETS = ("palette.css", "report.css", "regional.css")
LARGE_SHEETS = (*SHEETS, "large.css", "regional_large.css")


def regional_report(material: RegionalMaterial, order: Order) -> bytes:
    """The report as PDF. The same inputs give the same bytes."""
    return render.pdf(regional_document(material, order), sheets=LARGE_SHEETS if order.large_print else SHEETS)

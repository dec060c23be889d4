"""The regional report and the region's charts as tagged PDF. The same inputs give the same bytes."""

from __future__ import annotations

from a2p.documents import render
from a2p.documents.order import Order
from a2p.documents.regional_material import RegionalMaterial
from a2p.documents.regional_page import charts_document, regional_document

SHEETS = ("palette.css", "report.css", "regional.css")
CHART_SHEETS = ("sizes.css", "slides.css", "regional_charts.css")
LARGE_SHEETS = (*SHEETS, "large.css", "regional_large.css")


def regional_report(material: RegionalMaterial, order: Order) -> bytes:
    """The report as PDF."""
    return render.pdf(regional_document(material, order), sheets=LARGE_SHEETS if order.large_print else SHEETS)


def regional_charts(material: RegionalMaterial, order: Order) -> bytes:
    """The charts as slides."""
    return render.pdf(charts_document(material, order), sheets=CHART_SHEETS)

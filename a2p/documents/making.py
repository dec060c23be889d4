"""Making a document that was ordered, from its material. What draws PDFs is loaded here, and only when it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from a2p.documents.material import Material
from a2p.documents.order import HTML, Order

Maker: TypeAlias = Callable[[Material, Order], bytes]


def make(material: Material, order: Order) -> bytes:
    """The document as the bytes of its file. The same material and order give the same bytes."""
    return _MAKERS[order.kind](material, order)


def _report(material: Material, order: Order) -> bytes:
    from a2p.documents.report import ReportOptions, capacity_report, report_html

    options = ReportOptions(
        large_print=order.large_print,
        summary=order.kind == "summary",
        section=order.section,
        support=material.support,
        known=material.known,
        named=material.named if order.names else None,
    )
    said = material.remarks if order.comments else ()
    if order.format == HTML:
        return report_html(material.disclosed, said, options).encode()
    return capacity_report(material.disclosed, said, options)


_MAKERS: Mapping[str, Maker] = {"report": _report, "summary": _report}

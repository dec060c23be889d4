"""Making a document that was ordered, from its material. What draws PDFs is loaded here, and only when it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import TypeAlias

from a2p.documents.language import in_its_language
from a2p.documents.material import Material
from a2p.documents.order import DOCX, HTML, Order
from a2p.documents.regional_material import RegionalMaterial
from a2p.scoring.releases import Figures

AnyMaterial: TypeAlias = Material | RegionalMaterial
Maker: TypeAlias = Callable[[Material, Order], bytes]
"""What makes documents of results; `make` itself makes those of a region's snapshot too."""


@in_its_language
def make(material: AnyMaterial, order: Order) -> bytes:
    """The document as the bytes of its file. The same material and order give the same bytes. TypeError for an order
    of a result with the material of a region, and the other way round."""
    if isinstance(material, RegionalMaterial) != order.regional:
        raise TypeError(f"{order.kind} is not made from a {type(material).__name__}")
    if isinstance(material, RegionalMaterial):
        return _REGIONAL[order.kind](material, order)
    return _MAKERS[order.kind](material, order)


def _regional_report(material: RegionalMaterial, order: Order) -> bytes:
    from a2p.documents.regional import regional_report
    from a2p.documents.regional_page import regional_html

    return regional_html(material, order).encode() if order.format == HTML else regional_report(material, order)


def _regional_charts(material: RegionalMaterial, order: Order) -> bytes:
    from a2p.documents.regional import regional_charts
    from a2p.documents.regional_page import charts_html

    return charts_html(material, order).encode() if order.format == HTML else regional_charts(material, order)


def _report(material: Material, order: Order) -> bytes:
    if order.figures is not Figures.WHOLE:
        return _handout(material, order)
    if material.others:
        return _round_report(material, order)
    from a2p.documents.report import ReportOptions, capacity_report, report_html

    options = ReportOptions(
        large_print=order.large_print,
        summary=order.kind == "summary",
        section=order.section,
        support=material.support,
        known=material.known,
        named=material.named if order.names else None,
        readers=order.readers,
    )
    said = material.remarks if order.comments else ()
    if order.format == HTML:
        return report_html(material.disclosed, said, options).encode()
    return capacity_report(material.disclosed, said, options)


def _handout(material: Material, order: Order) -> bytes:
    from a2p.documents.handout import handout_html, handout_pdf

    return handout_html(material, order).encode() if order.format == HTML else handout_pdf(material, order)


def _round_report(material: Material, order: Order) -> bytes:
    from a2p.documents.round_report import round_report_html, round_report_pdf

    return round_report_html(material, order).encode() if order.format == HTML else round_report_pdf(material, order)


def _pack(material: Material, order: Order) -> bytes:
    from a2p.documents.pack.options import PackOptions
    from a2p.documents.pack.page import workshop_pack_html
    from a2p.documents.pack.pdf import workshop_pack

    start = time.fromisoformat(order.start) if order.start else None
    options = PackOptions(order.length, order.topics, order.parts, start, order.large_print)
    if order.format == HTML:
        return workshop_pack_html(material.disclosed, options, material.known).encode()
    return workshop_pack(material.disclosed, options, material.known)


def _cards(material: Material, order: Order) -> bytes:
    from a2p.documents.cards_view import CardOptions
    from a2p.documents.room import question_cards
    from a2p.documents.room_page import question_cards_html

    definition, options = (
        material.disclosed.result.definition,
        CardOptions(order.size, order.topics or None, None, order.backs),
    )
    if order.format == HTML:
        return question_cards_html(definition, options).encode()
    return question_cards(definition, options)


def _posters(material: Material, order: Order) -> bytes:
    from a2p.documents.posters_view import PosterOptions
    from a2p.documents.room import wall_posters
    from a2p.documents.room_page import wall_posters_html

    options = PosterOptions(order.per, order.topics or None)
    if order.format == HTML:
        return wall_posters_html(material.disclosed, options).encode()
    return wall_posters(material.disclosed, options)


def _slides(material: Material, order: Order) -> bytes:
    from a2p.documents.room import slides
    from a2p.documents.room_page import slides_html
    from a2p.documents.slides_view import SlideOptions

    options = SlideOptions(order.topics or None)
    if order.format == HTML:
        return slides_html(material.disclosed, options).encode()
    return slides(material.disclosed, options)


def _summary(material: Material, order: Order) -> bytes:
    if order.format != DOCX:
        return _report(material, order)
    from a2p.documents.docx_summary import summary_docx

    return summary_docx(material, order)


def _record(material: Material, order: Order) -> bytes:
    if order.format == DOCX:
        from a2p.documents.docx_record import record_docx

        return record_docx(material, order)
    from a2p.documents.record import record_html, record_pdf

    return record_html(material, order).encode() if order.format == HTML else record_pdf(material, order)


def _action_plan(material: Material, order: Order) -> bytes:
    if order.format == DOCX:
        from a2p.documents.docx_plan import plan_docx

        return plan_docx(material, order)
    from a2p.documents.plan import plan_html, plan_pdf

    return plan_html(material, order).encode() if order.format == HTML else plan_pdf(material, order)


_REGIONAL: Mapping[str, Callable[[RegionalMaterial, Order], bytes]] = {
    "regional-report": _regional_report,
    "regional-charts": _regional_charts,
}
_MAKERS: Mapping[str, Callable[[Material, Order], bytes]] = {
    "report": _report,
    "summary": _summary,
    "pack": _pack,
    "cards": _cards,
    "posters": _posters,
    "slides": _slides,
    "record": _record,
    "action-plan": _action_plan,
}

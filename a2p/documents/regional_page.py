"""The regional report as HTML: what the PDF is made from, and a page of equal content that stands alone."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from a2p.documents.language import in_its_language
from a2p.documents.order import Order
from a2p.documents.regional_material import RegionalMaterial
from a2p.documents.regional_picture import SCREEN, Measures
from a2p.documents.regional_slides import chart_pack
from a2p.documents.regional_view import regional_view
from a2p.documents.templating import render
from a2p.documents.words import language_tag, shorten

_ASSETS = Path(__file__).parent / "assets"
_SCREEN = ("palette.css", "screen.css", "regional_screen.css")
_SLIDES = ("palette.css", "screen.css", "room_screen.css", "regional_screen.css")


@in_its_language
def regional_document(material: RegionalMaterial, order: Order) -> str:
    """The HTML that is rendered as PDF; it brings no styles of its own."""
    return _document(material, order)


@in_its_language
def regional_html(material: RegionalMaterial, order: Order) -> str:
    """One HTML file with its styles inside, of equal content to the PDF: the same texts, charts and tables."""
    styles = "".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SCREEN)
    return _document(material, order, styles, None if order.large_print else SCREEN)


@in_its_language
def charts_document(material: RegionalMaterial, order: Order, styles: str = "") -> str:
    """The chart pack as HTML, with these styles inside."""
    pack = chart_pack(material, order)
    return render(
        "documents/regional_charts.html",
        pack=pack,
        title=pack.title,
        language=language_tag(material.language),
        kind="slides",
        styles=Markup(styles),  # noqa: S704  only our own stylesheets
        large=False,
        left="",
        right="",
        foot=pack.foot,
        foot_large="",
    )


def charts_html(material: RegionalMaterial, order: Order) -> str:
    """The chart pack as one page for a screen."""
    return charts_document(material, order, "".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SLIDES))


def _document(material: RegionalMaterial, order: Order, styles: str = "", measures: Measures | None = None) -> str:
    view = regional_view(material, order, measures)
    # Only our own stylesheets are marked safe; every text is escaped.
    page_styles = Markup(styles)  # noqa: S704
    return render(
        "documents/regional.html",
        region=view,
        styles=page_styles,
        title=view.title,
        language=language_tag(material.language),
        kind="regional",
        large=order.large_print,
        left=shorten(view.snapshot.region, 50),
        right=view.running,
        foot=view.footer,
        foot_large=view.footer,
    )

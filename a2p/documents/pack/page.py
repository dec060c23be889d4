"""The workshop pack as HTML: what the PDF is made from, and a page of equal content that stands alone."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from a2p.documents.known import Known
from a2p.documents.language import in_its_language
from a2p.documents.layout import SCREEN, Layout
from a2p.documents.pack.options import PackOptions
from a2p.documents.pack.view import pack_view
from a2p.documents.templating import render
from a2p.documents.words import language_tag
from a2p.scoring.disclosure import Disclosed

_ASSETS = Path(__file__).parents[1] / "assets"
_SCREEN = ("palette.css", "screen.css", "pack_screen.css")


@in_its_language
def pack_document(disclosed: Disclosed, options: PackOptions, known: Known) -> str:
    """The HTML that is rendered as PDF; it brings no styles of its own."""
    return _document(disclosed, options, known)


@in_its_language
def workshop_pack_html(disclosed: Disclosed, options: PackOptions | None = None, known: Known | None = None) -> str:
    """One HTML file with its styles inside, of equal content to the PDF. ValueError for a topic that can't be one."""
    styles = "".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SCREEN)
    options = options or PackOptions()
    return _document(disclosed, options, known or Known(), styles, None if options.large_print else SCREEN)


def _document(
    disclosed: Disclosed, options: PackOptions, known: Known, styles: str = "", layout: Layout | None = None
) -> str:
    view = pack_view(disclosed, options, known, layout)
    # Only our own stylesheets are marked safe; every text is escaped.
    page_styles = Markup(styles)  # noqa: S704
    return render(
        "documents/pack.html",
        pack=view,
        report=view.report,
        styles=page_styles,
        title=view.title,
        language=language_tag(disclosed.result.definition.language),
        kind="pack",
        large=options.large_print,
        left=view.report.partnership_short,
        right=view.report.running,
        foot=view.footer,
        foot_large=view.footer_large,
    )

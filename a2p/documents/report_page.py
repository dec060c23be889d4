"""The capacity report as HTML: what the PDF is made from, and a page of equal content that stands alone."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from a2p.documents.language import in_its_language
from a2p.documents.layout import SCREEN, Layout
from a2p.documents.report_view import ReportOptions, report_view
from a2p.documents.templating import render
from a2p.documents.words import language_tag
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.remarks import Remark

_ASSETS = Path(__file__).parent / "assets"
_SCREEN = ("palette.css", "screen.css")


@in_its_language
def report_document(disclosed: Disclosed, remarks: tuple[Remark, ...], options: ReportOptions) -> str:
    """The HTML that is rendered as PDF; it brings no styles of its own."""
    return _document(disclosed, remarks, options)


@in_its_language
def report_html(disclosed: Disclosed, remarks: tuple[Remark, ...] = (), options: ReportOptions | None = None) -> str:
    """One HTML file with its styles inside, of equal content to the PDF: the same texts, charts and tables."""
    styles = "".join((_ASSETS / name).read_text(encoding="utf-8") for name in _SCREEN)
    options = options or ReportOptions()
    return _document(disclosed, remarks, options, styles, None if options.large_print else SCREEN)


def _document(
    disclosed: Disclosed,
    remarks: tuple[Remark, ...],
    options: ReportOptions,
    styles: str = "",
    layout: Layout | None = None,
) -> str:
    view = report_view(disclosed, remarks, options, layout)
    template = "documents/summary.html" if options.summary else "documents/report.html"
    # Only our own stylesheets are marked safe; every text is escaped.
    page_styles = Markup(styles)  # noqa: S704
    return render(
        template,
        report=view,
        styles=page_styles,
        title=view.title,
        language=language_tag(disclosed.result.definition.language),
        kind="summary" if options.summary else "report",
        large=options.large_print,
        left=view.partnership_short,
        right=view.running,
        foot=view.footer,
        foot_large=view.footer_large,
    )

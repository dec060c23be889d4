"""The capacity report and the board's summary as tagged PDF."""

from __future__ import annotations

from a2p.documents import render
from a2p.documents.report_page import report_document, report_html
from a2p.documents.report_view import ReportOptions
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.remarks import Remark

__all__ = ["ReportOptions", "capacity_report", "report_html"]


def capacity_report(
    disclosed: Disclosed, remarks: tuple[Remark, ...] = (), options: ReportOptions | None = None
) -> bytes:
    """The report as PDF. The same inputs give the same bytes."""
    options = options or ReportOptions()
    sheets = ("report.css", "large.css") if options.large_print else ("report.css",)
    return render.pdf(report_document(disclosed, remarks, options), sheets=sheets)

"""A closed round’s results and the documents made of them."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, job, result

ROWS: Rows = {
    ("GET", "results.show"): Row(result),
    ("POST", "results.make_report"): Row(result, 302),
    ("GET", "results.show_job"): Row(job),
    ("GET", "results.download"): Row(job),
}

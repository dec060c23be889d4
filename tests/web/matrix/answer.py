"""A respondent’s pages."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, answer

ROWS: Rows = {
    ("GET", "answer.start"): Row(answer),
    ("GET", "answer.tasks"): Row(answer),
    ("GET", "answer.section"): Row(answer),
    ("POST", "answer.save_section"): Row(answer, 302),
    ("GET", "answer.check"): Row(answer),
    ("POST", "answer.submit"): Row(answer, 302),
    ("GET", "answer.submitted"): Row(answer, 302),
    ("GET", "answer.copy"): Row(answer),
}

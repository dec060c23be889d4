"""A respondent’s pages. Who has the link may use it."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, answer, link

ROWS: Rows = {
    ("GET", "answer.link"): Row(link),
    ("POST", "answer.open_link"): Row(link, 302),
    ("GET", "answer.start"): Row(answer),
    ("GET", "answer.tasks"): Row(answer),
    ("GET", "answer.section"): Row(answer),
    ("POST", "answer.save_section"): Row(answer, 302),
    ("GET", "answer.check"): Row(answer),
    ("POST", "answer.submit"): Row(answer, 302),
    ("GET", "answer.submitted"): Row(answer, 302),
    ("GET", "answer.copy"): Row(answer),
}

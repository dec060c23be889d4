"""Reading over comments, and taking back one’s own."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, answer, closed_round, result

ROWS: Rows = {
    ("GET", "comments.home"): Row(closed_round),
    ("GET", "comments.read"): Row(result),
    ("POST", "comments.change"): Row(result, 302, {"hide": "1"}),
    ("POST", "comments.finish"): Row(result, 302),
    ("POST", "comments.again"): Row(result, 302),
    ("GET", "comments.own"): Row(answer),
    ("POST", "comments.withhold"): Row(answer, 302, {"comment": "1"}),
}

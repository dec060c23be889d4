"""Who else answers, in a round answered together."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, answer

ROWS: Rows = {
    ("POST", "answer.name"): Row(answer, 302),
    ("GET", "together.now"): Row(answer),
}

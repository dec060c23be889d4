"""A copy of one’s own answers."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, answer, copy

ROWS: Rows = {
    ("POST", "own_copy.make"): Row(answer, 302),
    ("GET", "own_copy.show"): Row(copy),
    ("GET", "own_copy.download"): Row(copy),
}

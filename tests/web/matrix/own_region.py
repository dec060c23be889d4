"""A partnership and its region."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, partnership, result

ROWS: Rows = {
    ("GET", "own_region.seen"): Row(partnership),
    ("POST", "own_region.join"): Row(partnership, 302, {"answer": "yes"}),
    ("GET", "own_region.both"): Row(partnership),
    ("GET", "own_region.beside"): Row(result),
}

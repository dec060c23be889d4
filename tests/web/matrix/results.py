"""A closed round’s results."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, result

ROWS: Rows = {
    ("GET", "results.show"): Row(result),
}

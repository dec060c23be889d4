"""The second factor. Where none is asked for, the page is not there for anybody."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows

ROWS: Rows = {
    ("GET", "second_factor.ask"): Row(ok=404),
    ("POST", "second_factor.take"): Row(ok=404),
}

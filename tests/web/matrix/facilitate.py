"""A facilitator’s page of a round: counts."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, open_round

ROWS: Rows = {
    ("GET", "facilitate.home"): Row(open_round),
}

"""Passing an invitation to a deputy. Their name and address are asked first."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, answer

DEPUTY = {"name": "Dee Puty", "email": "dee@example.org"}
ROWS: Rows = {
    ("GET", "deputy.ask"): Row(answer),
    ("POST", "deputy.check"): Row(answer, form=DEPUTY),
    ("POST", "deputy.confirm"): Row(answer, form=DEPUTY),
}

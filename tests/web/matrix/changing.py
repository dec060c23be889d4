"""Changing a round, calling it off, opening it again."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, closed_round, open_round

ROWS: Rows = {
    ("GET", "changing.change"): Row(open_round),
    ("POST", "changing.save"): Row(open_round, 302),
    ("GET", "changing.ask_call_off"): Row(open_round),
    ("POST", "changing.call_off"): Row(open_round, 409),
    ("GET", "changing.ask_reopen"): Row(closed_round),
    ("POST", "changing.reopen"): Row(closed_round, 422),
}

"""A coordinator’s pages, some of them the chair’s too."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, invited, open_round, partnership

ROWS: Rows = {
    ("GET", "coordinate.home"): Row(partnership),
    ("GET", "coordinate.show_round"): Row(open_round),
    ("GET", "coordinate.show_promise"): Row(open_round),
    ("GET", "coordinate.last_day"): Row(open_round),
    ("POST", "coordinate.new_link"): Row(invited, 302),
    ("GET", "coordinate.ask_withdraw"): Row(invited),
    ("POST", "coordinate.withdraw_person"): Row(invited, 302),
    ("GET", "coordinate.ask_close"): Row(open_round),
    ("POST", "coordinate.close"): Row(open_round, 302),
}

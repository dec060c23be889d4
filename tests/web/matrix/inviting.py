"""Inviting people to a round."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, open_round

ROWS: Rows = {
    ("GET", "inviting.choose"): Row(open_round),
    ("POST", "inviting.choose_again"): Row(open_round, 422),
    ("POST", "inviting.invite_chosen"): Row(open_round, 302),
    ("GET", "inviting.new_person"): Row(open_round),
    ("POST", "inviting.invite_person"): Row(open_round, 422),
}

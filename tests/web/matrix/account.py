"""Signing in and out. The demo’s page of people does not exist in a real installation."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, invited, person

ROWS: Rows = {
    ("GET", "account.sign_in"): Row(),
    ("POST", "account.sign_out"): Row(ok=302),
    ("GET", "account.demo"): Row(),
    ("POST", "account.demo_person"): Row(person, 302),
    ("POST", "account.demo_respondent"): Row(invited, 302),
}

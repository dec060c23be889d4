"""The region: take-up and the calendar."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, region

ROWS: Rows = {
    ("GET", "programme.home"): Row(region),
    ("GET", "programme.partnerships"): Row(region),
    ("GET", "programme.calendar"): Row(region),
}

"""Importing and exporting a partnership’s list of partners."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, partnership

ROWS: Rows = {
    ("GET", "partner_lists.choose"): Row(partnership),
    ("POST", "partner_lists.preview"): Row(partnership, 422),
    ("POST", "partner_lists.bring_in"): Row(partnership, 400),
    ("GET", "partner_lists.csv_template"): Row(partnership),
    ("GET", "partner_lists.xlsx_template"): Row(partnership),
    ("POST", "partner_lists.export"): Row(partnership, form={"form": "csv"}),
}

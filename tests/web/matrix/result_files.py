"""A closed round’s results as files."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, result

ROWS: Rows = {
    ("GET", "result_files.as_json"): Row(result),
    ("GET", "result_files.as_csv"): Row(result),
    ("GET", "result_files.dictionary"): Row(result),
    ("GET", "result_files.as_xlsx"): Row(result),
}

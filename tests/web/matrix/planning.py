"""Planning and opening a round."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, partnership, questionnaire

ROWS: Rows = {
    ("GET", "planning.preview"): Row(questionnaire),
    ("GET", "planning.new_round"): Row(partnership),
    ("POST", "planning.open_round"): Row(partnership, 422),
}

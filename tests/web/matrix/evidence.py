"""What the coordinator alone gives."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, asked, evidence

ROWS: Rows = {
    ("GET", "evidence.sections"): Row(asked),
    ("GET", "evidence.section"): Row(evidence),
    ("POST", "evidence.save_section"): Row(evidence, 302),
}

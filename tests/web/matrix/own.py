"""Own sessions, of whoever is signed in. A session’s number stands in the form: another’s is not ended by it."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows

ROWS: Rows = {
    ("GET", "own.account"): Row(),
    ("POST", "own.end"): Row(ok=302, form={"session": "999"}),
    ("POST", "own.end_others"): Row(ok=302),
}

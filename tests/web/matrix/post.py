"""Letters of a round, and a demonstration’s outbox."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, invited, open_round

ROWS: Rows = {
    ("POST", "post.send_invitations"): Row(open_round, 302),
    ("POST", "post.remind"): Row(open_round, 302),
    ("POST", "post.resend"): Row(invited, 409),
    ("GET", "post.outbox"): Row(),
}

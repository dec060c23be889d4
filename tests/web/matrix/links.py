"""Invitations’ links. Who has the link may use it."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, link

ROWS: Rows = {
    ("GET", "links.invitation"): Row(link),
    ("POST", "links.open_invitation"): Row(link, 302),
    ("GET", "links.overview"): Row(),
}

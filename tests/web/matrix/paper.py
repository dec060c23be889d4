"""Keying in a paper form: names of who is asked, never how far they are."""

from __future__ import annotations

from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, open_round


def form(_site: Installation, place: Place) -> Args:
    """The form of somebody who has not begun to answer."""
    return {
        "round_id": place.open.id,
        "invitation_id": place.invited[1].invitation.id,
        "questionnaire": "sample",
    }


ROWS: Rows = {
    ("GET", "paper.choose"): Row(open_round),
    ("POST", "paper.chosen"): Row(open_round, 422),
    ("GET", "paper.form"): Row(form),
    ("POST", "paper.save"): Row(form, 302, own={"coordinator": 422}),
    ("GET", "paper_files.choose"): Row(form),
    ("POST", "paper_files.read"): Row(form, 422),
}

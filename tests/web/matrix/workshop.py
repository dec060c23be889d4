"""A workshop on the questions of a closed round."""

from __future__ import annotations

from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, result


def question(site: Installation, place: Place) -> Args:
    """A question of the closed round."""
    return {**result(site, place), "question": "aim"}


ROWS: Rows = {
    ("GET", "workshop.show"): Row(result),
    ("GET", "workshop.show_question"): Row(question),
    ("POST", "workshop.settle"): Row(question, 302, {"level": "level-2", "seen": "0"}),
}

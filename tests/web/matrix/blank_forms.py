"""Paper forms to print: of what a partnership may ask and of what a round asks."""

from __future__ import annotations

from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, asked, partnership, questionnaire


def form(site: Installation, place: Place) -> Args:
    """A finished paper form of the partnership's."""
    return {**partnership(site, place), "job_id": site.jobs[f"{place.mark} form"]}


ROWS: Rows = {
    ("POST", "blank_forms.of_partnership"): Row(questionnaire, 302),
    ("POST", "blank_forms.of_round"): Row(asked, 302),
    ("GET", "blank_forms.show"): Row(form),
    ("GET", "blank_forms.download"): Row(form),
}

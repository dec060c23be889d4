"""A region’s support modules."""

from __future__ import annotations

from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, region


def module(site: Installation, place: Place) -> Args:
    """A module of the starter catalogue."""
    return {**region(site, place), "module": "governance-workshop"}


ROWS: Rows = {
    ("GET", "modules.show"): Row(region),
    ("GET", "modules.new"): Row(region),
    ("POST", "modules.add"): Row(region, 422),
    ("GET", "modules.edit"): Row(module),
    ("POST", "modules.change"): Row(module, 422),
    ("POST", "modules.retire"): Row(module, 302),
    ("POST", "modules.bring_back"): Row(module, 302),
}

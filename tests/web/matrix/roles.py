"""Who has a role in a partnership, and its audit log: for its coordinators and its chair."""

from __future__ import annotations

from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.admin import grant
from tests.web.matrix.row import Args, Row, Rows, partnership


def held(site: Installation, place: Place) -> Args:
    """The coordinator's grant, under the partnership."""
    return {**partnership(site, place), **grant(site, place)}


ROWS: Rows = {
    ("GET", "roles.people"): Row(partnership),
    ("GET", "roles.new_facilitator"): Row(partnership),
    ("POST", "roles.name_facilitator"): Row(partnership, 422),
    ("GET", "roles.new_reader"): Row(partnership),
    ("POST", "roles.name_reader"): Row(partnership, 422),
    ("GET", "roles.new_coordinator"): Row(partnership),
    ("POST", "roles.propose_coordinator"): Row(partnership, 422),
    ("GET", "roles.ask_end"): Row(held),
    ("POST", "roles.end_role"): Row(held, 409),
    ("GET", "roles.ask_confirm"): Row(held),
    ("POST", "roles.decide"): Row(held, 409, {"answer": "yes"}),
    ("GET", "roles.audit"): Row(partnership),
}

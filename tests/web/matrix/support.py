"""Support asked for, offered and requested by name."""

from __future__ import annotations

from a2p.store.outcome_tables import SupportWish
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, partnership, region


def kind(site: Installation, place: Place) -> Args:
    """A kind of wish."""
    return {**partnership(site, place), "kind": "ask"}


def wish(site: Installation, place: Place) -> Args:
    """A wish; of the own partnership, a new one each time."""
    if place is not site.site.own:
        return {**partnership(site, place), "wish_id": 1}
    with site.session() as session, session.begin():
        made = SupportWish(partnership_id=place.partnership.id, kind="ask", about="sample/purpose")
        session.add(made)
        session.flush()
        return {**partnership(site, place), "wish_id": made.id}


ROWS: Rows = {
    ("GET", "support.home"): Row(partnership),
    ("GET", "support.ask_new"): Row(kind),
    ("POST", "support.add"): Row(kind, 302, {"about": "sample/purpose", "note": "Please"}),
    ("POST", "support.withdraw"): Row(wish, 302),
    ("GET", "support.of_region"): Row(region),
}

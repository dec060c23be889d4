"""The workshops that were held on a round."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from a2p.rounds.workshops import Meeting, Named, add_workshop
from a2p.store.audit import SYSTEM
from a2p.store.outcome_tables import Workshop
from a2p.store.round_tables import Round
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, closed_round

GUEST = "guest@example.org"


def workshop(site: Installation, place: Place) -> Args:
    """A workshop on the closed round; the first to ask makes one in each partnership."""
    with site.session() as session, session.begin():
        for each in (site.site.own, site.site.foreign):
            if session.scalar(select(Workshop.id).where(Workshop.round_id == each.closed.id)) is None:
                meeting = Meeting(
                    date(2026, 1, 5), f"{each.mark} hall", attendees=(Named(f"{each.mark} guest", GUEST),)
                )
                add_workshop(session, session.get_one(Round, each.closed.id), meeting, SYSTEM)
        found = select(Workshop.id).where(Workshop.round_id == place.closed.id)
        return {**closed_round(site, place), "workshop_id": session.scalars(found).one()}


ROWS: Rows = {
    ("GET", "workshops.show"): Row(closed_round),
    ("GET", "workshops.new"): Row(closed_round),
    ("POST", "workshops.add"): Row(closed_round, 422),
    ("GET", "workshops.read"): Row(workshop),
    ("GET", "workshops.edit"): Row(workshop),
    ("POST", "workshops.send"): Row(workshop, 302, {"version": "draft"}),
    ("POST", "workshops.change"): Row(workshop, 422, {"place": "Another hall", "seen": "0"}),
}

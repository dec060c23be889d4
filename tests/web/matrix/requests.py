"""Answering requests for support."""

from __future__ import annotations

from sqlalchemy import select

from a2p.store.outcome_tables import SupportWish
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, region


def request(site: Installation, place: Place) -> Args:
    """A request of the partnership's; the first to ask makes one in each."""
    with site.session() as session, session.begin():
        found = select(SupportWish.id).where(SupportWish.kind == "request")
        for each in (site.site.own, site.site.foreign):
            if session.scalar(found.where(SupportWish.partnership_id == each.partnership.id)) is None:
                wish = SupportWish(partnership_id=each.partnership.id, kind="request", about="governance-workshop")
                wish.note = f"{each.mark} wish"
                session.add(wish)
        wish_id = session.scalars(found.where(SupportWish.partnership_id == place.partnership.id)).first()
        return {**region(site, place), "wish_id": wish_id}


ROWS: Rows = {
    ("GET", "requests.show"): Row(request),
    ("POST", "requests.reply"): Row(request, 422),
}

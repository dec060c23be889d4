"""Practitioner associates."""

from __future__ import annotations

from sqlalchemy import select, update

from a2p.store.base import now
from a2p.store.region_tables import Associate, Introduction
from a2p.store.tokens import token_hash
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, region

TOKEN = "a-link-to-an-associates-page"


def associate(site: Installation, place: Place) -> Args:
    """An associate who agreed; either region has one, whenever they are asked for. The own region's has the link."""
    with site.session() as session, session.begin():
        for each in (site.site.own, site.site.foreign):
            if session.scalar(select(Associate.id).where(Associate.region_id == each.region.id)) is None:
                session.add(
                    Associate(
                        region_id=each.region.id,
                        name=f"{each.mark} associate",
                        email=f"associate@{each.mark.lower()}.example.org",
                        days=3,
                        sections='["sample/purpose"]',
                        agreed=now(),
                        token_hash=token_hash(TOKEN) if each is site.site.own else None,
                    )
                )
        session.execute(update(Associate).values(withdrawn=None))
        found = select(Associate.id).where(Associate.region_id == place.region.id)
        return {**region(site, place), "associate_id": session.scalar(found), "token": TOKEN}


def introduced(site: Installation, place: Place) -> Args:
    """The own region's associate, who is to answer an introduction."""
    of = associate(site, place)
    with site.session() as session, session.begin():
        row = Introduction(
            region_id=place.region.id,
            section="sample/purpose",
            asker_id=place.partnership.id,
            associate_id=of["associate_id"],
        )
        session.add(row)
        session.flush()
        return {**of, "introduction_id": row.id}


ROWS: Rows = {
    ("GET", "associates.show"): Row(region),
    ("GET", "associates.new"): Row(region),
    ("POST", "associates.ask"): Row(region, 422),
    ("POST", "associates.send_again"): Row(associate, 302),
    ("POST", "associates.end"): Row(associate, 302),
    ("GET", "associates.lost"): Row(),
    ("POST", "associates.ask_link"): Row(form={"email": "somebody@example.org"}),
    ("GET", "associates.page"): Row(associate),
    ("POST", "associates.agree"): Row(associate, 422),
    ("POST", "associates.withdraw"): Row(associate, 200, own=dict.fromkeys(("respondent",), 200)),
    ("POST", "associates.answer"): Row(introduced, 302, {"answer": "yes"}),
}

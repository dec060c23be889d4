"""Releasing a closed round, and the mailed link of who confirms it."""

from __future__ import annotations

from a2p.store.outcome_tables import Release
from a2p.store.tokens import token_hash
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, closed_round


def audience(site: Installation, place: Place) -> Args:
    """An audience of the closed round."""
    return {**closed_round(site, place), "to": "region"}


def proposal(site: Installation, place: Place) -> Args:
    """A proposal that waits; of the own partnership, a new one each time."""
    if place is not site.site.own:
        return {**closed_round(site, place), "release_id": 1}
    return {**closed_round(site, place), "release_id": propose(site, place).id}


def link(site: Installation, place: Place) -> Args:
    """The token of a proposal’s mailed link."""
    return {"token": f"t{propose(site, place, token=True).id}"}


def lowerable(site: Installation, place: Place) -> Args:
    """An audience to which something is released."""
    if place is site.site.own:
        propose(site, place, state="confirmed")
    return audience(site, place)


def propose(site: Installation, place: Place, state: str = "proposed", *, token: bool = False) -> Release:
    """A release to the region, of everything."""
    with site.session() as session, session.begin():
        row = Release(
            partnership_id=place.partnership.id,
            round_id=place.closed.id,
            audience="region",
            level="4",
            reason="Asked",
            state="proposed",
            confirmer="Mona Board",
            confirmer_email="mona@example.org",
        )
        session.add(row)
        session.flush()
        if state != "proposed":
            row.state, row.decided = state, row.proposed.replace(year=2999)
        row.token_hash = token_hash(f"t{row.id}") if token else None
        session.flush()
        session.expunge(row)
    return row


YES = {"answer": "yes"}
ROWS: Rows = {
    ("GET", "releasing.home"): Row(closed_round),
    ("GET", "releasing.ask_propose"): Row(audience),
    ("POST", "releasing.propose"): Row(
        audience, 422, {"level": "2", "reason": "They asked", "confirmer": "nobody there"}
    ),
    ("POST", "releasing.take_back"): Row(proposal, 302),
    ("POST", "releasing.decide"): Row(proposal, 302, YES),
    ("GET", "releasing.ask_lower"): Row(lowerable),
    ("POST", "releasing.lower"): Row(lowerable, 302, {"level": "0", "reason": "Too much"}),
    ("GET", "releasing.link"): Row(link),
    ("POST", "releasing.decide_by_link"): Row(link, 200, YES),
}

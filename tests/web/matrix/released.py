"""What was released: to those who answered, to the region, to anybody."""

from __future__ import annotations

from a2p.rounds.closing import close_round
from a2p.store.outcome_tables import Release
from a2p.store.round_tables import Round
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, answer, closed_round, result


def release(site: Installation, place: Place, round_: Round, audience: str, level: str) -> None:
    """Release a round of the own partnership; the other’s stays as it is."""
    if place is not site.site.own:
        return
    with site.session() as session, session.begin():
        close_round(session, session.get_one(Round, round_.id))
        row = Release(
            partnership_id=place.partnership.id, round_id=round_.id, audience=audience, level=level, state="proposed"
        )
        session.add(row)
        session.flush()
        row.state, row.decided = "confirmed", row.proposed.replace(year=2999)


def own(site: Installation, place: Place) -> Args:
    """The first respondent’s round, closed and released to those who answered."""
    release(site, place, place.open, "respondents", "all")
    return answer(site, place)


def of_region(site: Installation, place: Place) -> Args:
    """The closed round’s result, released to the region whole."""
    release(site, place, place.closed, "region", "4")
    return result(site, place)


def of_public(site: Installation, place: Place) -> Args:
    """The closed round, released to the public."""
    release(site, place, place.closed, "public", "board")
    return closed_round(site, place)


ROWS: Rows = {
    ("GET", "released.own"): Row(own),
    ("GET", "released.region"): Row(closed_round),
    ("GET", "released.region_result"): Row(of_region),
    ("GET", "released.public"): Row(of_public),
}

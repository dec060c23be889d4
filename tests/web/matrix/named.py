"""Where each organisation stands in an open round, by name."""

from __future__ import annotations

from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, result
from tests.web.opened import make_open


def open_result(site: Installation, place: Place) -> Args:
    """The result of the closed round, which was an open one; so was the other partnership’s."""
    if place is site.site.own:
        with site.session() as session, session.begin():
            for each in (site.site.own, site.site.foreign):
                make_open(session, each.closed.id)
    return result(site, place)


ROWS: Rows = {
    ("GET", "named.show"): Row(open_result),
    ("GET", "named.as_csv"): Row(open_result),
}

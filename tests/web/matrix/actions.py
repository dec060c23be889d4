"""The actions of a round."""

from __future__ import annotations

from sqlalchemy import select

from a2p.rounds.actions import Plan, add_action
from a2p.store.audit import SYSTEM
from a2p.store.outcome_tables import ActionItem
from a2p.store.round_tables import Round
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, closed_round, partnership


def action(site: Installation, place: Place) -> Args:
    """An action of the closed round; the first to ask makes one in each partnership."""
    with site.session() as session, session.begin():
        for each in (site.site.own, site.site.foreign):
            if session.scalar(select(ActionItem.id).where(ActionItem.round_id == each.closed.id)) is None:
                add_action(session, session.get_one(Round, each.closed.id), Plan(f"{each.mark} deed"), SYSTEM)
        found = select(ActionItem.id).where(ActionItem.round_id == place.closed.id)
        return {**closed_round(site, place), "action_id": session.scalars(found).one()}


ROWS: Rows = {
    ("GET", "actions.show_all"): Row(partnership),
    ("GET", "actions.show"): Row(closed_round),
    ("GET", "actions.new"): Row(closed_round),
    ("POST", "actions.add"): Row(closed_round, 422),
    ("GET", "actions.read"): Row(action),
    ("GET", "actions.edit"): Row(action),
    ("POST", "actions.change"): Row(action, 409, {"what": "Another deed", "seen": "0", "status": "planned"}),
}

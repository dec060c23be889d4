"""A region with a snapshot of nine partnerships, two of which released by name, for tests of its documents."""

from __future__ import annotations

from sqlalchemy.orm import Session

from a2p.region.snapshot import Scope
from a2p.rounds import regional_snapshots
from a2p.store.audit import SYSTEM
from a2p.store.region_tables import Snapshot
from a2p.store.round_tables import Result
from tests.rounds.shire import CLOSED, DAY, Shire, many
from tests.site import Place


def with_snapshot(session: Session, own: Place) -> tuple[Snapshot, list[Result]]:
    """A snapshot of the region of `own`, and the results that it counts; the last two are released by name."""
    region, version = session.merge(own.region), session.merge(own.version)
    results = many(session, Shire(region, version), ["1"] * 7 + ["2"] * 2)
    scope = Scope(
        questionnaires=(version.questionnaire,), since=(CLOSED - 60 * DAY).date(), until=(CLOSED + 60 * DAY).date()
    )
    made = regional_snapshots.make(session, region, scope, "Spring", SYSTEM, at=CLOSED + 20 * DAY)
    return made, results

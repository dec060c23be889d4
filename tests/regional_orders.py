"""A region with a snapshot of nine partnerships, two of which released by name, for tests of its documents."""

from __future__ import annotations

from sqlalchemy.orm import Session

from a2p.region.snapshot import Scope
from a2p.rounds import regional_snapshots
from a2p.store.audit import SYSTEM
from a2p.store.region_tables import Snapshot
from a2p.store.round_tables import QuestionnaireVersion, Result
from a2p.store.tables import Region
from tests.rounds.shire import CLOSED, DAY, Shire, many
from tests.site import Place


def with_snapshot(session: Session, own: Place) -> tuple[Snapshot, list[Result]]:
    """A snapshot of the region of `own`, and the results that it counts; the last two are released by name."""
    region, version = session.merge(own.region), session.merge(own.version)
    results = many(session, Shire(region, version), ["1"] * 7 + ["2"] * 2)
    return snapshot_of(session, region, version, name="Spring"), results


def snapshot_of(session: Session, region: Region, *versions: QuestionnaireVersion, name: str) -> Snapshot:
    """A snapshot of what was asked in these versions."""
    asked = tuple(version.questionnaire for version in versions)
    scope = Scope(questionnaires=asked, since=(CLOSED - 60 * DAY).date(), until=(CLOSED + 60 * DAY).date())
    return regional_snapshots.make(session, region, scope, name, SYSTEM, at=CLOSED + 20 * DAY)

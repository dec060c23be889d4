"""A region's snapshots: what one would show, making it, and reading those there are.

What was shown before decides what may be shown now, so whoever makes one holds the region's row: two managers at once
are one after the other. A snapshot's rows never change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from a2p.region.ledger import History, Kept, Names
from a2p.region.make import Made, Wanted, make_snapshot
from a2p.region.snapshot import Scope
from a2p.region.snapshot import Snapshot as Document
from a2p.region.snapshot_file import read_snapshot, snapshot_hash, snapshot_json
from a2p.rounds.regional import gather_counted
from a2p.store.audit import Actor, record
from a2p.store.base import LONDON, now, table_of
from a2p.store.region_tables import Snapshot, SnapshotCohort, SnapshotMember
from a2p.store.tables import Installation, Partnership, Region

LONGEST_NAME = 120
_OF_A_PLACE = (" County Partnership", " Partnership")


class SnapshotRefused(Exception):
    """No snapshot was made; the text says why, to the programme manager."""


@dataclass(frozen=True, slots=True)
class Member:
    """A result that a snapshot counts, whose it is, and the level it was released at then."""

    result_id: int
    partnership_id: int
    level: int


def preview(session: Session, region: Region, scope: Scope, name: str = "", *, at: datetime | None = None) -> Made:
    """The snapshot that would be made at this moment. Nothing is kept, and nothing of it may be shown but how many
    are counted and what is withheld: figures that were shown belong in the ledger."""
    session.flush()
    history = history_of(session, region.id)
    earlier = {result for kept in history for each in kept for result in each.results}
    found = gather_counted(session, region.id, scope, earlier)
    wanted = Wanted(
        region=region.name,
        name=name,
        made=(at or now()).astimezone(LONDON).date(),
        scope=scope,
        partnerships=len(found.places),
        counted=found.counted,
        definitions=found.definitions,
        older=found.earlier,
        left_out=found.left_out,
        areas=_areas(session, {place.area for place in found.places}),
        demo=bool(session.scalar(select(Installation.demo))),
    )
    return make_snapshot(wanted, history, Names(found.named, found.whole))


def make(
    session: Session, region: Region, scope: Scope, name: str, by: Actor, *, at: datetime | None = None
) -> Snapshot:
    """Make a snapshot and keep it. SnapshotRefused for a name that is taken, empty or too long, and where nothing could
    be shown of it."""
    name = name.strip()
    hold_region(session, region)
    _refuse_name(session, region, name)
    made = preview(session, region, scope, name, at=at)
    if not made.shows_anything:
        raise SnapshotRefused(
            "No figure can be shown: too few partnerships are counted, or too much could be worked out"
        )
    kept = Snapshot(
        region_id=region.id,
        name=name,
        sha256=snapshot_hash(made.snapshot),
        document=snapshot_json(made.snapshot).decode(),
        made=at or now(),
        person_id=by.person_id,
    )
    session.add(kept)
    session.flush()
    _keep_members(session, kept, made)
    keep_in_the_ledger(session, kept, made.kept)
    detail: dict[str, str | int] = {"region": region.id, "counted": len(made.counted)}
    record(session, "made a snapshot", by=by, of=f"snapshot {kept.id}", detail=detail)
    return kept


def keep_in_the_ledger(session: Session, snapshot: Snapshot, kept: Sequence[Kept]) -> None:
    """Add to what was shown with a snapshot. The caller holds the region."""
    there = select(func.max(SnapshotCohort.position)).where(SnapshotCohort.snapshot_id == snapshot.id)
    first = (session.scalar(there) or 0) + 1
    rows = [
        {
            "snapshot_id": snapshot.id,
            "position": first + number,
            "questionnaire": each.questionnaire,
            "together": each.together,
            "shown": json.dumps({key: list(sections) for key, sections in each.shown.items()}),
            "results": json.dumps(each.results, separators=(",", ":")),
        }
        for number, each in enumerate(kept)
    ]
    if rows:
        session.execute(insert(table_of(SnapshotCohort)), rows)


def history_of(session: Session, region_id: int) -> History:
    """What was shown with each of the region's snapshots, the oldest first."""
    return tuple(kept for _, kept in dated_history(session, region_id))


def dated_history(session: Session, region_id: int) -> list[tuple[datetime, list[Kept]]]:
    """The same, with when each snapshot was made."""
    cohort = SnapshotCohort
    columns = (cohort.snapshot_id, Snapshot.made, cohort.questionnaire, cohort.together, cohort.shown, cohort.results)
    rows = session.execute(
        select(*columns)
        .join(Snapshot, Snapshot.id == cohort.snapshot_id)
        .where(Snapshot.region_id == region_id)
        .order_by(cohort.snapshot_id, cohort.position)
    )
    found: dict[int, tuple[datetime, list[Kept]]] = {}
    for snapshot_id, made, questionnaire, together, shown, results in rows:
        found.setdefault(snapshot_id, (made, []))[1].append(_kept(questionnaire, together, shown, results))
    return list(found.values())


@lru_cache(maxsize=8192)
def _kept(questionnaire: str, together: bool, shown: str, results: str) -> Kept:
    """A row of the ledger read back; it never changes."""
    groups = {key: tuple(sections) for key, sections in json.loads(shown).items()}
    return Kept(questionnaire=questionnaire, together=together, shown=groups, results=tuple(json.loads(results)))


def snapshots_of(session: Session, region_id: int) -> Sequence[Snapshot]:
    """The region's snapshots, the newest first; their documents are not read."""
    return session.scalars(
        select(Snapshot).where(Snapshot.region_id == region_id).order_by(Snapshot.made.desc(), Snapshot.id.desc())
    ).all()


def document_of(snapshot: Snapshot) -> Document:
    """The figures of a snapshot."""
    return _read(snapshot.sha256, snapshot.document)


@lru_cache(maxsize=32)
def _read(_digest: str, document: str) -> Document:
    return read_snapshot(document)


def members_of(session: Session, snapshot: Snapshot) -> tuple[Member, ...]:
    """What a snapshot counted, by the results' numbers. It is the site's alone, for comparing: never to be shown."""
    member = SnapshotMember
    rows = select(member.result_id, member.partnership_id, member.level).where(member.snapshot_id == snapshot.id)
    return tuple(Member(*row) for row in session.execute(rows.order_by(member.result_id)))


def hold_region(session: Session, region: Region) -> None:
    """Keep others from making snapshots of this region, or comparing them, until the commit."""
    session.flush()
    session.refresh(region, with_for_update=True)


def _refuse_name(session: Session, region: Region, name: str) -> None:
    if not name:
        raise SnapshotRefused("Give the snapshot a name")
    if len(name) > LONGEST_NAME:
        raise SnapshotRefused(f"The name must be {LONGEST_NAME} characters or fewer")
    taken = select(Snapshot.id).where(Snapshot.region_id == region.id, func.lower(Snapshot.name) == name.lower())
    if session.scalar(taken) is not None:
        raise SnapshotRefused("The region has a snapshot of this name already")


def _keep_members(session: Session, kept: Snapshot, made: Made) -> None:
    rows = [
        {
            "snapshot_id": kept.id,
            "region_id": kept.region_id,
            "result_id": each.result,
            "partnership_id": each.place.id,
            "level": each.level,
        }
        for each in made.counted
    ]
    session.execute(insert(table_of(SnapshotMember)), rows)


def _areas(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The names of county areas: of the partnership at the top, without what it is."""
    found = session.execute(select(Partnership.id, Partnership.name).where(Partnership.id.in_(ids)))
    return {id_: _area_name(name) for id_, name in found}


def _area_name(name: str) -> str:
    for ending in _OF_A_PLACE:
        name = name.removesuffix(ending)
    return name

"""A region's snapshots: what one would show, making it, reading those there are, and comparing two.

What was shown before decides what may be shown now, so whoever makes one holds the region's row: two managers at once
are one after the other, and so is a release by name. The rows of a snapshot and of a comparison never change.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import func, insert, select, true
from sqlalchemy.orm import Session

from a2p.region.between import Comparison, Side, compare
from a2p.region.cohort_view import CohortView, cohort_views
from a2p.region.ledger import History, Kept
from a2p.region.make import Made, Wanted, make_snapshot
from a2p.region.named import Naming, naming
from a2p.region.snapshot import Scope
from a2p.region.snapshot import Snapshot as Document
from a2p.region.snapshot_file import read_snapshot, snapshot_hash, snapshot_json
from a2p.rounds.region_lock import hold_region
from a2p.rounds.regional import counted_still, gather_counted, own_counted, spells_of
from a2p.rounds.regional_rounds import closed_rounds
from a2p.rounds.scores import write_missing_scores
from a2p.store.audit import Actor, record
from a2p.store.base import LONDON, now, table_of
from a2p.store.region_tables import Snapshot, SnapshotCohort, SnapshotComparison, SnapshotMember
from a2p.store.round_tables import QuestionnaireVersion, Result
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
    shown = shown_in(session, region.id, scope.questionnaires)
    earlier = {result for _, kept in shown for each in kept for result in each.results}
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
    return make_snapshot(wanted, _history(shown), naming(shown, found.spells).known)


def make(
    session: Session, region: Region, scope: Scope, name: str, by: Actor, *, at: datetime | None = None
) -> Snapshot:
    """Make a snapshot and keep it. SnapshotRefused for a name that is taken, empty or too long, and where nothing could
    be shown of it."""
    name = name.strip()
    hold_region(session, region)
    at = at or now()
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
        made=at,
        person_id=by.person_id,
    )
    session.add(kept)
    session.flush()
    _keep_members(session, kept, made)
    _keep_in_the_ledger(session, kept, made.kept)
    detail: dict[str, str | int] = {"region": region.id, "counted": len(made.counted)}
    record(session, "made a snapshot", by=by, of=f"snapshot {kept.id}", detail=detail)
    return kept


def compare_snapshots(
    session: Session, region: Region, earlier: Snapshot, later: Snapshot, by: Actor, *, at: datetime | None = None
) -> SnapshotComparison:
    """Two of the region's snapshots compared over the partnerships in both; made once, then the one that is there.
    SnapshotRefused for two that were not made in this order, and where no figure can be shown."""
    hold_region(session, region)
    at = at or now()
    if {earlier.region_id, later.region_id} != {region.id} or earlier.id >= later.id:
        raise SnapshotRefused("Choose an earlier and a later snapshot of this region")
    there = comparison_of(session, earlier, later)
    if there is not None:
        return there
    then, today = _side(session, earlier), _side(session, later)
    shown = shown_in(session, region.id)
    names = naming(shown, spells_of(closed_rounds(session, region.id))).known
    areas = _areas(session, {each.place.area for each in today.counted})
    made = compare(then, today, _history(shown), names, areas)
    if not made.kept:
        raise SnapshotRefused(
            "No figure can be compared: too few partnerships are in both, or too much could be worked out"
        )
    document = made.comparison.model_dump_json()
    kept = SnapshotComparison(
        region_id=region.id,
        earlier_id=earlier.id,
        later_id=later.id,
        sha256=sha256(document.encode()).hexdigest(),
        document=document,
        made=at,
        person_id=by.person_id,
    )
    session.add(kept)
    session.flush()
    _keep_in_the_ledger(session, kept, made.kept)
    detail: dict[str, str | int] = {"region": region.id, "with": f"snapshot {earlier.id}"}
    record(session, "compared a snapshot", by=by, of=f"snapshot {later.id}", detail=detail)
    return kept


def comparison_of(session: Session, earlier: Snapshot, later: Snapshot) -> SnapshotComparison | None:
    """The comparison of two snapshots, if it was made."""
    both = (SnapshotComparison.earlier_id == earlier.id) & (SnapshotComparison.later_id == later.id)
    return session.scalar(select(SnapshotComparison).where(both))


def compared_in(comparison: SnapshotComparison) -> Comparison:
    """The figures of a comparison."""
    return _read_comparison(comparison.sha256, comparison.document)


@lru_cache(maxsize=32)
def _read_comparison(_digest: str, document: str) -> Comparison:
    return Comparison.model_validate_json(document)


def _side(session: Session, snapshot: Snapshot) -> Side:
    """A snapshot with the results that it counts and that are still released: nobody is counted anew who took theirs
    back."""
    members = [each.result_id for each in members_of(session, snapshot)]
    return Side(document_of(snapshot), counted_still(session, snapshot.region_id, members))


def named_now(session: Session, region_id: int, questionnaires: Collection[str] | None = None) -> Naming:
    """What of the region's results may be shown by name at this moment, of some questionnaires or of all."""
    write_missing_scores(session)
    spells = spells_of(closed_rounds(session, region_id, questionnaires))
    return naming(shown_in(session, region_id, questionnaires), spells)


def level_by_name(session: Session, result: Result) -> int:
    """The level, from BY_NAME, at which a region may be shown a result by its partnership's name at this moment; 0
    where it isn't released so, and where it waits."""
    return _named_like(session, result).shown.get(result.id, 0)


def board_paper_shown(session: Session, result: Result) -> bool:
    """Whether the board paper of a result that is released to the public may be shown at this moment. It waits where,
    with the region's figures, it would tell of the few others that aren't named: never if no snapshot counted it."""
    counted = session.scalar(select(SnapshotMember.snapshot_id).where(SnapshotMember.result_id == result.id).limit(1))
    return counted is None or result.id in _named_like(session, result).public


def _named_like(session: Session, result: Result) -> Naming:
    """What may be shown by name of the results of the same questionnaire in the same region."""
    region_id = session.scalar(select(Partnership.region_id).where(Partnership.id == result.partnership_id)) or 0
    version = session.get_one(QuestionnaireVersion, result.version_id)
    return named_now(session, region_id, [version.questionnaire])


def _keep_in_the_ledger(session: Session, of: Snapshot | SnapshotComparison, kept: Iterable[Kept]) -> None:
    """Add what was shown. The caller holds the region."""
    which = "snapshot_id" if isinstance(of, Snapshot) else "comparison_id"
    rows = [
        {
            "region_id": of.region_id,
            "snapshot_id": None,
            "comparison_id": None,
            which: of.id,
            "made": of.made,
            "questionnaire": each.questionnaire,
            "together": each.together,
            "shown": json.dumps({key: list(sections) for key, sections in each.shown.items()}),
            "results": json.dumps(each.results, separators=(",", ":")),
        }
        for each in kept
    ]
    if rows:
        session.execute(insert(table_of(SnapshotCohort)), rows)


def shown_in(
    session: Session, region_id: int, questionnaires: Collection[str] | None = None
) -> list[tuple[datetime, list[Kept]]]:
    """The ledger: what was shown with each of the region's snapshots and comparisons, the oldest first, with the moment
    of it; of some questionnaires or of all."""
    cohort = SnapshotCohort
    these = true() if questionnaires is None else cohort.questionnaire.in_(questionnaires)
    columns = (cohort.snapshot_id, cohort.comparison_id, cohort.made)
    texts = (cohort.questionnaire, cohort.together, cohort.shown, cohort.results)
    rows = session.execute(select(*columns, *texts).where(cohort.region_id == region_id, these).order_by(cohort.id))
    found: dict[tuple[int | None, int | None], tuple[datetime, list[Kept]]] = {}
    for snapshot_id, comparison_id, made, *kept in rows:
        found.setdefault((snapshot_id, comparison_id), (made, []))[1].append(_kept(*kept))
    return list(found.values())


def _history(shown: Iterable[tuple[datetime, list[Kept]]]) -> History:
    return [kept for _, kept in shown]


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
    """The figures of a snapshot; read once a process, since they never change."""
    if snapshot.sha256 not in _documents:
        _documents[snapshot.sha256] = read_snapshot(snapshot.document)
    return _documents[snapshot.sha256]


_documents: dict[str, Document] = {}


@dataclass(frozen=True, slots=True)
class BesideOthers:
    """A result beside its cohort, in the newest snapshot of its region with its questionnaire, answered likewise."""

    snapshot: Snapshot
    views: tuple[CohortView, ...]


def beside_others(session: Session, result: Result) -> BesideOthers | None:
    """A partnership's own result beside its cohort, whatever it released; None where no snapshot has one."""
    region_id = session.scalar(select(Partnership.region_id).where(Partnership.id == result.partnership_id)) or 0
    own = None
    for snapshot in snapshots_of(session, region_id):
        own = own or own_counted(session, result)
        views = cohort_views(document_of(snapshot), own)
        if views:
            return BesideOthers(snapshot, views)
    return None


def members_of(session: Session, snapshot: Snapshot) -> tuple[Member, ...]:
    """What a snapshot counted, by the results' numbers. It is the site's alone, for comparing: never to be shown."""
    member = SnapshotMember
    rows = select(member.result_id, member.partnership_id, member.level).where(member.snapshot_id == snapshot.id)
    return tuple(Member(*row) for row in session.execute(rows.order_by(member.result_id)))


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

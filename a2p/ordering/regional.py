"""Documents of a region's snapshot: who may have them, what they are made from, and the rows of their jobs.

Figures of groups stand in the snapshot for good. What is shown by name is read when a document is ordered, made and
taken: a partnership that takes its release back is in none that is given out from then on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Action, Decision, Facts, decide
from a2p.access.sessions import principal_of_person
from a2p.definition.model import Questionnaire
from a2p.documents import regional_material as material
from a2p.documents.order import Order, order_from_json
from a2p.documents.regional_material import RegionalMaterial
from a2p.ordering.orders import UNFINISHED, file_of
from a2p.region.counted import Place
from a2p.region.snapshot import Snapshot as Document
from a2p.rounds.blanking import delete_jobs
from a2p.rounds.regional_names import ByName, NamedResult, shown_by_name
from a2p.rounds.regional_rounds import places_of
from a2p.rounds.regional_snapshots import document_of
from a2p.rounds.regional_take_up import over_time, stages
from a2p.rounds.support import wishes_in
from a2p.scoring.bands import bands_of
from a2p.store.base import now, today
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.region_tables import Snapshot
from a2p.store.round_tables import Job

PERIODS = 12
"""Quarters of the calendar whose take-up is told."""


def may_have(session: Session, person_id: int | None, snapshot: Snapshot) -> bool:
    """Whether a person may have documents of a snapshot today: a programme manager of its region."""
    if person_id is None:
        return False
    principal = principal_of_person(session, person_id)
    return decide(principal, Action.MAKE_REGIONAL, Facts(region_id=snapshot.region_id), today()) is Decision.ALLOWED


def gather_regional(session: Session, snapshot: Snapshot) -> RegionalMaterial:
    """All that a snapshot's documents are made from, as things stand now."""
    document = document_of(snapshot)
    places = {place.id: place for place in places_of(session, snapshot.region_id, document.scope.since)}
    asked = _asked(session, document)
    by_name = shown_by_name(session, snapshot.region_id, document.scope)
    return RegionalMaterial(
        snapshot=document,
        asked=tuple(definition.title for definition in asked),
        take_up=tuple(_take_up(session, snapshot.region_id, places, asked)),
        periods=_periods(session, snapshot.region_id, document.made),
        sections=tuple(_sections(session, snapshot.region_id, asked)),
        named=tuple(_named(by_name, asked, places)),
        themes=tuple(material.Theme(placed(each.place, places), each.round, each.text) for each in by_name.words),
    )


def order_regional(session: Session, snapshot: Snapshot, order: Order, person_id: int, documents: Path) -> Job:
    """The job of a snapshot's document. It is done at once if the file is there already; the same person's job of the
    same document is used again, unless it failed or was cancelled. The caller has asked `may_have`."""
    digest = gather_regional(session, snapshot).digest(order)
    file = file_of(digest, order)
    made = (documents / file).is_file()
    kept = session.scalar(
        select(Job)
        .where(Job.digest == digest, Job.snapshot_id == snapshot.id, Job.person_id == person_id)
        .where(Job.batch_id.is_(None), Job.state.in_(("done",) if made else UNFINISHED))
        .order_by(Job.id.desc())
    )
    if kept is not None:
        return kept
    job = Job(snapshot_id=snapshot.id, person_id=person_id, kind=order.kind, options=order.to_json(), digest=digest)
    if made:
        job.state, job.file, job.finished = "done", file, now()
    session.add(job)
    session.flush()
    return job


def is_current(session: Session, job: Job) -> bool:
    """Whether a finished document would still be made of the same. One that names nobody stays what it was: a snapshot
    doesn't change, and the rest of it are counts."""
    order = order_from_json(job.options)
    if not order.names:
        return True
    snapshot = session.get_one(Snapshot, job.snapshot_id)
    return gather_regional(session, snapshot).digest(order) == job.digest


def forget_outdated(session: Session, snapshot: Snapshot) -> tuple[str, ...]:
    """Delete the jobs of documents with names that would no longer be made of the same; returns the files that are
    nobody's then, to be removed once this is committed."""
    done = session.scalars(select(Job).where(Job.snapshot_id == snapshot.id, Job.state == "done")).all()
    named = [(job, order) for job in done if (order := order_from_json(job.options)).names]
    if not named:
        return ()
    now_made = gather_regional(session, snapshot)
    return delete_jobs(session, Job.id.in_([job.id for job, order in named if now_made.digest(order) != job.digest]))


def _asked(session: Session, document: Document) -> list[Questionnaire]:
    """The questionnaires in the snapshot's scope, in its order, of which a version is still offered."""
    offered = {version.questionnaire: version for version in newest_versions(session)}
    return [definition_of(offered[each]) for each in document.scope.questionnaires if each in offered]


def _take_up(
    session: Session, region_id: int, places: Mapping[int, Place], asked: list[Questionnaire]
) -> Iterator[material.TakeUp]:
    found = stages(session, region_id)
    for place in places.values():
        how_far = tuple(_stage(found.get((place.id, each.questionnaire)), place, each) for each in asked)
        yield material.TakeUp(placed(place, places), how_far)


def _stage(found: material.Stage | None, place: Place, asked: Questionnaire) -> material.Stage:
    if found is not None:
        return found
    return "none" if place.kind in asked.kinds else "not-for"


WAITS = "with the region’s figures it would tell of the few that are not named"


def _named(by_name: ByName, asked: list[Questionnaire], places: Mapping[int, Place]) -> Iterator[material.NamedTable]:
    """A table for each questionnaire, apart and together, of those who released by name; in the words of its newest
    version. A result of a version with other bands keeps its score, among the newest one's."""
    for definition in asked:
        sections = [section for section in definition.sections if not section.is_facts]
        for together in (False, True):
            ours = [
                each
                for each in by_name.results
                if each.questionnaire == definition.questionnaire and each.together == together
            ]
            rows = tuple(
                material.NamedRow(placed(each.place, places), tuple(_score(each, section.id) for section in sections))
                for each in ours
            )
            titles = tuple(section.title for section in sections)
            yield material.NamedTable(definition.title, together, titles, bands_of(definition), rows)


def _score(of: NamedResult, section: str) -> material.NamedScore | None:
    if of.waits:
        return material.NamedScore(None, None, WAITS)
    found = next((each for each in of.sections if each.id == section), None)
    return material.NamedScore(found.score, found.band) if found else None


def placed(place: Place, places: Mapping[int, Place]) -> material.Place:
    """A partnership as documents name it, with the name of its county area."""
    return material.Place(place.name, place.kind, places[place.area].name if place.area in places else place.name)


def _periods(session: Session, region_id: int, made: date) -> tuple[material.Period, ...]:
    """The last quarters that had begun when the snapshot was made."""
    begun = [each for each in over_time(session, region_id, "quarter") if each.first <= made]
    return tuple(
        material.Period(_quarter(each.first), each.counts.closed, each.counts.released) for each in begun[-PERIODS:]
    )


def _quarter(first: date) -> str:
    return f"{first:%B} to {date(first.year, first.month + 2, 1):%B %Y}"


def _sections(session: Session, region_id: int, asked: list[Questionnaire]) -> Iterator[material.Asked]:
    """Asks and offers of the sections in scope, in the questionnaires' order."""
    wishes = Counter((named.wish.kind, named.wish.about) for named in wishes_in(session, region_id))
    for definition in asked:
        for section in definition.sections:
            about = f"{definition.questionnaire}/{section.id}"
            asks, offers = wishes["ask", about], wishes["offer", about]
            if asks or offers:
                yield material.Asked(definition.title, section.title, asks, offers)

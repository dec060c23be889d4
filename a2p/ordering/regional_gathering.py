"""What a region's documents are made from, as things stand: a snapshot, and beside it what is released by name now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.model import Questionnaire
from a2p.documents import regional_material as material
from a2p.documents.language import ENGLISH, speaking
from a2p.documents.next_steps import FORMATS
from a2p.documents.regional_change import change_of
from a2p.documents.regional_material import RegionalMaterial
from a2p.documents.regional_words import months
from a2p.region.counted import Place
from a2p.region.demand import Demand
from a2p.region.snapshot import Snapshot as Document
from a2p.rounds.regional_names import ByName, NamedResult, shown_by_name
from a2p.rounds.regional_rounds import places_of
from a2p.rounds.regional_snapshots import compared_in, document_of
from a2p.rounds.regional_take_up import over_time, stages
from a2p.rounds.support import wishes_in
from a2p.rounds.support_demand import demand_of
from a2p.scoring.bands import bands_of
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.region_tables import Snapshot, SnapshotComparison
from a2p.store.round_tables import QuestionnaireVersion

PERIODS = 12
"""Quarters of the calendar whose take-up is told."""
WAITS = "with the region’s figures it would tell of the few that are not named"


def gather_regional(session: Session, snapshot: Snapshot) -> RegionalMaterial:
    """All that a snapshot's documents are made from, as things stand now; what is put in words here is in the language
    of its questionnaires."""
    document = document_of(snapshot)
    asked = _asked(session, document)
    language = _language(session, document, asked)
    with speaking(language):
        return replace(_gathered(session, snapshot, document, asked), language=language)


def _gathered(session: Session, snapshot: Snapshot, document: Document, asked: list[Questionnaire]) -> RegionalMaterial:
    places = {place.id: place for place in places_of(session, snapshot.region_id, document.scope.since)}
    by_name = shown_by_name(session, snapshot.region_id, document.scope)
    return RegionalMaterial(
        snapshot=document,
        asked=tuple(definition.title for definition in asked),
        take_up=tuple(_take_up(session, snapshot.region_id, places, asked)),
        periods=_periods(session, snapshot.region_id, document.made),
        sections=tuple(_sections(session, snapshot.region_id, asked)),
        demand=tuple(_demand(session, snapshot)),
        change=_change(session, snapshot),
        named=tuple(named_tables(by_name, asked, places)),
        themes=tuple(material.Theme(placed(each.place, places), each.round, each.text) for each in by_name.words),
    )


def _asked(session: Session, document: Document) -> list[Questionnaire]:
    """The questionnaires in the snapshot's scope, in its order, of which a version is still offered."""
    offered = {version.questionnaire: version for version in newest_versions(session)}
    return [definition_of(offered[each]) for each in document.scope.questionnaires if each in offered]


def _language(session: Session, document: Document, asked: Sequence[Questionnaire]) -> str:
    """That of all texts that are printed: of the questionnaires as they are offered, and as they are counted."""
    of_scope = select(QuestionnaireVersion).where(
        QuestionnaireVersion.questionnaire.in_(document.scope.questionnaires),
        QuestionnaireVersion.overlay_sha256 == "",
    )
    counted = {(picture.questionnaire, picture.version) for picture in document.pictures}
    versions = [row for row in session.scalars(of_scope) if (row.questionnaire, row.version) in counted]
    found = {definition.language for definition in (*asked, *map(definition_of, versions))}
    return found.pop() if len(found) == 1 else ENGLISH


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


def named_tables(
    by_name: ByName, asked: Sequence[Questionnaire], places: Mapping[int, Place]
) -> Iterator[material.NamedTable]:
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
                material.NamedRow(
                    placed(each.place, places), tuple(_score(each, section.id) for section in sections), each.closed
                )
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
    return months(first, date(first.year, first.month + 2, 1))


def _sections(session: Session, region_id: int, asked: list[Questionnaire]) -> Iterator[material.Asked]:
    """Asks and offers of the sections in scope, in the questionnaires' order."""
    wishes = Counter((named.wish.kind, named.wish.about) for named in wishes_in(session, region_id))
    for definition in asked:
        for section in definition.sections:
            about = f"{definition.questionnaire}/{section.id}"
            asks, offers = wishes["ask", about], wishes["offer", about]
            if asks or offers:
                yield material.Asked(definition.title, section.title, asks, offers)


def _demand(session: Session, snapshot: Snapshot) -> Iterator[material.Demand]:
    """The modules in order of need, with the names of those in need, where they may be named, by name."""
    for each in demand_of(session, snapshot.region_id, snapshot).modules:
        yield _needed(each)


def _needed(of: Demand) -> material.Demand:
    return material.Demand(
        title=of.module.title,
        format=FORMATS[of.module.format],
        length=of.module.length,
        below_half=of.below,
        wide=of.wide,
        gaps=of.gaps,
        asks=len(of.asks),
        requests=len(of.requests),
        invite=tuple(sorted((need.place.name for need in of.invite), key=str.casefold)),
        unnamed=of.unnamed,
    )


def _change(session: Session, snapshot: Snapshot) -> material.Change | None:
    """Since the newest earlier snapshot that it was compared with."""
    compared = select(SnapshotComparison).where(SnapshotComparison.later_id == snapshot.id)
    newest = session.scalar(compared.order_by(SnapshotComparison.earlier_id.desc()).limit(1))
    return change_of(compared_in(newest)) if newest else None

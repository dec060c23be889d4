"""What a region's documents are made from, as things stand: a snapshot, and beside it what is released by name now."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.catalogue import support_modules
from a2p.definition.model import Questionnaire
from a2p.definition.support import Module
from a2p.documents import regional_material as material
from a2p.documents.regional_change import change_of
from a2p.documents.regional_material import RegionalMaterial
from a2p.region.counted import Counted, Place
from a2p.region.demand import Demand, Wish, WishKind, demand
from a2p.region.snapshot import Snapshot as Document
from a2p.rounds.regional import counted_still
from a2p.rounds.regional_names import ByName, NamedResult, shown_by_name
from a2p.rounds.regional_rounds import places_of
from a2p.rounds.regional_snapshots import compared_in, document_of
from a2p.rounds.regional_take_up import over_time, stages
from a2p.rounds.support import wishes_in
from a2p.scoring.bands import bands_of
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.region_tables import Snapshot, SnapshotComparison, SupportModule

PERIODS = 12
"""Quarters of the calendar whose take-up is told."""
WAITS = "with the region’s figures it would tell of the few that are not named"


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
        demand=tuple(_demand(session, snapshot, document, by_name)),
        change=_change(session, snapshot),
        named=tuple(_named(by_name, asked, places)),
        themes=tuple(material.Theme(placed(each.place, places), each.round, each.text) for each in by_name.words),
    )


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


def _demand(session: Session, snapshot: Snapshot, document: Document, by_name: ByName) -> Iterator[material.Demand]:
    """The modules in order of need, with the names of those in need, where they may be named, by name."""
    everybody = {place.id: place for place in places_of(session, snapshot.region_id, date.min)}
    wishes = [
        Wish(everybody[each.partnership.id], cast("WishKind", each.wish.kind), each.wish.about)
        for each in wishes_in(session, snapshot.region_id)
    ]
    modules = _modules(session, snapshot.region_id)
    for each in demand(modules, document, _counted(session, snapshot.region_id, by_name), wishes):
        yield _needed(each)


def _counted(session: Session, region_id: int, by_name: ByName) -> list[Counted]:
    """What is shown by name, with no more of its figures than that lets out."""
    shown = {each.result: each for each in by_name.results if not each.waits}
    found = counted_still(session, region_id, shown)
    return [replace(each, sections=shown[each.result].sections) for each in found]


def _needed(of: Demand) -> material.Demand:
    return material.Demand(
        title=of.module.title,
        format=of.module.format.replace("-", " ").capitalize(),
        length=of.module.length,
        below_half=of.below,
        wide=of.wide,
        gaps=of.gaps,
        asks=len(of.asks),
        requests=len(of.requests),
        invite=tuple(sorted((need.place.name for need in of.invite), key=str.casefold)),
        unnamed=of.unnamed,
    )


def _modules(session: Session, region_id: int) -> tuple[Module, ...]:
    """The region's own modules, or the catalogue's where it has none yet."""
    own = select(SupportModule).where(SupportModule.region_id == region_id).order_by(SupportModule.id)
    rows = session.scalars(own).all()
    if not rows:
        return support_modules()
    return tuple(
        Module.model_validate(
            {
                "id": row.key,
                "title": row.title,
                "summary": row.summary,
                "format": row.format,
                "length": row.length,
                "serves": tuple(json.loads(row.serves)),
            }
        )
        for row in rows
        if row.retired is None
    )


def _change(session: Session, snapshot: Snapshot) -> material.Change | None:
    """Since the newest earlier snapshot that it was compared with."""
    compared = select(SnapshotComparison).where(SnapshotComparison.later_id == snapshot.id)
    newest = session.scalar(compared.order_by(SnapshotComparison.earlier_id.desc()).limit(1))
    return change_of(compared_in(newest)) if newest else None

"""County and districts, both ends: one questionnaire as a county's partnership and those of its districts see it.

It shows the region's team what is released to them by name anyway, question scores, laid beside one another. So saying
yes to it takes one person, as lowering a release does, and not two: nothing more is let out by it, and the release
itself took two. Without a yes, or after a no, a partnership is not in it; one refusal leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.definition.model import Questionnaire
from a2p.region.counted import QUESTIONS_BY_NAME, Place
from a2p.region.snapshot import Scope
from a2p.rounds.regional import question_rows
from a2p.rounds.regional_names import NamedResult, shown_by_name
from a2p.rounds.regional_rounds import places_of
from a2p.store.audit import Actor, record
from a2p.store.base import today
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.outcome_tables import BothEnds
from a2p.store.tables import Partnership

OF_BOTH = frozenset({"county", "district"})


class Ends(StrEnum):
    """How a partnership stands towards being shown so."""

    SHOWN = "shown"
    NOT_AGREED = "not agreed"
    NOT_RELEASED = "not released"
    """It has agreed, and no question scores of a round of the last two years are released by name."""
    WAITS = "waits"
    """They are released and not shown yet: with the region's figures they would tell of the few who aren't named."""


@dataclass(frozen=True, slots=True)
class End:
    """A partnership of a county area. Only where it is SHOWN has it scores, by question, of the round that `closed` on
    a day."""

    place: Place
    state: Ends
    scores: Mapping[str, Fraction]
    closed: date | None = None
    together: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A county's partnership with those of its districts, by name. Nothing is set side by side unless the county and a
    district at least are shown."""

    county: End
    districts: tuple[End, ...]

    @property
    def shown(self) -> tuple[End, ...]:
        """Those with figures, the county first; nobody where there are not both ends."""
        districts = tuple(each for each in self.districts if each.state is Ends.SHOWN)
        return (self.county, *districts) if districts and self.county.state is Ends.SHOWN else ()


def of_both_ends(session: Session) -> list[Questionnaire]:
    """The questionnaires that are made for counties and districts alone, by title."""
    found = [definition_of(version) for version in newest_versions(session)]
    return sorted((each for each in found if frozenset(each.kinds) == OF_BOTH), key=lambda each: each.title)


def takes_part(session: Session, partnership_id: int) -> bool:
    """Whether a partnership agreed to be shown so."""
    newest = select(BothEnds.agreed).where(BothEnds.partnership_id == partnership_id).order_by(BothEnds.id.desc())
    return bool(session.scalar(newest.limit(1)))


def answer(session: Session, partnership: Partnership, by: Actor, *, agreed: bool) -> None:
    """Say yes or no to it; the same again changes nothing. It acts at the next look."""
    session.refresh(partnership, with_for_update={"of": Partnership})
    if takes_part(session, partnership.id) == agreed:
        return
    session.add(BothEnds(partnership_id=partnership.id, agreed=agreed, person_id=by.person_id))
    done = "agreed to both ends" if agreed else "refused both ends"
    record(session, done, by=by, of=f"partnership {partnership.id}", partnership_id=partnership.id)


def areas(session: Session, region_id: int, questionnaire: str) -> tuple[Area, ...]:
    """Every county of a region that has districts, by name, with how each partnership stands and its scores."""
    until = today()
    places = places_of(session, region_id, until)
    scope = Scope(questionnaires=(questionnaire,), since=until.replace(day=1, year=until.year - 2), until=until)
    newest: dict[int, NamedResult] = {}
    for each in shown_by_name(session, region_id, scope).results:
        if each.place.id not in newest or each.closed > newest[each.place.id].closed:
            newest[each.place.id] = each
    agreed = _agreed(session, region_id)
    ends = {place.id: _state(place, newest.get(place.id), agreed) for place in places}
    scores = question_rows(session, [newest[id_].result for id_, state in ends.items() if state is Ends.SHOWN])

    def end(place: Place) -> End:
        state, result = ends[place.id], newest.get(place.id)
        if state is not Ends.SHOWN or result is None:
            return End(place, state, {})
        return End(place, state, scores.get(result.result, {}), result.closed, result.together)

    return tuple(
        Area(end(county), tuple(end(each) for each in districts))
        for county in places
        if county.kind == "county" and (districts := _districts(places, county))
    )


def _districts(places: Sequence[Place], county: Place) -> list[Place]:
    return [each for each in places if each.kind == "district" and each.area == county.id]


def _state(place: Place, result: NamedResult | None, agreed: frozenset[int]) -> Ends:
    if place.id not in agreed:
        return Ends.NOT_AGREED
    if result is None:
        return Ends.NOT_RELEASED
    if result.waits:
        return Ends.WAITS
    return Ends.SHOWN if result.level >= QUESTIONS_BY_NAME else Ends.NOT_RELEASED


def _agreed(session: Session, region_id: int) -> frozenset[int]:
    newest = (
        select(func.max(BothEnds.id))
        .join(Partnership, Partnership.id == BothEnds.partnership_id)
        .where(Partnership.region_id == region_id)
        .group_by(BothEnds.partnership_id)
    )
    found = session.scalars(select(BothEnds.partnership_id).where(BothEnds.id.in_(newest), BothEnds.agreed))
    return frozenset(found)

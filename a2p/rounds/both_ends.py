"""County and districts, both ends: one questionnaire as a county's partnership and those of its districts see it.

It shows the region's team what is released to them by name anyway, question scores, laid beside one another. So saying
yes to that takes one person, as lowering a release does, and not two: nothing more is let out by it, and the release
itself took two. To the others of the county area it lets out more, so that takes two, as raising does: a coordinator
and the chair. Those who are in it see it, and nobody else of the area. Without a yes, or after a no, a partnership is
not in it; one refusal leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from a2p.definition.model import Questionnaire
from a2p.region.counted import QUESTIONS_BY_NAME, Place
from a2p.region.named import Spell, naming
from a2p.region.snapshot import Scope
from a2p.rounds.regional import question_rows
from a2p.rounds.regional_names import NamedResult, shown_by_name
from a2p.rounds.regional_rounds import places_of
from a2p.rounds.regional_snapshots import shown_in
from a2p.store.audit import Actor, record
from a2p.store.base import now, today
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.outcome_tables import BothEnds
from a2p.store.tables import Partnership

OF_BOTH = frozenset({"county", "district"})
OTHERS_TOLD = 2
"""The wording of the consent from which it says that the others of the county area who agreed see it too. Before, it
spoke of the region's team alone."""
BOTH_ROLES = ("chair", "coordinator")
"""Those who have to agree before the others see it."""


class Ends(StrEnum):
    """How a partnership stands towards being shown so."""

    SHOWN = "shown"
    NOT_AGREED = "not agreed"
    NOT_RELEASED = "not released"
    """It has agreed, and no question scores of a round of the last two years are released by name."""
    WAITS = "waits"
    """They are released and not shown yet: with the region's figures they would tell of the few who aren't named."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What a partnership agreed to: that the `region` is shown it; and who `said` so, by role and person, in the words
    that tell of the others of the county area."""

    region: bool = False
    said: frozenset[tuple[str, int | None]] = frozenset()

    @property
    def others(self) -> bool:
        """Whether the others of the area who agreed may see it too: two people said so, one of them as chair."""
        chairs, coordinators = ({who for role, who in self.said if role == each} for each in BOTH_ROLES)
        return any(one != other for one in chairs for other in coordinators)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The roles of which somebody has yet to say so."""
        there = {role for role, _ in self.said}
        return () if self.others else tuple(each for each in BOTH_ROLES if each not in there) or BOTH_ROLES

    def changes(self, by: Actor) -> bool:
        """Whether a yes of theirs is anything new."""
        return not self.region or (not self.others and (by.role, by.person_id) not in self.said)


NO_CONSENT = Consent()


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


@dataclass(frozen=True, slots=True)
class OwnArea:
    """How a partnership stands towards its county area; and only if it is SHOWN there, the area as it sees it."""

    own: Ends
    area: Area | None


def of_both_ends(session: Session) -> list[Questionnaire]:
    """The questionnaires that are made for counties and districts alone, by title."""
    found = [definition_of(version) for version in newest_versions(session)]
    return sorted((each for each in found if frozenset(each.kinds) == OF_BOTH), key=lambda each: each.title)


def consent_of(session: Session, partnership_id: int) -> Consent:
    """What a partnership agreed to, as it stands now."""
    return _consents(session, BothEnds.partnership_id == partnership_id).get(partnership_id, NO_CONSENT)


def answer(session: Session, partnership: Partnership, by: Actor, *, agreed: bool) -> None:
    """Say yes or no to it, in the words of now; the same again changes nothing. It acts at the next look."""
    session.refresh(partnership, with_for_update={"of": Partnership})
    consent = consent_of(session, partnership.id)
    if not consent.changes(by) if agreed else not consent.region:
        return
    session.add(
        BothEnds(
            partnership_id=partnership.id, agreed=agreed, person_id=by.person_id, role=by.role, wording=OTHERS_TOLD
        )
    )
    session.flush()
    done = "agreed to both ends" if agreed else "refused both ends"
    detail: dict[str, str | int] = {"wording": OTHERS_TOLD}
    record(session, done, by=by, of=f"partnership {partnership.id}", partnership_id=partnership.id, detail=detail)


def areas(session: Session, region_id: int, questionnaire: str) -> tuple[Area, ...]:
    """Every county of a region that has districts, by name, with how each partnership stands and its scores: as the
    region's team sees it."""
    places, newest = _released(session, region_id, questionnaire)
    agreed = {id_ for id_, each in _in_region(session, region_id).items() if each.region}
    return _laid_out(session, places, newest, {each.id: _state(each, newest.get(each.id), agreed) for each in places})


def own_area(session: Session, place: Partnership, questionnaire: str) -> OwnArea | None:
    """A partnership's county area as those who are in it see it; None where it is in none.

    The others saw fewer names than the region's team, so the region's figures could tell them more: who would leave one
    to four unnamed waits, whatever the region sees.
    """
    places, newest = _released(session, place.region_id, questionnaire)
    area = next((each.area for each in places if each.id == place.id), None)
    county = [each for each in places if each.id == area and each.kind == "county"]
    ours = county + (_districts(places, county[0]) if county else [])
    if len(ours) < 2 or place.id not in {each.id for each in ours}:
        return None
    agreed = {id_ for id_, each in _in_region(session, place.region_id).items() if each.others}
    states = {each.id: _state(each, newest.get(each.id), agreed) for each in ours}
    released = [newest[id_].result for id_, state in states.items() if state is Ends.SHOWN]
    named = naming(
        shown_in(session, place.region_id, {questionnaire}),
        [Spell(result, QUESTIONS_BY_NAME, now()) for result in released],
    ).shown
    for id_, state in states.items():
        if state is Ends.SHOWN and newest[id_].result not in named:
            states[id_] = Ends.WAITS
    own = states[place.id]
    return OwnArea(own, _laid_out(session, ours, newest, states)[0] if own is Ends.SHOWN else None)


def _released(session: Session, region_id: int, questionnaire: str) -> tuple[list[Place], dict[int, NamedResult]]:
    """A region's partnerships, and of each the newest result of the last two years that is released by name."""
    until = today()
    scope = Scope(questionnaires=(questionnaire,), since=until.replace(day=1, year=until.year - 2), until=until)
    newest: dict[int, NamedResult] = {}
    for each in shown_by_name(session, region_id, scope).results:
        if each.place.id not in newest or each.closed > newest[each.place.id].closed:
            newest[each.place.id] = each
    return places_of(session, region_id, until), newest


def _laid_out(
    session: Session, places: Sequence[Place], newest: Mapping[int, NamedResult], states: Mapping[int, Ends]
) -> tuple[Area, ...]:
    """The counties among these places that have districts, with the scores of those that are shown."""
    scores = question_rows(session, [newest[id_].result for id_, state in states.items() if state is Ends.SHOWN])

    def end(place: Place) -> End:
        state, result = states[place.id], newest.get(place.id)
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


def _state(place: Place, result: NamedResult | None, agreed: Collection[int]) -> Ends:
    if place.id not in agreed:
        return Ends.NOT_AGREED
    if result is None:
        return Ends.NOT_RELEASED
    if result.waits:
        return Ends.WAITS
    return Ends.SHOWN if result.level >= QUESTIONS_BY_NAME else Ends.NOT_RELEASED


def _in_region(session: Session, region_id: int) -> dict[int, Consent]:
    ours = select(Partnership.id).where(Partnership.region_id == region_id)
    return _consents(session, BothEnds.partnership_id.in_(ours))


def _consents(session: Session, those: ColumnElement[bool]) -> dict[int, Consent]:
    """What partnerships agreed to since they last said no, by number."""
    found: dict[int, Consent] = {}
    for row in session.scalars(select(BothEnds).where(those).order_by(BothEnds.id)):
        before = found.get(row.partnership_id, NO_CONSENT)
        said = {(row.role, row.person_id)} if row.wording >= OTHERS_TOLD else set()
        found[row.partnership_id] = Consent(True, before.said | said) if row.agreed else NO_CONSENT
    return found

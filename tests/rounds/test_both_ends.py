"""County and districts, both ends: who agreed and released question scores by name, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from a2p.rounds import both_ends, regional_snapshots
from a2p.rounds.both_ends import OTHERS_TOLD, Ends, consent_of
from a2p.store.audit import Actor
from a2p.store.letter_tables import AuditEvent
from a2p.store.outcome_tables import BothEnds
from a2p.store.round_tables import Round
from a2p.store.tables import Partnership, Person
from tests.rounds.shire import CLOSED, DAY, Shire, many, release, released, shire
from tests.rounds.shire import place as placed

BY = Actor(None, "coordinator")


@dataclass
class TwoTier:
    """A county of three districts, all of which released question scores by name and agreed to be shown."""

    session: Session
    of: Shire
    county: Partnership
    districts: list[Partnership]

    def say(self, place: Partnership, *, agreed: bool) -> None:
        both_ends.answer(self.session, place, BY, agreed=agreed)

    def agree_both(self, place: Partnership) -> None:
        """Its chair says yes, and a coordinator who is somebody else."""
        for role in ("chair", "coordinator"):
            both_ends.answer(self.session, place, self.somebody(role, place), agreed=True)

    def somebody(self, role: str, place: Partnership) -> Actor:
        email = f"{role}@{place.id}.example.org"
        person = self.session.scalar(select(Person).where(Person.email == email)) or Person(name=role, email=email)
        self.session.add(person)
        self.session.flush()
        return Actor(person.id, role)

    def seen_by(self, place: Partnership) -> list[str] | Ends:
        """What a partnership sees: the names, or how it stands itself where it sees nothing."""
        own = both_ends.own_area(self.session, place, self.of.questionnaire)
        assert own is not None
        return own.own if own.area is None else [end.place.name for end in own.area.shown]

    def shown(self) -> list[str]:
        (area,) = both_ends.areas(self.session, self.of.region.id, self.of.questionnaire)
        return [end.place.name for end in area.shown]

    def states(self) -> dict[str, Ends]:
        (area,) = both_ends.areas(self.session, self.of.region.id, self.of.questionnaire)
        return {end.place.name: end.state for end in (area.county, *area.districts)}


@pytest.fixture
def tiers(session: Session) -> TwoTier:
    of = shire(session)
    county = placed(session, of, "Shire", "county")
    districts = [placed(session, of, name, "district", county) for name in ("East", "Mid", "West")]
    found = TwoTier(session, of, county, districts)
    for number, each in enumerate((county, *districts)):
        released(session, of, each, "3", number)
        found.say(each, agreed=True)
    return found


def test_those_who_agreed_and_released_question_scores_stand_side_by_side(tiers: TwoTier) -> None:
    assert tiers.shown() == ["Shire", "East", "Mid", "West"]
    (area,) = both_ends.areas(tiers.session, tiers.of.region.id, tiers.of.questionnaire)
    assert area.county.scores["aim"] == 40
    assert area.county.closed == CLOSED.date()


def test_one_refusal_hides_that_district_alone(tiers: TwoTier) -> None:
    tiers.say(tiers.districts[1], agreed=False)
    assert tiers.shown() == ["Shire", "East", "West"]
    assert tiers.states()["Mid"] is Ends.NOT_AGREED


def test_without_the_county_nothing_is_side_by_side(tiers: TwoTier) -> None:
    tiers.say(tiers.county, agreed=False)
    assert tiers.shown() == []


def test_who_never_said_anything_has_not_agreed(tiers: TwoTier) -> None:
    new = placed(tiers.session, tiers.of, "North", "district", tiers.county)
    released(tiers.session, tiers.of, new, "4", 5)
    assert tiers.states()["North"] is Ends.NOT_AGREED
    assert not consent_of(tiers.session, new.id).region


def test_lowering_the_release_below_question_scores_acts_at_the_next_look(tiers: TwoTier) -> None:
    round_ = tiers.session.scalars(select(Round).where(Round.partnership_id == tiers.districts[0].id)).one()
    release(tiers.session, round_, "2", CLOSED + 40 * DAY, lowered=True)
    assert tiers.states()["East"] is Ends.NOT_RELEASED
    assert tiers.shown() == ["Shire", "Mid", "West"]


def test_a_name_that_waits_waits_here_too(tiers: TwoTier, session: Session) -> None:
    places = [placed(session, tiers.of, f"Late {n}", "district", tiers.county) for n in range(5)]
    rounds = [
        session.get_one(Round, released(session, tiers.of, each, "1", n).round_id) for n, each in enumerate(places)
    ]
    regional_snapshots.make(session, tiers.of.region, tiers.of.scope(), "Spring", BY, at=CLOSED + 20 * DAY)
    release(session, rounds[0], "3", CLOSED + 30 * DAY)
    tiers.say(places[0], agreed=True)
    assert tiers.states()["Late 0"] is Ends.WAITS


def test_each_answer_is_in_the_log_once(tiers: TwoTier, session: Session) -> None:
    tiers.say(tiers.county, agreed=False)
    tiers.say(tiers.county, agreed=False)
    said = select(AuditEvent.action).where(AuditEvent.partnership_id == tiers.county.id).order_by(AuditEvent.id)
    assert session.scalars(said).all() == ["agreed to both ends", "refused both ends"]


def test_a_county_without_districts_and_a_unitary_are_no_area(session: Session) -> None:
    of = shire(session)
    placed(session, of, "Alone", "county")
    many(session, of, ["3"] * 2, "unitary")
    assert both_ends.areas(session, of.region.id, of.questionnaire) == ()


def test_those_who_are_in_it_see_exactly_what_the_region_sees(tiers: TwoTier) -> None:
    for each in (tiers.county, *tiers.districts):
        tiers.agree_both(each)
    (area,) = both_ends.areas(tiers.session, tiers.of.region.id, tiers.of.questionnaire)
    for each in (tiers.county, *tiers.districts):
        own = both_ends.own_area(tiers.session, each, tiers.of.questionnaire)
        assert own is not None
        assert own.area == area


def test_one_yes_is_for_the_region_alone(tiers: TwoTier) -> None:
    for each in tiers.districts:
        tiers.agree_both(each)
    assert tiers.seen_by(tiers.county) is Ends.NOT_AGREED
    assert tiers.seen_by(tiers.districts[0]) == [], "without the county there is nothing to set side by side"
    assert tiers.shown() == ["Shire", "East", "Mid", "West"]


def test_two_people_agree_and_one_of_them_as_chair(tiers: TwoTier) -> None:
    north = placed(tiers.session, tiers.of, "North", "district", tiers.county)
    coordinator, chair = tiers.somebody("coordinator", north), tiers.somebody("chair", north)

    def agreed(*those: Actor) -> bool:
        both_ends.answer(tiers.session, north, BY, agreed=False)
        for by in those:
            both_ends.answer(tiers.session, north, by, agreed=True)
        return consent_of(tiers.session, north.id).others

    assert agreed(coordinator, chair)
    assert not agreed(coordinator, BY)
    assert not agreed(coordinator, Actor(coordinator.person_id, "chair"))
    assert consent_of(tiers.session, north.id).region


def test_what_was_agreed_for_the_region_alone_stays_for_the_region_alone(tiers: TwoTier) -> None:
    for each in (tiers.county, *tiers.districts):
        tiers.agree_both(each)
    east = tiers.districts[0]
    tiers.session.execute(update(BothEnds).where(BothEnds.partnership_id == east.id).values(wording=OTHERS_TOLD - 1))
    assert tiers.seen_by(east) is Ends.NOT_AGREED
    assert tiers.seen_by(tiers.county) == ["Shire", "Mid", "West"]
    assert tiers.shown() == ["Shire", "East", "Mid", "West"]
    tiers.agree_both(east)
    assert tiers.seen_by(east) == ["Shire", "East", "Mid", "West"]


def test_who_released_no_question_scores_sees_nothing_either(tiers: TwoTier) -> None:
    for each in (tiers.county, *tiers.districts):
        tiers.agree_both(each)
    round_ = tiers.session.scalars(select(Round).where(Round.partnership_id == tiers.districts[0].id)).one()
    release(tiers.session, round_, "2", CLOSED + 40 * DAY, lowered=True)
    assert tiers.seen_by(tiers.districts[0]) is Ends.NOT_RELEASED
    assert tiers.seen_by(tiers.county) == ["Shire", "Mid", "West"]


def test_one_no_takes_both_back_at_once(tiers: TwoTier) -> None:
    for each in (tiers.county, *tiers.districts):
        tiers.agree_both(each)
    tiers.say(tiers.districts[2], agreed=False)
    assert tiers.seen_by(tiers.districts[2]) is Ends.NOT_AGREED
    assert tiers.seen_by(tiers.county) == ["Shire", "East", "Mid"]


def test_who_would_leave_few_unnamed_in_a_figure_waits_for_the_others_though_the_region_sees_it(
    tiers: TwoTier, session: Session
) -> None:
    north = placed(session, tiers.of, "North", "district", tiers.county)
    released(session, tiers.of, north, "3", 5)
    tiers.say(north, agreed=True)
    for each in (tiers.county, *tiers.districts):
        tiers.agree_both(each)
    regional_snapshots.make(session, tiers.of.region, tiers.of.scope(), "Spring", BY, at=CLOSED + 20 * DAY)
    assert tiers.shown() == ["Shire", "East", "Mid", "North", "West"]
    assert tiers.seen_by(tiers.county) is Ends.WAITS, "of the five in the figures, North alone would be unnamed"
    tiers.agree_both(north)
    assert tiers.seen_by(tiers.county) == ["Shire", "East", "Mid", "North", "West"]


def test_a_unitary_is_in_no_area(tiers: TwoTier) -> None:
    alone = placed(tiers.session, tiers.of, "Alone", "unitary")
    assert both_ends.own_area(tiers.session, alone, tiers.of.questionnaire) is None

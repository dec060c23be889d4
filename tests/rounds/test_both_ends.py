"""County and districts, both ends: who agreed and released question scores by name, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds import both_ends, regional_snapshots
from a2p.rounds.both_ends import Ends, takes_part
from a2p.store.audit import Actor
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Round
from a2p.store.tables import Partnership
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
    assert not takes_part(tiers.session, new.id)


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

"""The region's calendar of rounds, and where one sector is asked by many at once; on each engine."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from a2p.rounds.calendar import SEVERAL, Crowd, Entry, by_month, calendar_of, crowds
from a2p.rounds.inviting import Invitee, invite, withdraw
from a2p.rounds.opening import RoundPlan, open_round
from a2p.store.base import today
from a2p.store.tables import Organisation, Partnership
from tests import site
from tests.site import Place


def monday() -> date:
    return today() + timedelta(days=7 - today().weekday())


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


def entry(name: str, opens: date, closes: date | None, *sectors: str) -> Entry:
    return Entry(Partnership(name=name), ("Aspire",), opens, closes, frozenset(sectors))


def test_only_rounds_of_the_region_that_take_answers_or_will_are_in_it(session: Session, place: Place) -> None:
    plan = RoundPlan("Next", [place.version], together=False, opens=date(2999, 1, 1))
    open_round(session, place.partnership, plan)
    found = calendar_of(session, place.region.id)
    assert [each.partnership for each in found] == [place.partnership] * 2
    assert found[1].opens == date(2999, 1, 1)
    place.open.closes = today() - timedelta(days=1)
    assert len(calendar_of(session, place.region.id)) == 1
    place.partnership.ended = today()
    assert calendar_of(session, place.region.id) == ()


def test_sectors_are_those_of_who_is_asked_or_before_that_of_the_partnership(session: Session, place: Place) -> None:
    session.add(Organisation(partnership_id=place.partnership.id, name="Zoo", sector="other-public"))
    plan = RoundPlan("Next", [place.version], together=False, opens=date(2999, 1, 1))
    planned = open_round(session, place.partnership, plan)
    five = {"police", "health", "fire", "education", "business"}
    assert [each.sectors for each in calendar_of(session, place.region.id)] == [five, five | {"other-public"}]
    first = invite(session, planned, Invitee("A", "Fenland police", "police")).invitation
    withdraw(session, invite(session, planned, Invitee("B", "Zoo", "other-public")).invitation)
    assert calendar_of(session, place.region.id)[1].sectors == {"police"}
    withdraw(session, first)


def test_a_round_stands_under_every_month_in_which_it_runs() -> None:
    first = (today().replace(day=1) + timedelta(days=63)).replace(day=10)
    long = entry("A", first, first + timedelta(days=31), "police")
    later = entry("B", first + timedelta(days=70), None)
    months = by_month([long, later])
    assert [[each.partnership.name for each in month.entries] for month in months][:3] == [["A"], ["A"], ["B"]]
    assert months[0].first == first.replace(day=1)
    assert by_month([]) == ()


def test_a_crowd_is_three_partnerships_asking_one_sector_in_one_week() -> None:
    three = [entry(name, monday(), monday() + timedelta(days=4), "police", "education") for name in "CAB"]
    assert crowds(three) == (Crowd("police", monday(), monday(), ("A", "B", "C")),)
    assert crowds(three[: SEVERAL - 1]) == ()
    assert crowds([*three[:2], three[0]]) == (), "one partnership with two rounds is one"


def test_weeks_alike_are_said_once_and_another_partnership_begins_anew() -> None:
    start, week = monday(), timedelta(days=7)
    rounds = [entry(name, start, start + 3 * week - timedelta(days=1), "fire") for name in "ABC"]
    rounds.append(entry("D", start + week, start + week, "fire"))
    found = crowds(rounds)
    assert [(each.first, each.last, len(each.partnerships)) for each in found] == [
        (start, start, 3),
        (start + week, start + week, 4),
        (start + 2 * week, start + 2 * week, 3),
    ]
    joined = crowds(rounds[:3])
    assert [(each.first, each.last) for each in joined] == [(start, start + 2 * week)]


def test_rounds_that_follow_one_another_are_no_crowd() -> None:
    start, week = monday(), timedelta(days=7)
    in_turn = [
        entry(name, start + n * week, start + n * week + timedelta(days=6), "health") for n, name in enumerate("ABC")
    ]
    assert crowds(in_turn) == ()

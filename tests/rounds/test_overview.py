"""A round at a glance, and the region's take-up: counts alone; on each engine."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from a2p.rounds import directory
from a2p.rounds.directory import Turnout, people_of
from a2p.rounds.inviting import withdraw
from a2p.rounds.opening import RoundPlan, Standing, open_round, remind_on
from a2p.rounds.overview import Next, Progress, SectorTurnout, by_sector, overview
from a2p.rounds.programme import A_PAGE, Sought, page_of, take_up
from a2p.store.base import now, today
from a2p.store.definitions import publish
from a2p.store.round_tables import InvitationQuestionnaire
from a2p.store.tables import Partnership
from tests import site
from tests.builders import definition
from tests.site import Place


@pytest.fixture
def place(session: Session) -> Place:
    return site.build(session).own


def next_of(session: Session, place: Place) -> Next:
    return overview(session, place.open).next


def test_what_is_next_follows_where_the_round_stands(session: Session, place: Place) -> None:
    empty = open_round(session, place.partnership, RoundPlan("Empty", [place.version], together=False))
    assert overview(session, empty).next is Next.INVITE
    assert next_of(session, place) is Next.CHASE
    for invited in place.invited:
        site.answer(session, invited.invitation, place.version, "Fenland")
    assert next_of(session, place) is Next.ALL_IN
    place.open.closes = today() - timedelta(days=1)
    assert next_of(session, place) is Next.CLOSE
    place.open.opened, place.open.closes = now() + timedelta(days=3), None
    assert next_of(session, place) is Next.WAIT
    assert overview(session, place.closed).next is Next.READ


def test_progress_counts_everybody_who_got_at_least_so_far(session: Session, place: Place) -> None:
    place.invited[1].invitation.opened = now()
    site.answer(session, place.invited[2].invitation, place.version, "Fenland")
    withdraw(session, place.invited[4].invitation)
    assert overview(session, place.open).progress == Progress(invited=4, opened=3, started=2, submitted=1)


def test_days_left_and_the_reminders_to_come(session: Session, place: Place) -> None:
    place.open.closes = today() + timedelta(days=8)
    remind_on(session, place.open, [today() - timedelta(days=2), today(), today() + timedelta(days=4)])
    seen = overview(session, place.open)
    assert (seen.standing, seen.days_left) == (Standing.OPEN, 8)
    assert seen.reminders == (today(), today() + timedelta(days=4))
    place.open.closes = None
    assert overview(session, place.open).days_left is None


def test_response_by_sector_counts_people_and_organisations(session: Session, place: Place) -> None:
    site.answer(session, place.invited[0].invitation, place.version, "Fenland")
    withdraw(session, place.invited[1].invitation)
    found = by_sector(people_of(session, place.open))
    assert [each.sector for each in found] == ["business", "education", "fire", "police"]
    assert found[3] == SectorTurnout("police", Turnout(1, 1, 1, 1))
    assert found[0] == SectorTurnout("business", Turnout(1, 0, 1, 0))


def test_the_region_sees_the_same_counts_as_the_coordinator_and_no_names(session: Session, place: Place) -> None:
    second = publish(session, definition(questionnaire="second"))
    both = open_round(session, place.partnership, RoundPlan("Both", [place.version, second], together=False))
    one, two, gone, *_ = site.five(session, both, "Fenland")
    site.answer(session, one.invitation, place.version, "Fenland")
    session.add(
        InvitationQuestionnaire(
            invitation_id=two.invitation.id,
            version_id=place.version.id,
            partnership_id=place.partnership.id,
            round_id=both.id,
        )
    )
    site.answer(session, two.invitation, place.version, "Fenland")
    withdraw(session, gone.invitation)
    session.expire_all()
    (listed,) = take_up(session, place.region.id)
    assert [seen.round for seen in listed.rounds] == directory.rounds_of(session, place.partnership)
    seen = next(each for each in listed.rounds if each.round == both)
    assert seen.turnout == Turnout(4, 1, 4, 1), "who was asked one of two questionnaires has submitted with that one"
    closed = next(each for each in listed.rounds if each.round == place.closed)
    assert closed.turnout == directory.turnout(people_of(session, place.closed))


def test_a_partnership_that_ended_stays_in_the_regions_list(session: Session, place: Place) -> None:
    place.partnership.ended = date(2026, 1, 1)
    assert [each.partnership for each in take_up(session, place.region.id)] == [place.partnership]


def test_partnerships_are_listed_a_page_at_a_time_by_name_kind_and_county(session: Session, place: Place) -> None:
    county = Partnership(region_id=place.region.id, name="Shire", kind="county")
    session.add(county)
    session.flush()
    session.add_all(
        Partnership(region_id=place.region.id, name=f"East {n:02}", kind="district", above_id=county.id)
        for n in range(A_PAGE + 2)
    )
    session.flush()
    first, last = page_of(session, place.region.id, Sought()), page_of(session, place.region.id, Sought(), page=7)
    assert (first.every, first.pages, last.page) == (A_PAGE + 4, 2, 2)
    assert (len(first.places), len(last.places)) == (A_PAGE, 4)
    assert page_of(session, place.region.id, Sought(name="eaST 0")).matching == 10
    assert page_of(session, place.region.id, Sought(kind="county")).places[0].partnership is county
    assert page_of(session, place.region.id, Sought(area=county.id)).matching == A_PAGE + 3

"""Take-up in a region is counted in partnerships, by questionnaire and over time; and what is due is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from a2p.rounds import regional_take_up
from a2p.rounds.regional_take_up import Counts, by_questionnaire, due, over_time
from a2p.store.round_tables import Invitation, Round, RoundQuestionnaire
from a2p.store.tables import Partnership
from tests.rounds.shire import Shire, closed_round, many, place, release, released, shire

TODAY = date(2026, 8, 10)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regional_take_up, "today", lambda: TODAY)


@pytest.fixture
def of(session: Session) -> Shire:
    return shire(session)


def moment(month: int, day: int = 15, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def open_round(
    session: Session, of: Shire, at: Partnership, opened: datetime, *, closes: date | None = None, invited: bool = True
) -> Round:
    """A round that is not closed."""
    made = Round(partnership_id=at.id, name="Open", together=False, opened=opened, closes=closes)
    session.add(made)
    session.flush()
    session.add(RoundQuestionnaire(round_id=made.id, version_id=of.version.id, partnership_id=at.id, position=0))
    if invited:
        session.add(Invitation(partnership_id=at.id, round_id=made.id, name="Ann"))
    session.flush()
    return made


def test_each_questionnaire_has_its_take_up_in_partnerships(session: Session, of: Shire) -> None:
    places = [place(session, of, f"Place {number}") for number in range(5)]
    place(session, of, "Forum", "local")
    place(session, of, "Ended").ended = date(2026, 1, 1)
    released(session, of, places[0])
    released(session, of, places[0], closed=moment(6))
    closed_round(session, of, places[1])
    open_round(session, of, places[2], moment(8, 1))
    open_round(session, of, places[3], moment(8, 1), invited=False)
    open_round(session, of, places[4], moment(9, 1))
    (sample,) = by_questionnaire(session, of.region.id)
    assert (sample.questionnaire, sample.title, sample.partnerships) == ("sample", "Sample", 5)
    assert sample.counts == Counts(invited=3, open=2, closed=2, released=1)


def test_themes_are_a_release_and_what_was_taken_back_is_none(session: Session, of: Shire) -> None:
    for level in ("T", "0"):
        round_ = closed_round(session, of, place(session, of, level))
        release(session, round_, "T")
        if level == "0":
            release(session, round_, "0", moment(4), lowered=True)
    (sample,) = by_questionnaire(session, of.region.id)
    assert sample.counts.released == 1


def test_quarters_run_from_the_first_round_until_today(session: Session, of: Shire) -> None:
    first = place(session, of, "First")
    round_ = closed_round(session, of, first, moment(11, 20, 2025))
    release(session, round_, "1", moment(1, 5))
    open_round(session, of, place(session, of, "Second"), moment(7, 1))
    open_round(session, of, place(session, of, "Planned"), moment(9, 1))
    found = over_time(session, of.region.id)
    assert [(each.first, each.last) for each in found] == [
        (date(2025, 10, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
    ]
    assert [each.counts for each in found] == [
        Counts(invited=1, open=1, closed=1, released=0),
        Counts(invited=0, open=0, closed=0, released=1),
        Counts(invited=0, open=0, closed=0, released=0),
        Counts(invited=1, open=1, closed=0, released=0),
    ]
    assert len(over_time(session, of.region.id, "month")) == 11
    assert over_time(session, of.region.id, "month", "another") == ()


def test_a_region_without_rounds_has_no_quarters(session: Session, of: Shire) -> None:
    assert over_time(session, of.region.id) == ()


def test_rounds_that_end_soon_are_due_the_first_first(session: Session, of: Shire) -> None:
    for name, closes in (("Late", -3), ("Soon", 14), ("Not yet", 15), ("Tomorrow", 1)):
        open_round(session, of, place(session, of, name), moment(8, 1), closes=TODAY + timedelta(days=closes))
    open_round(session, of, place(session, of, "Without a day"), moment(8, 1))
    found = due(session, of.region.id)
    assert [each.partnership for each in found.closing] == ["Late", "Tomorrow", "Soon"]
    assert (found.without, found.again) == ((), ())


def test_a_year_after_its_last_round_a_partnership_is_due_again(session: Session, of: Shire) -> None:
    for name, closed in (("A year", moment(8, 10, 2025)), ("Nearly", moment(9, 1, 2025)), ("Fresh", moment(6))):
        closed_round(session, of, place(session, of, name), closed)
    place(session, of, "Never")
    place(session, of, "Ended").ended = date(2026, 1, 1)
    busy = place(session, of, "Busy")
    closed_round(session, of, busy, moment(1, 1, 2024))
    open_round(session, of, busy, moment(9, 1))
    found = due(session, of.region.id)
    assert [(each.partnership, each.last_closed) for each in found.without] == [
        ("A year", date(2025, 8, 10)),
        ("Never", None),
    ]
    assert [(each.partnership, each.again) for each in found.again] == [("Nearly", date(2026, 9, 1))]


def test_it_takes_a_few_statements_for_any_number_of_partnerships(session: Session, of: Shire) -> None:
    many(session, of, ["1"] * 20)
    said: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: said.append(args[2]))
    by_questionnaire(session, of.region.id)
    over_time(session, of.region.id)
    due(session, of.region.id)
    assert len(said) <= 10
    assert not [each for each in said if "_score" in each or "answer" in each]

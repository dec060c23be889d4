"""The owner of an action is reminded: two weeks before its day, on the day, and two weeks after; never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from a2p.jobs.sweep import sweep
from a2p.store.base import today
from a2p.store.letter_tables import Letter
from a2p.store.outcome_tables import ActionItem
from tests.jobs.office import Office

DUE = date(2026, 6, 30)
OWNER = "sam@example.org"


def agreed(office: Office, **columns: Any) -> int:
    """An action of the own partnership's closed round."""
    own = office.built.own
    given = {"what": "Publish the aims", "owner": "Sam Pryce", "owner_email": OWNER, "due": DUE, **columns}
    with office.session() as session, session.begin():
        action = ActionItem(partnership_id=own.partnership.id, round_id=own.closed.id, **given)
        session.add(action)
    return action.id


def change(office: Office, action_id: int, **columns: Any) -> None:
    with office.session() as session, session.begin():
        for name, value in columns.items():
            setattr(session.get_one(ActionItem, action_id), name, value)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def written(office: Office) -> list[Letter]:
    return [letter for letter in office.letters() if letter.purpose == "action"]


@pytest.mark.parametrize(("after", "letters"), [(-15, 0), (-14, 1), (-13, 0), (0, 1), (1, 0), (14, 1), (15, 0)])
def test_reminders_go_on_three_days(office: Office, after: int, letters: int) -> None:
    agreed(office)
    for _ in range(2):
        sweep(office.engine, noon(DUE + timedelta(days=after)))
    assert [letter.address for letter in written(office)] == [OWNER] * letters


def test_nobody_is_reminded_before_nine_in_the_morning(office: Office) -> None:
    agreed(office)
    sweep(office.engine, datetime(2026, 6, 30, 7, 59, tzinfo=UTC))
    assert written(office) == []
    sweep(office.engine, datetime(2026, 6, 30, 8, 0, tzinfo=UTC))
    assert len(written(office)) == 1


@pytest.mark.parametrize("columns", [{"status": "done"}, {"status": "dropped"}, {"owner_email": ""}, {"due": None}])
def test_nobody_is_reminded_of_what_is_over_or_has_no_owner_or_day(office: Office, columns: dict[str, Any]) -> None:
    agreed(office, **columns)
    sweep(office.engine, noon(DUE))
    assert written(office) == []


def test_the_letter_says_what_by_when_and_whom_to_tell(office: Office) -> None:
    due = today() + timedelta(days=14)
    agreed(office, due=due, measure="They are on the website", what="Publish the <b>aims</b>")
    sweep(office.engine, noon(today()))
    office.postman.send_due()
    letter = office.box.letters[-1]
    assert letter["To"] == OWNER
    assert letter["Subject"] == "Fenland Partnership: your action is due in 14 days"
    assert letter["Reply-To"] == "fenland.coordinator@example.org"
    for said in ("Dear Sam Pryce,", "Publish the <b>aims</b>", "They are on the website", "Tell Fenland coordinator"):
        assert said in office.box.text


@pytest.mark.parametrize("columns", [{"status": "done"}, {"owner_email": "kim@example.org"}])
def test_a_letter_about_what_was_done_or_passed_on_meanwhile_is_not_sent(
    office: Office, columns: dict[str, str]
) -> None:
    action_id = agreed(office, due=today())
    sweep(office.engine, noon(today()))
    change(office, action_id, **columns)
    office.postman.send_due()
    assert office.box.letters == []
    assert written(office)[0].state == "cancelled"

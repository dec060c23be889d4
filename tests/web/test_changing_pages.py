"""Changing a round, calling it off, opening it again, and its results beside one another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from a2p.rounds.opening import reminder_days
from a2p.scoring.answers import Answer, State
from a2p.store.base import today
from a2p.store.round_tables import Round
from tests.web.answered import answer, close
from tests.web.client import one, parsed
from tests.web.test_planning_pages import typed
from tests.web.world import World

ROUND = "/rounds/1"
RESULTS = f"{ROUND}/results/sample"
SOON = today() + timedelta(days=9)


def words(text: str) -> str:
    return " ".join(text.split())


def reopen(world: World, reason: str = "The trust was left out.") -> None:
    client = world.coordinator()
    page = client.page(f"{ROUND}/reopen")
    client.follow(client.send(page, "Open the round again", reason=reason, **typed("closes", SOON)))


def test_the_last_day_reminders_and_message_are_changed(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{ROUND}/change")
    assert one(page, "#closes-year")["value"] == "2999"
    days = typed("closes", SOON) | typed("remind2", SOON - timedelta(days=1))
    after = client.follow(client.send(page, "Save the changes", message="Please do.", **days))
    assert "The round is changed" in after.get_text()
    with world.session() as session:
        changed = session.get_one(Round, 1)
        assert (changed.closes, changed.message) == (SOON, "Please do.")
        assert reminder_days(session, changed) == [SOON - timedelta(days=1)]


def test_once_somebody_has_answered_there_is_no_box_for_the_message_and_no_calling_off(world: World) -> None:
    answer(world, 1)
    client = world.coordinator()
    page = client.page(f"{ROUND}/change")
    assert not page.select("[name=message]")
    assert "Call the round off" not in page.get_text()
    assert "can’t be called off" in client.page(f"{ROUND}/call-off").get_text()
    client.follow(client.send(page, "Save the changes", **typed("closes", SOON)))


def test_a_message_sent_after_the_first_answer_is_refused_and_not_lost(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{ROUND}/change")
    answer(world, 1)
    late = client.send(page, "Save the changes", message="Now you tell us")
    assert "can’t be changed any more" in one(parsed(late, 422), ".govuk-error-summary").get_text()


def test_a_wrong_day_is_said_and_kept(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{ROUND}/change")
    wrong = parsed(client.send(page, "Save", **typed("closes", today() - timedelta(days=1))), 422)
    assert "The last day must be today or later" in one(wrong, ".govuk-error-summary").get_text()


def test_an_open_round_is_made_private(world: World) -> None:
    with world.session() as session, session.begin():
        session.get_one(Round, 1).attribution = "open"
    client = world.coordinator()
    client.follow(client.send(client.page(f"{ROUND}/change"), "Save the changes", private="yes"))
    with world.session() as session:
        assert session.get_one(Round, 1).attribution == "private"
    assert not client.page(f"{ROUND}/change").select("[name=private]")


def test_a_round_is_called_off_after_asking(world: World) -> None:
    client = world.coordinator()
    page = client.page(f"{ROUND}/call-off")
    after = client.follow(client.send(page, "Call the round off"))
    assert "Spring is called off" in after.get_text()
    assert client.get(ROUND).status_code == 404
    assert world.client().get(world.link).status_code == 404


def test_opening_again_needs_a_reason_and_a_last_day(world: World) -> None:
    close(world)
    client = world.coordinator()
    page = client.page(f"{ROUND}/reopen")
    wrong = one(parsed(client.send(page, "Open the round again"), 422), ".govuk-error-summary").get_text()
    assert "Say why the round is opened again" in wrong
    assert "Enter the new last day" in wrong
    assert client.get(f"{ROUND}/change").status_code == 302


def test_the_first_result_stays_readable_while_the_round_is_open_again(world: World) -> None:
    answer(world, 6)
    close(world)
    reopen(world)
    page = world.coordinator().page(RESULTS)
    assert "6 people from 6 organisations" in words(page.get_text())
    assert "The trust was left out." in page.get_text()
    assert "The round is open now" in page.get_text()
    assert "Results so far" in world.coordinator().page(ROUND).get_text()


def test_results_stand_beside_one_another_the_newest_first(world: World) -> None:
    answer(world, 6)
    close(world)
    reopen(world)
    answer(world, 5, organisation="Other {}")
    close(world)
    client = world.coordinator()
    page = client.page(RESULTS)
    assert "11 people from 11 organisations" in words(page.get_text())
    assert "Result 2, of the closing on" in words(page.get_text())
    first = client.page(str(one(page, ".govuk-inset-text a")["href"]))
    assert "6 people from 6 organisations" in words(first.get_text())
    assert "Result 1, of the closing on" in words(first.get_text())
    documents = client.page(str(one(first, ".results__report .govuk-button")["href"]))
    report = client.page(str(one(documents, ".app-documents a")["href"]))
    waiting = client.follow(client.send(report, "Make it"))
    assert str(one(waiting, ".govuk-back-link")["href"]).endswith("edition=1")


@pytest.mark.parametrize("edition", ["", "?edition=2", "?edition=nonsense"])
def test_a_result_that_would_give_somebody_away_is_not_shown_and_the_page_says_why(world: World, edition: str) -> None:
    answer(world, 6)
    close(world)
    reopen(world)
    answer(world, 1, organisation="Other {}")
    close(world)
    page = world.coordinator().page(RESULTS + edition)
    assert "6 people from 6 organisations" in words(page.get_text())
    assert "is kept but not shown" in page.get_text()
    assert "7 people" not in page.get_text()


def test_questions_held_back_are_counted(world: World) -> None:
    answer(world, 6)
    close(world)
    reopen(world)
    given = {"aim": answered("level-3")}
    answer(world, 5, given, organisation="Other {}")
    answer(world, 1, {"aim": answered("level-3"), "limits": answered("level-1")}, organisation="Last {}")
    close(world)
    page = world.coordinator().page(RESULTS)
    assert "1 question is not shown here" in words(page.get_text())
    assert "12 people from 12 organisations" in words(page.get_text())


def answered(level: str) -> Answer:
    return Answer(State.GIVEN, level)

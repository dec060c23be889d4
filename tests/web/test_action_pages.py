"""The pages of a round's actions."""

from __future__ import annotations

import pytest

from a2p.store.outcome_tables import ActionItem
from tests.web.answered import answer, close
from tests.web.client import one, parsed
from tests.web.world import World

ACTIONS = "/rounds/1/actions"


@pytest.fixture
def closed(world: World) -> World:
    """The small site, its round closed."""
    answer(world, 6)
    close(world)
    return world


def test_an_action_is_added_read_and_changed(closed: World) -> None:
    client = closed.coordinator()
    listed = client.follow(
        client.send(
            client.page(f"{ACTIONS}/new"),
            "Add the action",
            what="Write the charter",
            owner="Ruth Fen",
            due_day="1",
            due_month="2",
            due_year="2021",
        )
    )
    row = one(listed, "tbody tr").get_text()
    assert "Write the charter" in row
    assert "1 February 2021" in row
    assert "Overdue by" in row
    changed = client.follow(client.send(client.page(f"{ACTIONS}/1/change"), status="done", note="Signed."))
    assert "Done or dropped" in changed.get_text()
    read = client.page(f"{ACTIONS}/1").get_text()
    assert "Signed." in read
    assert "recorded by Carys Marsh" in read


def test_nothing_typed_is_lost_when_something_is_wrong(closed: World) -> None:
    client = closed.coordinator()
    page = client.page(f"{ACTIONS}/new")
    sent = client.send(page, "Add the action", cause="No time", due_day="31", due_month="2", due_year="2030")
    wrong = parsed(sent, 422)
    said = one(wrong, ".govuk-error-summary").get_text()
    assert "Enter what will be done" in said
    assert "The day must be a real date" in said
    assert one(wrong, "#cause").get_text().strip() == "No time"
    assert one(wrong, "#due-day")["value"] == "31"


def test_a_clash_is_told_and_what_was_typed_stays(closed: World) -> None:
    client = closed.coordinator()
    client.send(client.page(f"{ACTIONS}/new"), "Add the action", what="First")
    mine = client.page(f"{ACTIONS}/1/change")
    client.send(client.page(f"{ACTIONS}/1/change"), what="Theirs")
    clash = parsed(client.send(mine, what="Mine"), 409)
    assert "What will be done: Theirs" in one(clash, ".govuk-inset-text").get_text()
    assert one(clash, "#what").get_text().strip() == "Mine"
    client.follow(client.send(clash))
    with closed.session() as session:
        assert session.get_one(ActionItem, 1).what == "Mine"


def test_an_action_is_about_the_question_it_was_begun_from(closed: World) -> None:
    client = closed.coordinator()
    page = client.page(f"{ACTIONS}/new?about=sample/aim")
    assert "About the question" in page.get_text()
    client.follow(client.send(page, "Add the action", what="Aim higher"))
    with closed.session() as session:
        assert session.get_one(ActionItem, 1).question == "aim"
    assert "About the question" not in client.page(f"{ACTIONS}/new?about=sample/nonsense").get_text()


def test_an_open_round_lists_actions_but_takes_none_yet(world: World) -> None:
    client = world.coordinator()
    assert "once it is closed" in client.page(ACTIONS).get_text()
    assert client.get(f"{ACTIONS}/new").status_code == 404


def test_what_people_typed_is_never_html(closed: World) -> None:
    client = closed.coordinator()
    client.send(client.page(f"{ACTIONS}/new"), "Add the action", what="<b>bold</b>")
    assert "<b>bold</b>" in one(client.page(ACTIONS), "tbody th").get_text()

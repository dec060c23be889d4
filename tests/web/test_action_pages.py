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
    assert one(page, "#about option[selected]").get_text() == "1.1 How is aim?"
    listed = client.follow(client.send(page, "Add the action", what="Aim higher"))
    assert "About 1.1 How is aim?" in one(listed, "tbody th").get_text()
    assert not client.page(f"{ACTIONS}/new?about=sample/nonsense").select("#about option[selected]")


def test_an_action_can_be_about_a_whole_section_or_nothing_and_that_can_be_changed(closed: World) -> None:
    client = closed.coordinator()
    form = client.page(f"{ACTIONS}/new")
    offered = [(group["label"], len(group.select("option"))) for group in form.select("#about optgroup")]
    assert offered == [("1 Purpose", 3)], "no section that has no levels"
    client.send(form, "Add the action", what="Meet", about="sample/section/purpose")
    assert "The section “Purpose”" in client.page(f"{ACTIONS}/1").get_text()
    edit = client.page(f"{ACTIONS}/1/change")
    assert one(edit, "#about option[selected]")["value"] == "sample/section/purpose"
    assert "Choose what the action is about" in parsed(client.send(edit, about="sample/x"), 422).get_text()
    client.send(edit, about="")
    assert "About" not in one(client.page(f"{ACTIONS}/1"), "main").get_text()


def test_the_actions_of_all_rounds_are_in_one_page_and_can_be_narrowed(closed: World) -> None:
    client = closed.coordinator()
    for what, status in (("First deed", "planned"), ("Second deed", "done")):
        client.send(client.page(f"{ACTIONS}/new"), "Add the action", what=what, status=status)
    home = client.page("/partnerships/1")
    link = next(str(each["href"]) for each in home.select("main a") if each.get_text() == "Actions of all rounds")
    page = client.page(link)
    assert [row.get_text() for row in page.select("tbody th a")] == ["First deed", "Second deed"]
    assert "From Spring" in one(page, "tbody th").get_text()
    for address in (link, ACTIONS):
        assert [row.get_text() for row in client.page(f"{address}?status=done").select("tbody th a")] == ["Second deed"]
        ways = one(client.page(f"{address}?status=dropped"), "main nav.app-no-print").get_text(" ", strip=True)
        assert ways == "All (2) Overdue (0) Planned (1) Under way (0) Done (1) Dropped (0)"


def test_an_open_round_lists_actions_but_takes_none_yet(world: World) -> None:
    client = world.coordinator()
    assert "once it is closed" in client.page(ACTIONS).get_text()
    assert client.get(f"{ACTIONS}/new").status_code == 404


def test_what_people_typed_is_never_html(closed: World) -> None:
    client = closed.coordinator()
    client.send(client.page(f"{ACTIONS}/new"), "Add the action", what="<b>bold</b>")
    assert "<b>bold</b>" in one(client.page(ACTIONS), "tbody th").get_text()

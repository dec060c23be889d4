"""What the page of a round answered together is told of the others."""

from __future__ import annotations

from typing import Any

from tests.web.client import CheckedClient, fields_of, one
from tests.web.world import World

PURPOSE = "/answer/3/sample/sections/purpose"


def called(world: World, name: str) -> CheckedClient:
    client = world.respondent(world.together_link)
    client.follow(client.send(client.page("/answer/3"), "Use this name", name=name))
    return client


def look(client: CheckedClient, marks: dict[str, list[str]]) -> dict[str, Any]:
    said: dict[str, Any] = client.get(
        f"{PURPOSE}/now", query_string={k: v for k, v in marks.items() if k.startswith("v-")}
    ).get_json()
    return said


def test_the_name_is_asked_once_and_may_be_changed(world: World) -> None:
    client = world.respondent(world.together_link)
    start = client.page("/answer/3")
    assert "How should colleagues see you?" in start.get_text()
    again = client.follow(client.send(start, "Use this name", name="<Ann> “A”"))
    assert "Colleagues see you as <Ann> “A”" in again.get_text()
    assert "How should" not in world.respondent().page("/answer/1").get_text()


def test_without_javascript_the_page_says_who_is_there_when_it_is_opened(world: World) -> None:
    called(world, "Ann").page(PURPOSE)
    assert "Here too: Ann" in called(world, "Ben").page("/answer/3/sample/sections/purpose").get_text()


def test_what_another_saved_is_told_once_the_page_has_not_seen_it(world: World) -> None:
    ann, ben = called(world, "Ann"), called(world, "")
    page = ben.page(PURPOSE)
    marks = fields_of(one(page, "main form"))
    assert look(ben, marks) == {"line": "", "changed": {}}
    ann.send(ann.page(PURPOSE), a_aim="level-3", c_aim="Since spring.")
    said = look(ben, marks)
    assert said["line"] == "Here too: Ann"
    assert set(said["changed"]) == {"aim"}
    change = said["changed"]["aim"]
    assert (change["by"], change["text"], change["note"]) == ("Ann", "Level 3", "Since spring.")
    assert change["values"]["a-aim"] == ["level-3"]
    assert look(ben, {**marks, "v-aim": [change["mark"]]})["changed"] == {}


def test_an_answer_without_a_name_is_a_colleagues(world: World) -> None:
    ann, ben = called(world, "Ann"), world.respondent(world.together_link)
    marks = fields_of(one(ann.page(PURPOSE), "main form"))
    ben.send(ben.page(PURPOSE), a_aim="level-1")
    assert look(ann, marks)["changed"]["aim"]["by"] == "A colleague"


def test_a_round_answered_apart_says_nothing_of_anybody(world: World) -> None:
    one_device, other = world.respondent(), world.respondent()
    one_device.page("/answer/1/sample/sections/purpose")
    assert other.get("/answer/1/sample/sections/purpose/now").get_json()["line"] == ""
    assert "data-now" not in other.get("/answer/1/sample/sections/purpose").get_data(as_text=True)

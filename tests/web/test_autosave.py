"""What a page that saves as one goes is told: the same saving as by the button, in JSON."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from a2p.rounds.answering import answers_of
from a2p.scoring.answers import Answer, State
from tests.web.client import CheckedClient, fields_of, one, parsed
from tests.web.world import World, stored_invitation

PURPOSE = "/answer/1/sample/sections/purpose"
SCRIPT = {"Accept": "application/json"}


def stored(world: World) -> dict[str, Answer]:
    with world.session() as session:
        invitation = session.merge(stored_invitation(world))
        return answers_of(session, invitation, invitation.round.versions[0]).plain


def save(client: CheckedClient, page: BeautifulSoup, **changes: str) -> TestResponse:
    """The page's form with fields changed, sent by its script."""
    form = one(page, "main form")
    data: dict[str, Any] = {**fields_of(form), **{name.replace("_", "-"): text for name, text in changes.items()}}
    return client.post(str(form["action"]), data=data, headers=SCRIPT)


def take_over(page: BeautifulSoup, answer: TestResponse) -> None:
    """What the script does with the marks."""
    for name, mark in answer.get_json()["marks"].items():
        one(page, f'[name="{name}"]')["value"] = mark


def test_it_is_told_when_it_was_saved_and_the_new_marks(world: World) -> None:
    client = world.respondent()
    answer = save(client, client.page(PURPOSE), a_aim="level-3")
    said = answer.get_json()
    assert answer.status_code == 200
    assert said["state"] == "saved"
    assert re.fullmatch(r"\d{1,2}:\d\d[ap]m", said["at"])
    assert set(said["marks"]) == {"v-aim", "v-limits"}
    assert said["marks"]["v-aim"].startswith("1-")
    assert stored(world) == {"aim": Answer(State.GIVEN, "level-3")}


def test_the_next_save_does_not_clash_with_the_one_before(world: World) -> None:
    client = world.respondent()
    page = client.page(PURPOSE)
    for level in ("level-1", "level-2", "level-3"):
        answer = save(client, page, a_aim=level)
        assert answer.status_code == 200
        take_over(page, answer)
    assert client.send(page, "Save and continue", a_aim="level-4").status_code == 302
    assert stored(world) == {"aim": Answer(State.GIVEN, "level-4")}


def test_the_same_request_twice_is_one_save(world: World) -> None:
    client = world.respondent()
    page = client.page(PURPOSE)
    first, second = (save(client, page, a_aim="level-1") for _ in range(2))
    assert first.get_json()["marks"] == second.get_json()["marks"]


def test_what_is_wrong_is_counted_and_the_rest_is_saved(world: World) -> None:
    client = world.respondent()
    answer = save(client, client.page(PURPOSE), a_aim="level-1", a_limits="not-applicable")
    assert (answer.status_code, answer.get_json()["state"], answer.get_json()["wrong"]) == (422, "wrong", 1)
    assert "v-limits" not in answer.get_json()["marks"]
    assert set(stored(world)) == {"aim"}


def test_where_somebody_else_saved_the_page_keeps_its_mark_and_is_sent_to_choose(world: World) -> None:
    client, other = world.respondent(), world.respondent()
    page = client.page(PURPOSE)
    save(other, other.page(PURPOSE), a_aim="level-1")
    answer = save(client, page, a_aim="level-4", a_limits="level-2")
    assert answer.status_code == 409
    assert (answer.get_json()["state"], answer.get_json()["clashes"]) == ("clash", ["aim"])
    assert set(answer.get_json()["marks"]) == {"v-limits"}
    take_over(page, answer)
    clash = parsed(client.send(page, "Save", a_aim="level-4", a_limits="level-2"), 409)
    assert "Which answer should be kept?" in clash.get_text()
    assert client.send(clash, "Save", k_aim="mine", then="here").location == PURPOSE
    assert stored(world)["aim"] == Answer(State.GIVEN, "level-4")


def test_a_closed_round_is_said_kindly(world: World) -> None:
    client = world.respondent()
    page = client.page(PURPOSE)
    world.close()
    answer = save(client, page, a_aim="level-4")
    assert (answer.status_code, answer.get_json()) == (409, {"state": "closed"})
    assert stored(world) == {}


def test_who_is_signed_out_is_told_so_and_nothing_is_saved_or_kept(world: World) -> None:
    client = world.respondent()
    page = client.page(PURPOSE)
    client.delete_cookie("a2p", domain="localhost")
    answer = save(client, page, a_aim="level-4")
    assert (answer.status_code, answer.get_json()) == (401, {"state": "signed-out"})
    assert not client.get_cookie("a2p_held", domain="localhost")
    assert stored(world) == {}


def test_a_page_of_an_earlier_visit_gets_a_token_with_which_it_goes_on(world: World) -> None:
    client = world.respondent()
    page = client.page(PURPOSE)
    client.follow(client.send(client.page(world.link), "Continue"))
    answer = save(client, page, a_aim="level-4")
    assert (answer.status_code, answer.get_json()["state"]) == (400, "expired")
    assert stored(world) == {}
    again = {**fields_of(one(page, "main form")), "a-aim": ["level-4"], "csrf_token": [answer.get_json()["token"]]}
    assert client.post(PURPOSE, data=again, headers=SCRIPT).status_code == 200


def test_another_sites_page_gets_no_say(world: World) -> None:
    client = world.respondent()
    client.page(PURPOSE)
    answer = client.post(PURPOSE, data={"a-aim": "level-1", "v-aim": "0"}, headers=SCRIPT)
    assert answer.status_code == 400
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert stored(world) == {}


def test_the_coordinators_evidence_is_saved_as_one_goes_too(world: World) -> None:
    client = world.coordinator()
    page = client.page("/rounds/1/sample/evidence/purpose")
    answer = save(client, page, a_aim="no-level", c_aim="No text yet.")
    assert answer.get_json()["state"] == "saved"
    take_over(page, answer)
    assert save(client, page, a_aim="level-2", c_aim="A text.").status_code == 200

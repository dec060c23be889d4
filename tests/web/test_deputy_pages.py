"""Passing an invitation on, without JavaScript."""

from __future__ import annotations

import pytest

from a2p.store.round_tables import Invitation
from tests.web.client import is_sent_to_sign_in, one, parsed
from tests.web.world import World


def test_from_the_start_page_to_the_thank_you(world: World) -> None:
    client = world.respondent()
    start = client.page("/answer/1")
    ask = client.page(str(next(a["href"] for a in start.find_all("a") if "Pass this" in a.get_text())))
    confirm = parsed(client.send(ask, "Go on", name="  Dee  Puty ", email="Dee@Example.org"))
    text = one(confirm, "main").get_text()
    assert "Pass this to Dee Puty?" in text
    assert "does not count" in text
    assert client.get("/answer/1").status_code == 200, "nothing is done before it is confirmed"
    passed = parsed(client.send(confirm, "Pass it on"))
    assert "dee@example.org" in passed.get_text()
    assert is_sent_to_sign_in(client.get("/answer/1"))


@pytest.mark.parametrize(
    ("name", "email", "said"),
    [
        ("", "dee@example.org", "Enter your deputy’s name"),
        ("Dee", "", "Enter your deputy’s e-mail address"),
        ("Dee", "dee@", "Enter an e-mail address in full"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(world: World, name: str, email: str, said: str) -> None:
    client = world.respondent()
    again = parsed(client.send(client.page("/answer/1/deputy"), "Go on", name=name, email=email), 422)
    assert said in one(again, ".govuk-error-summary").get_text()
    assert (one(again, "#name")["value"], one(again, "#email")["value"]) == (name, email)


def test_an_address_that_is_asked_already_is_refused_neutrally(world: World) -> None:
    client = world.respondent()
    with world.session() as session, session.begin():
        session.get_one(Invitation, 2).email = "ewa@example.org"
    confirm = parsed(client.send(client.page("/answer/1/deputy"), "Go on", name="Ewa", email="ewa@example.org"))
    refused = parsed(client.send(confirm, "Pass it on"), 422)
    said = one(refused, ".govuk-error-summary").get_text()
    assert "can’t be used" in said
    assert "invited already" not in said


def test_it_is_not_offered_where_it_cannot_be(world: World) -> None:
    room = world.respondent(world.together_link)
    assert "Pass this" not in room.page("/answer/3").get_text()
    assert "by one link" in room.page("/answer/3/deputy").get_text()
    client = world.respondent()
    client.send(client.page("/answer/1/sample/check"), "Submit")
    assert "Pass this" not in client.page("/answer/1").get_text()
    assert "are counted" in client.page("/answer/1/deputy").get_text()

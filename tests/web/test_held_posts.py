"""A form that was sent when the session was over: kept sealed, offered to its writer again, and saved by them alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from a2p.access import held, limits
from a2p.access.limits import Limit
from a2p.rounds.answering import answers_of
from a2p.scoring.answers import Answer, State
from a2p.store.access_tables import HeldPost
from a2p.store.base import now
from tests.web.client import CheckedClient, fields_of, one, parsed
from tests.web.world import World, stored_invitation

PURPOSE = "/answer/1/sample/sections/purpose"
KEPT = "We kept what you typed"


def stored(world: World) -> dict[str, Answer]:
    with world.session() as session:
        invitation = session.merge(stored_invitation(world))
        return answers_of(session, invitation, invitation.round.versions[0]).plain


def rows(world: World) -> int:
    with world.session() as session:
        return session.scalar(select(func.count()).select_from(HeldPost)) or 0


def send(client: CheckedClient, page: BeautifulSoup, origin: str = "http://localhost", **changes: str) -> TestResponse:
    """The page's form as a browser sends it, which says from where."""
    form = one(page, "main form")
    data = {**fields_of(form), **{name.replace("_", "-"): [text] for name, text in changes.items()}}
    return client.post(str(form["action"]), data=data, headers={"Origin": origin})


def sign_out_and_send(world: World, client: CheckedClient, **changes: str) -> TestResponse:
    page = client.page(PURPOSE)
    client.delete_cookie("a2p", domain="localhost")
    return send(client, page, **changes)


def come_back(world: World, client: CheckedClient, link: str = "") -> BeautifulSoup:
    """Open a link in this browser; the start page."""
    return client.follow(client.send(client.page(link or world.link), "Continue"))


def test_what_was_typed_is_there_again_after_signing_in_and_saved_when_asked(world: World) -> None:
    client = world.respondent()
    answer = sign_out_and_send(world, client, a_aim="level-3", c_aim="Typed for long.")
    assert answer.location == f"/sign-in?back={PURPOSE}"
    assert "What you typed is kept" in client.follow(answer).get_text()
    start = come_back(world, client)
    assert f"{KEPT} at" in start.get_text()
    page = client.page(str(one(start, ".app-kept-elsewhere a")["href"]))
    assert KEPT in page.get_text()
    form = fields_of(one(page, "main form"))
    assert (form["a-aim"], form["c-aim"]) == (["level-3"], ["Typed for long."])
    assert stored(world) == {}, "nothing is saved by itself"
    assert "data-autosave" not in one(page, "main form").attrs
    saved = client.follow(client.send(page, "Save it"))
    assert stored(world) == {"aim": Answer(State.GIVEN, "level-3", "Typed for long.")}
    assert KEPT not in saved.get_text()
    assert rows(world) == 0


def test_it_can_be_thrown_away(world: World) -> None:
    client = world.respondent()
    sign_out_and_send(world, client, a_aim="level-3")
    come_back(world, client)
    page = client.follow(client.send(client.page(PURPOSE), "Throw it away"))
    assert "Thrown away" in page.get_text()
    assert "a-aim" not in fields_of(one(page, "main form"))
    assert (stored(world), rows(world)) == ({}, 0)


def test_what_others_saved_meanwhile_is_not_overwritten(world: World) -> None:
    client, other = world.respondent(), world.respondent()
    sign_out_and_send(world, client, a_aim="level-3")
    other.send(other.page(PURPOSE), a_aim="level-1")
    come_back(world, client)
    clash = parsed(client.send(client.page(PURPOSE), "Save it"), 409)
    assert "Which answer should be kept?" in clash.get_text()
    assert stored(world)["aim"].value == "level-1"


def test_nobody_else_gets_it_in_the_same_browser_or_another(world: World) -> None:
    client = world.respondent()
    sign_out_and_send(world, client, a_aim="level-3", c_aim="Mine alone.")
    start = come_back(world, client, world.other_link)
    assert KEPT not in start.get_text()
    assert "Mine alone." not in client.page("/answer/2/sample/sections/purpose").get_text()
    assert client.get(PURPOSE).status_code == 404
    elsewhere = world.respondent()
    assert KEPT not in elsewhere.page(PURPOSE).get_text()


def test_the_database_holds_no_word_of_it_and_no_key(world: World) -> None:
    client = world.respondent()
    sign_out_and_send(world, client, c_aim="Mine alone.")
    cookie = client.get_cookie("a2p_held", domain="localhost")
    assert cookie is not None
    assert cookie.http_only
    with world.session() as session:
        row = session.scalars(select(HeldPost)).one()
    assert "Mine" not in row.sealed
    assert not set(cookie.value.split(".")) & {row.token_hash, row.sealed}
    client.set_cookie("a2p_held", str(held.Holder.new()), domain="localhost")
    assert KEPT not in come_back(world, client).get_text()


def test_two_sections_are_kept_beside_each_other_and_the_same_one_once(world: World) -> None:
    client = world.respondent()
    purpose, voice = (client.page(f"/answer/1/sample/sections/{name}") for name in ("purpose", "voice"))
    client.delete_cookie("a2p", domain="localhost")
    for page, change in ((purpose, "a"), (voice, "b"), (purpose, "c")):
        send(client, page, c_aim=change, c_channel=change)
    assert rows(world) == 2
    start = come_back(world, client)
    assert [link["href"] for link in start.select(".app-kept-elsewhere a")] == [
        PURPOSE,
        "/answer/1/sample/sections/voice",
    ]
    assert "c" in fields_of(one(client.page(PURPOSE), "main form"))["c-aim"]


def test_a_page_that_was_open_for_too_long_comes_back_with_what_was_typed(world: World) -> None:
    client = world.respondent()
    page = client.page(PURPOSE)
    client.delete_cookie("session", domain="localhost")
    answer = send(client, page, a_aim="level-2")
    assert answer.location == PURPOSE
    again = client.follow(answer)
    assert fields_of(one(again, "main form"))["a-aim"] == ["level-2"]
    client.send(again, "Save it")
    assert stored(world)["aim"].value == "level-2"


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "", "null"])
def test_what_another_sites_page_sends_is_not_kept(world: World, origin: str) -> None:
    client = world.respondent()
    page = client.page(PURPOSE)
    client.delete_cookie("session", domain="localhost")
    assert "Nothing was changed" in parsed(send(client, page, origin, a_aim="level-2"), 400).get_text()
    assert rows(world) == 0


def test_it_is_kept_for_a_day(world: World) -> None:
    client = world.respondent()
    sign_out_and_send(world, client, a_aim="level-3")
    with world.session() as session, session.begin():
        row = session.scalars(select(HeldPost)).one()
        assert row.expires - row.created == pytest.approx(timedelta(hours=24), abs=timedelta(seconds=5))
        session.execute(update(HeldPost).values(expires=now()))
    assert KEPT not in come_back(world, client).get_text()


def test_there_is_an_end_to_what_is_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.respondent()
    monkeypatch.setattr(held, "LONGEST", 100)
    answer = sign_out_and_send(world, client, c_aim="x" * 100)
    assert answer.location.startswith("/sign-in")
    assert "is kept" not in client.follow(answer).get_text()
    monkeypatch.setattr(held, "MOST", 0)
    monkeypatch.setattr(held, "LONGEST", 10_000)
    client = world.respondent()
    sign_out_and_send(world, client, c_aim="x")
    assert rows(world) == 0


def test_one_network_leaves_so_much_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FORMS_HELD_FOR_NETWORK", Limit("held form for network", 1, timedelta(hours=1)))
    for _ in range(2):
        sign_out_and_send(world, world.respondent(), c_aim="x")
    assert rows(world) == 1


def test_a_closed_round_offers_nothing_to_save(world: World) -> None:
    client = world.respondent()
    sign_out_and_send(world, client, a_aim="level-3")
    world.close()
    start = client.follow(client.send(client.page(world.link), "Read your answers"))
    assert KEPT not in start.get_text()


def test_a_coordinators_evidence_is_kept_too(world: World) -> None:
    client = world.coordinator()
    page = client.page("/rounds/1/sample/evidence/purpose")
    client.delete_cookie("a2p", domain="localhost")
    send(client, page, c_aim="The terms of reference.")
    again = world.coordinator()
    cookie = client.get_cookie("a2p_held", domain="localhost")
    assert cookie is not None
    again.set_cookie("a2p_held", cookie.value, domain="localhost")
    page = again.page("/rounds/1/sample/evidence/purpose")
    assert fields_of(one(page, "main form"))["c-aim"] == ["The terms of reference."]

"""What every page has: dates as people write them, prose without markup, pages for what goes wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import flash, render_template

from a2p.documents.words import moment
from a2p.settings import TEMPLATES
from a2p.web.page import day
from a2p.web.prose import Block, paragraphs
from tests.web.client import faults_of, is_sent_to_sign_in
from tests.web.world import World


def test_a_day_is_the_day_in_london() -> None:
    assert day(date(2026, 3, 1)) == "1 March 2026"
    assert day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (datetime(2026, 1, 5, 0, 5, tzinfo=UTC), "5 January 2026 at 12:05am"),
        (datetime(2026, 7, 5, 12, 0, tzinfo=UTC), "5 July 2026 at 1:00pm"),
    ],
)
def test_a_moment_is_told_in_londons_time(when: datetime, said: str) -> None:
    assert moment(when) == said


def test_prose_has_paragraphs_and_lists() -> None:
    assert paragraphs("One\nline.\r\n\r\n- a\n- b\n\n\n") == (Block("One\nline."), Block(items=("a", "b")))
    assert paragraphs("- a\nnot an item") == (Block("- a\nnot an item"),)
    assert paragraphs("") == ()


@pytest.mark.parametrize("name", sorted(path.name for path in TEMPLATES.glob("pages/error_*.html")))
def test_the_pages_for_what_goes_wrong_are_in_order(world: World, name: str) -> None:
    with world.app.test_request_context("/"):
        world.app.preprocess_request()
        assert list(faults_of(world.app, "/", render_template(f"pages/{name}"))) == []


def test_the_front_page_outside_a_demo_is_in_order(world: World) -> None:
    with world.app.test_request_context("/"):
        world.app.preprocess_request()
        assert list(faults_of(world.app, "/", render_template("pages/home.html"))) == []


def test_too_large_a_form_is_refused_with_a_page(world: World) -> None:
    client = world.respondent()
    page = client.page("/answer/1/sample/sections/purpose")
    assert client.send(page, c_aim="x" * 2_000_000).status_code == 413


def test_who_is_answering_can_leave_a_shared_device(world: World) -> None:
    client = world.respondent()
    start = client.page("/answer/1")
    assert "Ben Ashby, Fen Trust" in " ".join(start.get_text().split())
    token = str(start.select("header form input")[0]["value"])
    client.post("/sign-out", data={"csrf_token": token})
    assert is_sent_to_sign_in(client.get("/answer/1"))


def test_two_messages_on_one_page_are_told_apart(world: World) -> None:
    with world.app.test_request_context("/"):
        world.app.preprocess_request()
        flash("First.")
        flash("Second.")
        page = render_template("pages/home.html")
        assert page.index("First.") < page.index("Second.")
        assert list(faults_of(world.app, "/", page)) == []

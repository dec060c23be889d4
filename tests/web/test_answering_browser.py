"""Saving as one goes, in a headless browser: answers, interruptions, and what the page says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect

from a2p.rounds.answering import answers_of
from a2p.scoring.answers import Answer
from tests.web.test_browser import faults
from tests.web.world import World, stored_invitation

pytestmark = pytest.mark.browser

PURPOSE = "/answer/1/sample/sections/purpose"
SAVED = re.compile(r"Saved at \d{1,2}:\d\d[ap]m")


def stored(world: World) -> dict[str, Answer]:
    with world.session() as session:
        invitation = session.merge(stored_invitation(world))
        return answers_of(session, invitation, invitation.round.versions[0]).plain


def says(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator("[data-saving]")).to_have_text(text, timeout=15_000)


def comment(page: Page, text: str) -> None:
    """Type a comment on the first question, and stay in the box."""
    if not page.locator("#aim\\.comment").is_visible():
        page.get_by_text("Add a comment").first.click()
    page.locator("#aim\\.comment").press_sequentially(text)


def test_a_choice_is_saved_at_once_and_text_after_a_pause(page: Page, world: World) -> None:
    page.goto(PURPOSE)
    says(page, "What you answer is saved as you go.")
    page.locator("#aim\\.is-level-3").check()
    says(page, SAVED)
    assert stored(world)["aim"].value == "level-3"
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        comment(page, "Since spring.")
    page.wait_for_timeout(200)
    assert stored(world)["aim"].comment == "Since spring."
    page.locator("#aim\\.is-level-1").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/voice$"))
    assert stored(world)["aim"].value == "level-1"


def test_leaving_asks_only_while_something_is_not_saved(page: Page) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto(PURPOSE)
    page.locator("#aim\\.is-level-3").check()
    says(page, SAVED)
    page.goto(PURPOSE)
    assert asked == []
    comment(page, "x")
    page.goto("/answer/1")
    assert asked == ["beforeunload"]


def test_offline_is_said_and_all_is_saved_once_back(page: Page, context: BrowserContext, world: World) -> None:
    page.goto(PURPOSE)
    context.set_offline(True)
    page.locator("#aim\\.is-level-3").check()
    says(page, re.compile("Not saved: you seem to be offline"))
    page.locator("#aim\\.is-level-4").check()
    page.get_by_role("button", name="Save and continue").click()
    says(page, re.compile("Not saved: you seem to be offline"))
    expect(page).to_have_url(re.compile("/purpose$"))
    assert stored(world) == {}
    context.set_offline(False)
    says(page, SAVED)
    assert stored(world)["aim"].value == "level-4"


def test_an_answer_whose_receipt_was_lost_does_not_clash_with_the_next(page: Page, world: World) -> None:
    page.goto(PURPOSE)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        if not lost:
            route.fetch()  # it arrives and is saved; the answer does not
        lost.append(route.request.post_data or "")
        route.abort()

    page.route(f"**{PURPOSE}", lose)
    page.locator("#aim\\.is-level-3").check()
    says(page, re.compile("Not saved"))
    assert stored(world)["aim"].value == "level-3"
    page.unroute(f"**{PURPOSE}")
    page.locator("#aim\\.is-level-4").check()
    says(page, SAVED)
    assert stored(world)["aim"].value == "level-4"


def test_what_is_wrong_is_counted_and_shown_in_place_when_asked_for(page: Page) -> None:
    page.goto(PURPOSE)
    page.locator("#limits\\.is-not-applicable").check()
    says(page, "Not saved yet: 1 answer needs attention")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    page.get_by_role("button", name="Show what").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()


def test_another_answer_saved_meanwhile_leads_to_the_choice_and_back(page: Page, context: BrowserContext) -> None:
    page.goto(PURPOSE)
    other = context.new_page()
    other.goto(PURPOSE)
    other.locator("#aim\\.is-level-1").check()
    says(other, SAVED)
    page.locator("#aim\\.is-level-4").check()
    says(page, re.compile("Somebody saved another answer"))
    page.get_by_role("button", name="See both and choose").click()
    page.get_by_label("Keep what you chose just now").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_url(re.compile("/purpose$"))
    expect(page.locator("#aim\\.is-level-4")).to_be_checked()


def test_signed_out_the_text_is_kept_and_saved_after_a_fresh_link(
    page: Page, context: BrowserContext, world: World
) -> None:
    page.goto(PURPOSE)
    context.clear_cookies(name="a2p")
    page.locator("#aim\\.is-level-3").check()
    says(page, re.compile("You are signed out"))
    page.get_by_role("button", name="Sign in again and keep it").click()
    expect(page.locator("main")).to_contain_text("What you typed is kept for a day")
    page.goto(world.link)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Look at it and save it").click()
    expect(page.locator("#aim\\.is-level-3")).to_be_checked()
    page.wait_for_timeout(500)
    assert stored(world) == {}
    page.get_by_role("button", name="Save it").first.click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Saved.")
    assert stored(world)["aim"].value == "level-3"


def test_who_signs_in_again_in_another_window_finds_it_saved_here(
    page: Page, context: BrowserContext, world: World
) -> None:
    page.goto(PURPOSE)
    context.clear_cookies()
    page.locator("#aim\\.is-level-3").check()
    says(page, re.compile("You are signed out|too long"))
    other = context.new_page()
    other.goto(world.link)
    other.get_by_role("button", name="Continue").click()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    says(page, SAVED)
    assert stored(world)["aim"].value == "level-3"


def test_a_closed_round_is_said_on_the_page(page: Page, world: World) -> None:
    page.goto(PURPOSE)
    world.close()
    page.locator("#aim\\.is-level-3").check()
    says(page, re.compile("This round is closed"))


def test_nothing_is_kept_in_the_browsers_storage(page: Page) -> None:
    page.goto(PURPOSE)
    page.locator("#aim\\.is-level-3").check()
    says(page, SAVED)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


ROOM = "/answer/3/sample/sections/purpose"


@pytest.fixture
def colleagues(context: BrowserContext, chromium: Browser, address: str, world: World) -> Iterator[tuple[Page, Page]]:
    """Ann and Ben, each with a browser of their own, on the same section of a round answered together."""
    second = chromium.new_context(base_url=address)
    ann, ben = context.new_page(), second.new_page()
    for page, name in ((ann, "Ann"), (ben, "Ben")):
        page.goto(world.together_link)
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Your name").fill(name)
        page.get_by_role("button", name="Use this name").click()
        expect(page.locator("main")).to_contain_text(f"Colleagues see you as {name}")
        page.goto(ROOM)
    yield ann, ben
    second.close()


def test_each_sees_who_else_is_there(colleagues: tuple[Page, Page]) -> None:
    ann, ben = colleagues
    expect(ben.locator("[data-now]")).to_have_text("Here too: Ann")
    expect(ann.locator("[data-now]")).to_have_text("Here too: Ben", timeout=15_000)
    ben.goto("/answer/3/sample/sections/voice")
    expect(ann.locator("[data-now]")).to_have_text("Here too: Ben (Voice)", timeout=15_000)


def test_an_answer_left_alone_follows_a_colleagues(colleagues: tuple[Page, Page]) -> None:
    ann, ben = colleagues
    ann.locator("#aim\\.is-level-3").check()
    says(ann, SAVED)
    expect(ben.locator("#aim\\.is-level-3")).to_be_checked(timeout=15_000)
    expect(ben.locator("#q-aim .app-changed")).to_have_text(re.compile("Ann changed this to ‘Level 3’ at "))
    assert faults(ben) == []
    ben.locator("#limits\\.is-level-2").check()
    says(ben, SAVED)
    expect(ann.locator("#limits\\.is-level-2")).to_be_checked(timeout=15_000)


@pytest.mark.parametrize("choice", ["Show Ann’s answer", "Keep mine"])
def test_an_answer_that_was_touched_is_kept_until_its_writer_chooses(
    colleagues: tuple[Page, Page], choice: str
) -> None:
    ann, ben = colleagues
    ben.route(f"**{ROOM}", lambda route: route.abort())
    comment(ben, "Mine.")
    says(ben, re.compile("Not saved"))
    ann.locator("#aim\\.is-level-3").check()
    says(ann, SAVED)
    ben.unroute(f"**{ROOM}")
    expect(ben.locator("#q-aim .app-changed")).to_contain_text("Ann changed this to ‘Level 3’", timeout=30_000)
    says(ben, re.compile("Somebody saved another answer"))
    assert faults(ben) == []
    ben.get_by_role("button", name=choice).click()
    says(ben, SAVED)
    if choice == "Keep mine":
        expect(ann.locator("#aim\\.comment")).to_have_value(re.compile("Mine"), timeout=15_000)
        expect(ann.locator("#aim\\.is-level-3")).not_to_be_checked()
    else:
        expect(ben.locator("#aim\\.is-level-3")).to_be_checked()
        expect(ben.locator("#aim\\.comment")).to_have_value("")

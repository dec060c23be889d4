"""In a headless browser: what the script adds, what the eye and the keyboard find, at every width."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.web.world import World

pytestmark = pytest.mark.browser

PAGES = {
    "demo": "/demo",
    "start": "/answer/1",
    "tasks": "/answer/1/sample",
    "scale": "/answer/1/sample/sections/purpose",
    "every type": "/answer/1/sample/sections/voice",
    "check": "/answer/1/sample/check",
    "missing": "/nowhere",
}


def test_a_question_follows_the_answer_that_opens_it(page: Page) -> None:
    page.goto(PAGES["every type"])
    letters = page.locator("#q-letters")
    expect(letters).to_be_hidden()
    page.get_by_label("Letter", exact=True).check()
    expect(letters).to_be_visible()
    expect(letters.get_by_text("Answer this if")).to_be_hidden()
    page.get_by_label("Meeting", exact=True).check()
    expect(letters).to_be_hidden()


def test_the_reason_is_asked_for_when_a_question_does_not_apply(page: Page) -> None:
    page.goto(PAGES["scale"])
    reason = page.get_by_label("If it does not apply")
    expect(reason).to_be_hidden()
    page.get_by_label("This does not apply to us").check()
    expect(reason).to_be_visible()


def test_leaving_a_page_with_unsaved_answers_asks_first(page: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    page.goto(PAGES["scale"])
    page.goto(PAGES["start"])
    assert asked == []
    page.goto(PAGES["every type"])
    page.get_by_label("Day").press_sequentially("3")
    page.goto(PAGES["start"])
    assert asked == ["beforeunload"]


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_control(page: Page) -> None:
    page.goto(PAGES["every type"])
    page.get_by_label("Letter", exact=True).check()
    page.get_by_label("Your answer, in letters").fill("many")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your answer, in letters")).to_be_focused()


def test_a_section_is_answered_with_the_keyboard_alone(page: Page) -> None:
    page.goto(PAGES["scale"])
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Who will see what")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#aim\\.is-level-1")).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#aim\\.is-level-2")).to_be_checked()


def test_without_javascript_every_question_stands_on_the_page(chromium: Browser, address: str, world: World) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(world.link)
    page.get_by_role("button", name="Continue").click()
    page.goto(PAGES["every type"])
    expect(page.get_by_text("Answer this if you chose")).to_be_visible()
    expect(page.get_by_label("Your answer, in letters")).to_be_visible()
    expect(page.get_by_label("If it does not apply").first).to_be_visible()
    context.close()


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong with a page, with the elements."""
    found = Axe().run(page).response["violations"]
    return [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, name: str) -> None:
    page.goto(PAGES[name])
    assert faults(page) == []


def save(page: Page, name: str) -> None:
    """Press a button that saves; it waits for what is being saved already, and then leads to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_axe_finds_nothing_on_pages_with_errors_and_clashes(page: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto(PAGES["scale"])
    page.goto(PAGES["scale"])
    page.get_by_label("Level 1").first.check()
    save(page, "come back later")
    assert faults(page) == []
    other.get_by_label("Level 2").first.check()
    save(other, "Save and continue")
    assert faults(other) == []
    save(other, "Save and continue")
    assert faults(other) == []
    page.goto(PAGES["every type"])
    page.get_by_label("Day").fill("3")
    save(page, "Save and continue")
    assert faults(page) == []


@pytest.mark.parametrize("path", ["/rounds/1/sample/evidence", "/rounds/1/sample/evidence/purpose"])
def test_axe_finds_nothing_on_the_coordinators_pages(context: BrowserContext, path: str) -> None:
    page = context.new_page()
    page.goto("/demo")
    page.get_by_role("button", name="Carys Marsh").click()
    page.goto(path)
    assert faults(page) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(page: Page, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= width

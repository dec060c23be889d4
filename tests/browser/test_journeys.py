"""Whole journeys in a browser: a round from its opening to the printed report."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.browser import steps
from tests.browser.walk import Walk

pytestmark = pytest.mark.browser

PEOPLE = (
    ("Ann Fenn", "District council", "district-council"),
    ("Ben Holt", "District council", "district-council"),
    ("Cara Lock", "Health trust", "health"),
    ("Dan Moor", "Volunteer centre", "voluntary-community"),
    ("Eve Nash", "Volunteer centre", "voluntary-community"),
)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_round_answered_apart_becomes_a_report(visit: Callable[..., Walk], script: bool) -> None:
    coordinator = visit(checked=script, script=script)
    coordinator.be("Ros Petrie")
    steps.open_round(coordinator, f"Winter {script}")
    coordinator.sees("Nobody has been invited yet")
    links = [steps.invite(coordinator, *person) for person in PEOPLE]
    assert len(set(links)) == len(PEOPLE)

    stops_and_returns(visit, links[0], script)
    for place, link in enumerate(links[1:], start=1):
        steps.answer_all(visit(checked=False, script=script), link, level=place % 3)

    coordinator.page.reload()
    coordinator.sees("5 of 5 people have submitted, from 3 of 3 organisations")
    steps.close(coordinator)
    coordinator.click("First look results")
    score = coordinator.page.locator(".standing tbody tr").first.locator(".c-num").inner_text().strip()
    assert score.isdigit()
    assert_report(coordinator, "Harbour Quay Partnership", score, script=script)


def stops_and_returns(visit: Callable[..., Walk], link: str, script: bool) -> None:
    """Somebody answers a section, leaves, comes back on another device, and finds what they saved."""
    first = visit(checked=script, script=script)
    steps.open_link(first, link)
    first.page.locator(".govuk-task-list__link").first.click()
    first.look()
    steps.answer_section(first, 2, "Save and come back later")
    first.sees("Saved.")

    later = visit(checked=script, script=script)
    later.go(link)
    later.click("Continue")
    later.click("Continue First look")
    tasks = later.page.locator(".govuk-task-list__link")
    expect(later.page.locator(".govuk-task-list__status").first).to_contain_text("Done")
    tasks.first.click()
    expect(later.page.locator(".app-question").first.get_by_role("radio").nth(2)).to_be_checked()
    for _ in range(steps.SECTIONS):
        steps.answer_section(later, 3)
    steps.submit(later)


def assert_report(walk: Walk, partnership: str, score: str, *, script: bool) -> None:
    """The report comes as a PDF that holds the partnership's name and the score that the page shows."""
    walk.click("Choose a document")
    walk.click("Capacity report")
    walk.click("Make it")
    ready = walk.page.get_by_role("button", name="Download it")
    if not script:
        look_again_until(walk, ready)
    expect(ready).to_be_visible(timeout=60_000)
    walk.look()
    with walk.page.expect_download() as waiting:
        ready.click()
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(Path(waiting.value.path()).read_bytes())).pages)
    assert partnership in text
    assert re.search(rf"\b{score}\b", text)


def look_again_until(walk: Walk, ready: Locator) -> None:
    """Without JavaScript a page does not look by itself."""
    for _ in range(60):
        if ready.count():
            return
        walk.page.wait_for_timeout(500)
        walk.click("Look again now")


def test_a_partnership_answers_together_by_one_link(visit: Callable[..., Walk]) -> None:
    coordinator = visit()
    coordinator.be("Priya Lonsdale")
    steps.open_round(coordinator, "Away day", together=True)
    link = steps.fresh_link(coordinator)
    room = visit()
    steps.open_link(room, link)
    room.page.locator(".govuk-task-list__link").first.click()
    steps.answer_section(room, 1, "Save and come back later")
    colleague = visit()
    colleague.go(link)
    colleague.click("Continue")
    colleague.click("Continue First look")
    colleague.page.locator(".govuk-task-list__link").nth(1).click()
    for _ in range(steps.SECTIONS - 1):
        steps.answer_section(colleague, 1)
    steps.submit(colleague)
    coordinator.page.reload()
    steps.close(coordinator)
    coordinator.click("First look results")
    coordinator.sees("The partnership answered together, in one response")
    coordinator.sees("Mostly starting")


def test_a_round_that_nobody_answers_says_so(visit: Callable[..., Walk]) -> None:
    coordinator = visit()
    coordinator.be("Andrew Sallis")
    steps.open_round(coordinator, "Nobody")
    coordinator.click("Close the round")
    coordinator.sees("Nobody has been invited")
    coordinator.click("Close the round now")
    coordinator.click("First look results")
    coordinator.sees("Nobody has answered yet")


def test_somebody_answers_with_the_keyboard_alone(visit: Callable[..., Walk]) -> None:
    coordinator = visit(checked=False)
    coordinator.be("Bethan Moss")
    steps.open_round(coordinator, "Keys")
    link = steps.invite(coordinator, *PEOPLE[0])
    person = visit(checked=False)
    person.page.goto(link)
    press(person, "Continue")
    press(person, "Start First look")
    press(person, re.compile("Partnership|[A-Z]"), within=".govuk-task-list")
    for _ in range(steps.SECTIONS):
        for question in range(person.page.locator(".app-question").count()):
            choose(person, question)
        press(person, "Save and continue")
    press(person, "Submit your answers")
    expect(person.page.locator("h1")).to_contain_text("Answers submitted")


def press(walk: Walk, name: str | re.Pattern[str], within: str = "main") -> None:
    """Tab to a link or button, see that the focus shows, and press it."""
    wanted = walk.control(name, within)
    tab_until(walk, lambda: wanted.evaluate("element => element === document.activeElement"))
    assert wanted.evaluate("element => element.getBoundingClientRect().top >= 0"), "the focus is out of view"
    with walk.page.expect_navigation():
        walk.page.keyboard.press("Enter")


def choose(walk: Walk, place: int) -> None:
    """Tab to a question and choose its second level."""
    radios = walk.page.locator(".app-question").nth(place).get_by_role("radio")
    tab_until(walk, lambda: radios.first.evaluate("element => element === document.activeElement"))
    walk.page.keyboard.press("Space")
    walk.page.keyboard.press("ArrowDown")
    expect(radios.nth(1)).to_be_checked()


def tab_until(walk: Walk, reached: Callable[[], bool], most: int = 60) -> None:
    """Press Tab until something has the focus."""
    for _ in range(most):
        if reached():
            return
        walk.page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not get there")


def test_a_coordinator_opens_closes_and_reads_a_round_with_the_keyboard_alone(visit: Callable[..., Walk]) -> None:
    walk = visit(checked=False)
    walk.be("Lorna Quist")
    press(walk, "Open a round")
    typed = walk.page.get_by_label("Name of the round")
    tab_until(walk, lambda: typed.evaluate("element => element === document.activeElement"))
    walk.page.keyboard.type("By keys")
    tick(walk, walk.page.get_by_label("First look"))
    tick(walk, walk.page.get_by_label("Apart", exact=True))
    press(walk, "Open the round")
    walk.sees("By keys")
    press(walk, "Close the round")
    press(walk, "Close the round now")
    press(walk, "First look results")
    walk.sees("Nobody has answered yet")


def tick(walk: Walk, box: Locator) -> None:
    """Tab to a box or to the radios it is one of, and choose it."""
    tab_until(walk, lambda: box.evaluate("element => element === document.activeElement"))
    walk.page.keyboard.press("Space")
    expect(box).to_be_checked()

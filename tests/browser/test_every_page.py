"""Pages that a journey does not meet: checked by axe, at a phone's width, in forced colours and in print."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from a2p.web.help import TOPICS
from tests.browser.walk import PHONE, Walk

pytestmark = pytest.mark.browser

HELP = ("", *(f"/{topic}" for topic in TOPICS))


def test_help_and_the_page_that_is_not_there_are_in_order(visit: Callable[..., Walk]) -> None:
    walk = visit()
    for path in HELP:
        walk.go(f"/help{path}")
    walk.go("/nowhere")
    walk.sees("Page not found")


@pytest.mark.parametrize("person", ["Tomas Ekwe", "Ros Petrie", "Priya Lonsdale"])
def test_results_with_gaps_in_them_are_in_order(visit: Callable[..., Walk], person: str) -> None:
    walk = visit(checked=False)
    walk.be(person)
    walk.click("Results of Aspire in Spring 2026")
    expect(walk.page.locator(".standing tbody tr")).to_have_count(5)
    walk.inspect(PHONE)


def test_a_full_result_is_in_order(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Marian Holt")
    walk.click("Results of Aspire in Spring 2026")
    walk.sees("Views differ most here")


def test_a_coordinators_pages_are_in_order_with_errors_too(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Marian Holt")
    walk.click("First look questions")
    walk.page.go_back()
    walk.click("Open a round")
    walk.click("Open the round")
    expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
    walk.click("Back")
    walk.click("Autumn 2026")
    walk.click("Invite somebody")
    walk.click("Invite and make their link")
    expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
    walk.click("Back")
    walk.click("Who sees what in this round")
    walk.page.go_back()
    walk.click(re.compile("^Withdraw "))
    walk.page.go_back()
    walk.click("Close the round")
    walk.page.go_back()
    walk.click("Purpose")
    walk.page.go_back()
    walk.click("Facts about how the partnership is set up")


def test_a_form_kept_open_too_long_says_what_to_do(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Marian Holt")
    walk.click("Open a round")
    walk.context.clear_cookies(name="session")
    walk.click("Open the round")
    walk.sees("This page was open for too long")
    walk.sees("Nothing was changed")


def test_long_names_break_instead_of_pushing_the_page_wide(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Gareth Amadi")
    walk.click("Autumn 2026")
    walk.click("Invite somebody")
    walk.fill("Name", "Llanfairpwllgwyngyll" * 10)
    walk.fill("Organisation", "Anghyfrifoldeb" * 14)
    walk.page.get_by_label("Sector of the organisation").select_option("health")
    walk.click("Invite and make their link")
    walk.inspect(PHONE)


@pytest.mark.parametrize("how", ["forced colours", "print"])
def test_results_lose_nothing_in(visit: Callable[..., Walk], how: str) -> None:
    walk = visit(checked=False)
    walk.be("Marian Holt")
    walk.click("Results of Aspire in Spring 2026")
    if how == "print":
        walk.page.emulate_media(media="print")
    else:
        walk.page.emulate_media(forced_colors="active")
    for what in (
        "h1",
        ".standing tbody tr >> nth=0",
        ".apart .chart >> nth=0",
        ".q .bar >> nth=0",
        ".numbers >> nth=0",
    ):
        expect(walk.page.locator(what)).to_be_visible()
    expect(walk.page.locator(".results__report")).to_be_visible(visible=how != "print")

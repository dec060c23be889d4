"""Pages that a journey does not meet: checked by axe, at a phone's width, in forced colours and in print."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from a2p.web.help import TOPICS
from tests.browser import steps
from tests.browser.walk import DESK, PHONE, Walk

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
    walk.inspect(DESK)


def test_a_full_result_is_in_order(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Marian Holt")
    walk.click("Results of Aspire in Spring 2026")
    walk.sees("Views differ most here")


def test_the_organisations_of_an_open_round_are_in_order(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Lorna Quist")
    walk.click("Results of Place shaping in Spring 2026")
    walk.click("Each organisation’s level, by name")
    expect(walk.page.locator("table.named").first).to_be_visible()
    walk.inspect(PHONE)


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
    walk.click("Invite people")
    walk.click("invite somebody by a form")
    walk.page.get_by_role("button", name="Invite", exact=True).click()
    expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
    walk.click("Back")
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


def test_the_pages_of_partners_are_in_order(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Marian Holt")
    walk.click("Partners and people")
    walk.click("Add a person")
    walk.click("Add the person")
    expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
    walk.click("Partners and people")
    walk.control("Police", within="table").click()
    walk.look()
    walk.click("Merge it into another organisation")
    walk.page.get_by_label("The entry to keep").select_option("Fire and rescue service")
    walk.click("Continue")
    walk.sees("What happens")
    walk.go("/partnerships/1/partners")
    walk.click("Import a list")
    rows = b"Name,E-mail,Organisation,Sector\nAnn Orchard,ann@example.org,Fen Trust,Health\nBen,,Police,\n"
    walk.page.set_input_files("#file", {"name": "list.csv", "mimeType": "text/csv", "buffer": rows})
    walk.click("Show what it would do")
    walk.sees("Fen Trust is added")
    walk.click("Import the list")
    walk.click("Ann Orchard")
    walk.click("Take Ann Orchard off the list")


def test_people_are_chosen_for_a_round_from_the_list(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Tomas Ekwe")
    steps.open_round(walk, "Chosen")
    walk.click("Invite people")
    walk.click("Tick nobody")
    walk.click("Continue")
    expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
    walk.click("The same people as in Spring 2026")
    walk.click("Continue")
    walk.sees("Each gets a letter")
    walk.click(re.compile("^Invite [0-9]+ people"))
    walk.sees("Their letters go out now")


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
    walk.click("Invite people")
    walk.click("invite somebody by a form")
    walk.fill("Name", "Llanfairpwllgwyngyll" * 10)
    walk.fill("Organisation", "Anghyfrifoldeb" * 14)
    walk.page.get_by_label("Sector of the organisation").select_option("health")
    walk.page.get_by_role("button", name="Invite", exact=True).click()
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


def test_a_paper_form_is_printed_and_keyed_in(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Marian Holt")
    walk.click("Autumn 2026")
    round_page = walk.page.url
    invited = walk.page.locator(".govuk-tag", has_text="Invited")
    name = walk.page.locator("main tbody tr", has=invited).first.locator("th").inner_text().strip()
    walk.click("Paper form (PDF)")
    walk.go(round_page)
    walk.click("Key in a paper form")
    whose = walk.page.get_by_label("Whose form is it?")
    whose.select_option(whose.locator("option", has_text=name).first.get_attribute("value"))
    walk.page.get_by_label("Which questionnaire?").select_option(label="Aspire")
    walk.click("Key it in")
    walk.click("Save and submit this form")
    expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
    walk.go(walk.page.url)
    walk.click("Read it from a fillable form instead")
    walk.click("Show what it says")
    expect(walk.page.locator(".govuk-error-summary")).to_be_focused()


def test_a_round_is_called_off_before_anybody_answered(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Ines Calloway")
    steps.open_round(walk, "Too soon")
    walk.click("Change the last day")
    walk.click("Call the round off")
    walk.page.get_by_role("button", name="Call the round off").click()
    walk.sees("Too soon is called off.")


def test_a_respondent_is_given_a_copy_to_keep(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.go("/demo")
    people = walk.page.locator("details", has_text="Answer in “Autumn 2026” of Great Sedgeland")
    people.locator("summary").click()
    people.locator(".app-be", has_text="submitted").get_by_role("button").last.click()
    walk.click(re.compile("Correct your answers"))
    walk.click("A copy of your answers")
    walk.click("Make a PDF to keep")


def test_a_respondent_passes_the_invitation_on(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.go("/demo")
    people = walk.page.locator("details", has_text="Answer in “Autumn 2026” of Great Sedgeland")
    people.locator("summary").click()
    people.locator(".app-be", has_text="invited").get_by_role("button").first.click()
    walk.click(re.compile("Pass this"))
    walk.page.locator("main form button[type=submit]").first.click()
    expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
    walk.look()


def test_a_board_paper_that_anybody_asks_for_is_waited_for_on_a_page_in_order(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Nadia Ferris")
    walk.click("Released: question scores")
    number = walk.page.url.split("/")[-2]
    walk.go(f"/public/rounds/{number}")
    walk.click("Make a PDF of it")
    walk.sees("Board paper for the public")
    walk.inspect(PHONE)


def test_a_workshops_record_is_sent_from_a_page_in_order(visit: Callable[..., Walk]) -> None:
    walk = visit()
    walk.be("Marian Holt")
    walk.go("/rounds/1/workshops")
    walk.page.locator(".app-card a").first.click()
    walk.page.get_by_label("A draft for correction").check()
    walk.click("Send the record")
    walk.sees("What was sent")
    walk.inspect(PHONE)

"""What coordinators and respondents do, in the words of the pages."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.walk import Walk

SECTIONS = 5  # of the questionnaire First look


def open_round(walk: Walk, name: str, *, together: bool = False) -> None:
    """From the partnership's page, open a round of First look."""
    walk.click("Open a round")
    walk.fill("Name of the round", name)
    walk.page.get_by_label("First look").check()
    walk.page.get_by_label("Together" if together else "Apart", exact=True).check()
    walk.click("Open the round")
    walk.sees("Open since")


def invite(walk: Walk, name: str, organisation: str, sector: str) -> str:
    """Invite somebody from the round's page; their link."""
    walk.click("Invite people")
    walk.click("invite somebody by a form")
    walk.fill("Name", name)
    walk.fill("Organisation", organisation)
    walk.page.get_by_label("Sector of the organisation").select_option(sector)
    walk.page.get_by_role("button", name="Invite", exact=True).click()
    walk.page.wait_for_load_state()
    walk.look()
    return fresh_link(walk)


def fresh_link(walk: Walk) -> str:
    """The link that the round's page shows once."""
    return walk.page.locator("#new-link-address").inner_text().strip()


def open_link(walk: Walk, link: str) -> None:
    """From the letter to the list of sections."""
    walk.go(link)
    walk.click("Continue")
    walk.sees("Who will see what")
    walk.click("Start First look")


def answer_section(walk: Walk, level: int, button: str = "Save and continue") -> None:
    """Choose the same level, counted from 0, on every question of the section in view, and save."""
    for question in walk.page.locator(".app-question").all():
        question.get_by_role("radio").nth(level).check()
    save(walk, button)


def save(walk: Walk, button: str) -> None:
    """Press a button of a section: it goes on once what was chosen last is saved."""
    with walk.page.expect_navigation():
        walk.control(button).click()
    walk.look()


def answer_all(walk: Walk, link: str, level: int) -> None:
    """Answer everything by a link, check and submit; the levels are chosen at a stroke, which saves the test's time."""
    open_link(walk, link)
    walk.page.locator(".govuk-task-list__link").first.click()
    for _ in range(SECTIONS):
        walk.page.locator(".app-question").evaluate_all(
            "(questions, level) => questions.forEach(each => each.querySelectorAll('[type=radio]')[level].click())",
            level,
        )
        save(walk, "Save and continue")
    submit(walk)


def submit(walk: Walk) -> None:
    """From the page of answers to the thank-you."""
    expect(walk.page.locator("h1")).to_contain_text("Check your")
    walk.click("Submit your answers")
    walk.sees("Answers submitted")


def close(walk: Walk) -> None:
    """From the round's page, close it."""
    walk.click("Close the round")
    walk.click("Close the round now")
    walk.sees("Results")

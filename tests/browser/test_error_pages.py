"""What every form says when it is sent wrongly, in a browser: nothing sticks out, axe finds nothing, and the reader is
taken to the summary of what is wrong. The pages are asked for without a server and shown with the site's own files.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from werkzeug.test import TestResponse

from tests.browser.offline import fulfil
from tests.browser.walk import DESK, PHONE, Walk
from tests.web.every_form import POSTED, Kept, asked_for_a_code, buttons, forms_to, page_of, send
from tests.web.installation import BASE

pytestmark = pytest.mark.browser

WRONGLY = ("nothing", "too long")


@pytest.mark.parametrize("blueprint", sorted({endpoint.split(".")[0] for endpoint in POSTED}))
def test_what_a_form_says_when_it_is_sent_wrongly(chromium: Browser, kept: Kept, blueprint: str) -> None:
    context = chromium.new_context(base_url=BASE)
    walk = Walk(context, checked=False)
    pages = dict[str, TestResponse]()
    context.route("**/*", lambda route: fulfil(route, pages, kept.installed.app.test_client()))
    for endpoint in (each for each in POSTED if each.split(".")[0] == blueprint):
        for number, page in enumerate(error_pages(kept, endpoint)):
            address = f"{BASE}/errors/{endpoint}/{number}"
            pages[address] = page
            walk.page.goto(address)
            expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
            walk.inspect(PHONE)
            walk.inspect(DESK)
    context.close()
    assert walk.complaints == []


def error_pages(kept: Kept, endpoint: str) -> Iterator[TestResponse]:
    """Of each form that leads there, the page with the most errors, if it can be sent wrongly."""
    with asked_for_a_code(kept.installed, endpoint):
        for seen in forms_to(kept, endpoint):
            answers = list[TestResponse]()
            for how in WRONGLY if seen.shown.asks else ():
                seen.at.back()
                answers.append(send(seen.client, seen.shown, how, buttons(seen.shown)[-1])[0])
            worst = max(answers, key=mistakes, default=None)
            if worst is not None and mistakes(worst):
                yield worst


def mistakes(answer: TestResponse) -> int:
    """How many things a page says are wrong."""
    return len(page_of(answer).select(".govuk-error-summary li"))

"""What every form says when it is sent wrongly, in a browser: nothing sticks out, axe finds nothing, and the reader is
taken to the summary of what is wrong. The pages are asked for without a server and shown with the site's own files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Route, expect
from werkzeug.test import TestResponse

from tests.browser.walk import DESK, PHONE, Walk
from tests.web.every_form import POSTED, Kept, asked_for_a_code, buttons, forms_to, page_of, send
from tests.web.installation import BASE, install, settings_of

pytestmark = pytest.mark.browser

WRONGLY = ("nothing", "too long")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("errors")


@pytest.fixture(scope="module")
def kept(folder: Path, migrated_sqlite: bytes) -> Iterator[Kept]:
    """The two partnerships' site."""
    (folder / "test.sqlite").write_bytes(migrated_sqlite)
    installed = install(settings_of(folder, f"sqlite:///{folder / 'test.sqlite'}"))
    yield Kept.of(installed)
    installed.close()


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


def fulfil(route: Route, pages: dict[str, TestResponse], site: FlaskClient) -> None:
    """Answer a browser with one of the pages, or with one of the site's files."""
    answer = pages.get(route.request.url) or site.get(route.request.url.removeprefix(BASE))
    headers = {name: value for name, value in answer.headers if name != "Set-Cookie"}
    route.fulfill(status=answer.status_code, headers=headers, body=answer.get_data())
    answer.close()

"""What every form says when it is sent wrongly, in a browser: nothing sticks out, axe finds nothing, and the reader is
taken to the summary of what is wrong. The pages are asked for without a server and shown with the site's own files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Route, expect
from werkzeug.test import TestResponse

from tests.browser.walk import DESK, PHONE, Walk
from tests.web.every_form import POSTED, Kept, asked_for_a_code, forms_to, send
from tests.web.installation import BASE, install, settings_of

pytestmark = pytest.mark.browser

BLUEPRINTS = sorted({endpoint.split(".")[0] for endpoint in POSTED})
WRONGLY = ("nothing", "too long")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: bytes) -> Iterator[Kept]:
    """The two partnerships' site."""
    folder = tmp_path_factory.mktemp("errors")
    (folder / "test.sqlite").write_bytes(migrated_sqlite)
    installed = install(settings_of(folder, f"sqlite:///{folder / 'test.sqlite'}"))
    yield Kept.of(installed)
    installed.close()


@pytest.mark.parametrize("blueprint", BLUEPRINTS)
def test_what_a_form_says_when_it_is_sent_wrongly(chromium: Browser, kept: Kept, blueprint: str) -> None:
    context = chromium.new_context(base_url=BASE)
    walk = Walk(context, checked=False)
    assets = kept.installed.app.test_client()
    for endpoint in POSTED:
        if endpoint.split(".")[0] == blueprint:
            for page in error_pages(kept, endpoint):
                context.unroute_all()
                context.route("**/*", lambda route, page=page: answer(route, page, assets))
                walk.page.goto(f"/{endpoint}")
                expect(walk.page.locator(".govuk-error-summary")).to_be_focused()
                walk.inspect(PHONE)
                walk.inspect(DESK)
    context.close()
    assert walk.complaints == []

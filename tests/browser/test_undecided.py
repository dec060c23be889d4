"""What axe cannot decide on a page of results is what is written down, all of it and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.offline import fulfil
from tests.browser.undecided import DISPOSITIONS, unexplained
from tests.browser.walk import DESK, run_axe
from tests.web.every_form import Kept
from tests.web.installation import BASE

pytestmark = pytest.mark.browser


def test_axe_leaves_open_what_is_written_down_and_nothing_else(
    chromium: Browser, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = kept.installed.site.own
    address = f"{BASE}/rounds/{place.closed.id}/results/sample"
    pages = {address: kept.installed.coordinator(place).get(address.removeprefix(BASE))}
    page = chromium.new_page(viewport=DESK)
    page.route("**/*", lambda route: fulfil(route, pages, kept.installed.app.test_client()))
    page.goto(address)
    found = run_axe(page, contrast=True)
    assert unexplained(page, found) == []
    for rule in tuple(DISPOSITIONS):
        with monkeypatch.context() as patch:
            patch.delitem(DISPOSITIONS, rule)
            assert {left for left, _, _ in unexplained(page, found)} == {rule}
    page.close()

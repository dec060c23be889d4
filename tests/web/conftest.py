"""A site of its own for each test, and a browser on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from tests.web.installation import Installation, install, settings_of
from tests.web.world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A fresh small site with one open round."""
    return make_world(tmp_path)


@pytest.fixture
def installed(tmp_path: Path, sqlite_url: str) -> Iterator[Installation]:
    """A site with two partnerships that know nothing of each other, with everybody who has a role in them."""
    made = install(settings_of(tmp_path, sqlite_url))
    yield made
    made.close()


@pytest.fixture
def address(world: World) -> Iterator[str]:
    """The small site, served on a free port of this machine."""
    server = make_server("127.0.0.1", 0, world.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser profile of its own; what the browser complains about fails the test."""
    context = chromium.new_context(base_url=address)
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    yield context
    context.close()
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext, world: World) -> Page:
    """A window in which the respondent's link has been opened."""
    page = context.new_page()
    page.goto(world.link)
    page.get_by_role("button", name="Continue").click()
    return page

"""The real site for a browser: `a2p demo` as its own process, gunicorn and worker included, one for all tests here."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from a2p.web.policy import PolicyFlask
from tests.browser.walk import Walk
from tests.web.every_form import Kept, kept_site
from tests.web.installation import install, settings_of

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 90  # seconds, on a busy machine


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo's address. It is made afresh, served, and ended with the tests."""
    with served(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Iterator[PolicyFlask]:
    """The site's map of addresses."""
    installed = install(settings_of(tmp_path, sqlite_url))
    assert isinstance(installed.app, PolicyFlask)
    yield installed.app
    installed.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a demo that is kept in this folder, and made there unless it was."""
    port = _free_port()
    command = [sys.executable, "-m", "a2p", "demo", "--port", str(port), "--data", str(folder)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/livez", process, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Walk]]:
    """Open a browser profile of its own on the site. What the browser complained about fails the test at its end."""
    walks: list[Walk] = []

    def start(*, checked: bool = True, script: bool = True) -> Walk:
        walks.append(Walk(chromium.new_context(base_url=site, java_script_enabled=script), checked=checked))
        return walks[-1]

    yield start
    complaints = [line for walk in walks for line in walk.complaints]
    for walk in walks:
        walk.context.close()
    assert complaints == []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the site did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: bytes) -> Iterator[Kept]:
    """The two partnerships' site."""
    with kept_site(tmp_path_factory.mktemp("forms"), migrated_sqlite) as site:
        yield site

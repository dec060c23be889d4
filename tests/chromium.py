"""The headless browser that some tests drive: one a process, since Playwright's loop can't run twice."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class NoChromium(Exception):
    """There is no browser here; the text says how to get one."""


@contextmanager
def headless_chromium() -> Iterator[Browser]:
    """A headless Chromium: A2P_CHROMIUM, or the first on the PATH. NoChromium if there is none."""
    path = os.environ.get("A2P_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise NoChromium("no Chromium here: apt-get install chromium-headless-shell, or set A2P_CHROMIUM")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*as_root, "--disable-gpu"])
        yield browser
        browser.close()

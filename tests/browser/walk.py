"""A person at a browser: they go, click and fill in, and every page they meet is checked as it stands before them."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.browser.appearance import shortcomings
from tests.browser.undecided import Results, unexplained

PHONE: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 900}
RULES = {
    "resultTypes": ["violations", "incomplete"],
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}

_checked: set[tuple[str, str, str]] = set()


class Walk:
    """One browser profile with one window. `checked`: axe on each kind of page it meets, and how it looks in all ways.

    A page is checked once a run: pages are told apart by their address without its numbers, by their title, and by the
    `state` that somebody who walks about says their data is in. Not `thorough` is without the contrast of colours and
    without axe at a desk's width, which are the same in every state.
    """

    def __init__(self, context: BrowserContext, *, checked: bool, thorough: bool = True) -> None:
        self.context = context
        self.checked = checked
        self.thorough = thorough
        self.state = ""
        self.complaints: list[str] = []
        context.set_default_timeout(15_000)
        self.page: Page = context.new_page()
        self.page.set_viewport_size(DESK)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._hear)

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(path)
        self.look()

    def click(self, name: str | re.Pattern[str]) -> None:
        """Click the first button or link with this name, and look at the page it leads to."""
        self.control(name).click()
        self.look()

    def control(self, name: str | re.Pattern[str], within: str = "body") -> Locator:
        """The first button or link with this name."""
        scope = self.page.locator(within)
        return scope.get_by_role("button", name=name).or_(scope.get_by_role("link", name=name)).first

    def fill(self, label: str, text: str) -> None:
        """Type into a box by its label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def sees(self, text: str | re.Pattern[str]) -> None:
        """The page's main part holds this text."""
        expect(self.page.locator("main")).to_contain_text(text)

    def text(self) -> str:
        """What the page's main part says."""
        return self.page.locator("main").inner_text()

    def be(self, person: str) -> None:
        """Become one of the demo's people."""
        self.go("/demo")
        self.click(re.compile(f"^{re.escape(person)}"))

    def look(self) -> None:
        """Check the page once: at a phone's width and a desk's, enlarged, in forced colours and on paper."""
        self.page.wait_for_load_state()  # a click comes back as soon as the next page begins
        address = re.sub(r"\d+", "*", self.page.url.split("//")[1].split("#")[0])
        kind = (self.state, address, self.page.title())
        if self.checked and kind not in _checked:
            _checked.add(kind)
            self.inspect(PHONE)
            assert shortcomings(self.page) == {}, (shortcomings(self.page), self.page.url)
            self.inspect(DESK)

    def inspect(self, size: ViewportSize) -> None:
        """Axe finds nothing on the page at this size, and nothing sticks out."""
        self.page.set_viewport_size(size)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= size["width"], self.page.url
        # contrast is the same at every width, slow to look at, and best seen where no table is scrolled
        if self.thorough or size is PHONE:
            contrast = self.thorough and size is DESK
            found = run_axe(self.page, contrast=contrast)
            assert violations(found) == [], (self.page.url, size)
            left = unexplained(self.page, found)
            assert left == [], (left, self.page.url, size)

    def _hear(self, line: ConsoleMessage) -> None:
        # the browser remarks on every answer of 4xx; pages with errors are meant to have one
        if line.type in ("error", "warning") and "the server responded with a status of 4" not in line.text:
            self.complaints.append(f"{self.page.url}: {line.text}")


def run_axe(page: Page, *, contrast: bool) -> Results:
    """What axe says of a page."""
    found: Results = Axe().run(page, options={**RULES, "rules": {"color-contrast": {"enabled": contrast}}}).response
    return found


def violations(found: Results) -> list[tuple[str, list[str]]]:
    """What axe finds: each rule with the markup that breaks it."""
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]

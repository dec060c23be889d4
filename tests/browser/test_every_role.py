"""Every page a role may open is opened as that role, by following the links of the demo, and is in order for axe, at a
phone's width and at a desk's. A page that no link leads to fails the test, unless ELSEWHERE says where it is looked at.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

from a2p.access.policy import POLICY, Role
from a2p.web.policy import PolicyFlask
from tests.browser.walk import Walk
from tests.web.installation import Installation, install, settings_of

pytestmark = pytest.mark.browser

STAFF = {
    Role.ADMINISTRATOR: "Winifred Askew",
    Role.MANAGER: "Nadia Ferris",
    Role.COORDINATOR: "Marian Holt",
    Role.CHAIR: "Sir Hugh Tolland",
    Role.FACILITATOR: "Callum Frost",
}
ELSEWHERE: dict[str, str] = {
    "admin_people.ask_reset_factor": "tests/web/test_admin_pages.py: nobody in the demo has an authenticator",
}
NOT_PAGES = re.compile(r"\.(pdf|csv|xlsx|ics|json|svg|css|js)$|^/(static|livez|readyz)")
MOST = 120  # of one kind of visitor: far more than there are kinds of pages


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Iterator[PolicyFlask]:
    """The site's map of addresses."""
    installed: Installation = install(settings_of(tmp_path, sqlite_url))
    assert isinstance(installed.app, PolicyFlask)
    yield installed.app
    installed.close()


@pytest.mark.parametrize("role", STAFF)
def test_every_page_of(visit: Callable[..., Walk], app: PolicyFlask, role: Role) -> None:
    walk = visit()
    walk.be(STAFF[role])
    seen = follow_links(walk, app)
    missing = {name for name in pages_for(app, role) if name not in seen and name not in ELSEWHERE}
    assert missing == set()


def test_every_page_of_a_respondent(visit: Callable[..., Walk], app: PolicyFlask) -> None:
    walk = visit()
    walk.go("/demo")
    people = walk.page.locator("details", has_text="Answer in “Autumn 2026” of Great Sedgeland")
    people.locator("summary").click()
    people.get_by_role("button").first.click()
    seen = follow_links(walk, app)
    missing = {name for name in pages_for(app, Role.RESPONDENT) if name not in seen and name not in ELSEWHERE}
    assert missing == set()


def pages_for(app: PolicyFlask, role: Role) -> set[str]:
    """The pages whose action this role has by name."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and (app.policies[rule.endpoint].action, role) in POLICY
    }


def follow_links(walk: Walk, app: PolicyFlask) -> set[str]:
    """Open a page of each kind that links lead to, from where the walk stands; the endpoints that were met."""
    waiting, kinds, met = deque([walk.page.url]), set[str](), set[str]()
    while waiting and len(kinds) < MOST:
        path = urlsplit(waiting.popleft())._replace(scheme="", netloc="", fragment="").geturl()
        kind = re.sub(r"\d+", "*", path)
        if kind in kinds or NOT_PAGES.search(urlsplit(path).path):
            continue
        kinds.add(kind)
        endpoint = endpoint_of(app, urlsplit(path).path)
        if endpoint in met and "?" in path:
            continue  # another view of a page that was looked at
        walk.go(path)
        met.add(endpoint)
        hrefs = walk.page.locator("a[href^='/'], a[href^='?']").evaluate_all("links => links.map(link => link.href)")
        waiting.extend(hrefs)
    return met


def endpoint_of(app: PolicyFlask, path: str) -> str:
    """The endpoint that answers at a path."""
    try:
        found: str = app.url_map.bind("localhost").match(path, method="GET")[0]
    except HTTPException:
        return ""
    return found

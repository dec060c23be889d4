"""Following every link, from where somebody stands."""

from __future__ import annotations

import re
from collections import Counter, deque
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException

from a2p.web.policy import PolicyFlask
from tests.browser.walk import Walk

NOT_PAGES = re.compile(r"\.(pdf|csv|xlsx|ics|json|svg|css|js)$|^/(static|livez|readyz)")
ONE_OF_MANY = re.compile(r"(/workshop/[^/]+/|about=)[^?]+")  # a page a question
MOST = 120  # of one kind of visitor: far more than there are kinds of pages


def follow_links(walk: Walk, app: PolicyFlask, *, each: int = 2, within: str = "") -> set[str]:
    """Open so many pages of each kind that links lead to (a round that is open and one that is closed, say), from where
    the walk stands, and no address but those that `within` matches; the endpoints that were met."""
    waiting, seen, kinds, met = deque([walk.page.url]), set[str](), Counter[str](), set[str]()
    while waiting and len(seen) < MOST:
        path = urlsplit(waiting.popleft())._replace(scheme="", netloc="", fragment="").geturl()
        kind = ONE_OF_MANY.sub(r"\1*", re.sub(r"\d+", "*", path))
        if path in seen or kinds[kind] == each or NOT_PAGES.search(urlsplit(path).path) or not re.match(within, path):
            continue
        seen.add(path)
        kinds[kind] += 1
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

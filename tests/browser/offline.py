"""Pages in a browser without a server: answers of a test client, and the site's own files beside them."""

from __future__ import annotations

from collections.abc import Mapping

from flask.testing import FlaskClient
from playwright.sync_api import Route
from werkzeug.test import TestResponse

from tests.web.installation import BASE


def fulfil(route: Route, pages: Mapping[str, TestResponse], site: FlaskClient) -> None:
    """Answer a browser with one of the pages, or with one of the site's files."""
    answer = pages.get(route.request.url) or site.get(route.request.url.removeprefix(BASE))
    headers = {name: value for name, value in answer.headers if name != "Set-Cookie"}
    route.fulfill(status=answer.status_code, headers=headers, body=answer.get_data())
    answer.close()

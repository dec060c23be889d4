"""A small browser for one respondent's process: cookies, forms as a browser posts them, connections that break."""

from __future__ import annotations

import http.client
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlencode

from lxml import html

PATIENCE = 60
Fields: TypeAlias = list[tuple[str, str]]


class Broken(Exception):
    """The connection ended before the whole reply was there."""


@dataclass(frozen=True, slots=True)
class Form:
    """A page's form as it stands: where it posts to, its fields, and what its radio buttons offer by field name."""

    action: str
    fields: Fields
    choices: dict[str, list[str]]

    def value(self, name: str) -> str:
        """The first value of a field, "" if it is not there."""
        return next((value for each, value in self.fields if each == name), "")


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply."""

    status: int
    location: str
    text: str

    def form(self, action: str) -> Form:
        """The page's form whose address contains `action`."""
        page = html.document_fromstring(self.text)
        assert isinstance(page, html.HtmlElement)
        found = next(form for form in page.forms if action in (form.action or ""))
        choices: dict[str, list[str]] = {}
        for radio in found.xpath(".//input[@type='radio']"):
            choices.setdefault(str(radio.get("name")), []).append(str(radio.get("value")))
        return Form(str(found.action), [(str(name), str(value)) for name, value in found.form_values()], choices)


class Browser:
    """One device on one connection, opened anew after it broke."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Reply:
        """Fetch a page; Broken without a whole reply."""
        return self._request("GET", path, None)

    def post(self, path: str, fields: Sequence[tuple[str, str]]) -> Reply:
        """Post a form; Broken without a whole reply."""
        return self._request("POST", path, urlencode(fields))

    def close(self) -> None:
        """Leave the site."""
        self.connection.close()

    def _request(self, method: str, path: str, body: str | None) -> Reply:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()  # raises IncompleteRead where the reply ends early
        except (OSError, http.client.HTTPException) as problem:
            self.connection.close()
            raise Broken(str(problem)) from problem
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return Reply(answer.status, answer.headers.get("Location", ""), text)

"""A test client that checks every page it fetches: what holds for all pages is tested wherever a page is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class CheckedClient(FlaskClient):
    """A browser without JavaScript that fails the test when a page is not in order."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Flask's own; HTML answers are checked before the test sees them."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 307, 308):
            text = response.get_data(as_text=True)
            faults = list(faults_of(self.application, response.request.path, text))
            assert not faults, f"{response.request.path}:\n" + "\n".join(faults)
        return response

    def page(self, path: str, status: int = 200) -> BeautifulSoup:
        """A page that is expected to answer with this status, parsed."""
        return parsed(self.get(path), status)

    def send(self, page: BeautifulSoup, button: str = "", **changes: str | list[str] | None) -> TestResponse:
        """Send the page's form as a browser would, with fields changed (None leaves one out); `button` is the text of
        the button pressed. In the names of `changes` an underscore stands for the hyphen of a field's name."""
        form = _form_with(page, button)
        data = dict(fields_of(form))
        for name, value in changes.items():
            data[name.replace("_", "-")] = [] if value is None else [value] if isinstance(value, str) else value
        pressed = next((b for b in form.find_all("button") if button and button in b.get_text()), None)
        if pressed is not None and pressed.get("name"):
            data[str(pressed["name"])] = [str(pressed["value"])]
        return self.post(str(form["action"]), data=data)

    def follow(self, response: TestResponse) -> BeautifulSoup:
        """The page that a redirect leads to."""
        assert response.status_code in (302, 303), (response.status_code, response.get_data(as_text=True)[:2000])
        return self.page(response.location)


def parsed(response: TestResponse, status: int = 200) -> BeautifulSoup:
    """A response's page, if it has the expected status."""
    assert response.status_code == status, (response.status_code, response.get_data(as_text=True)[-2000:])
    return BeautifulSoup(response.get_data(as_text=True), "html5lib")


def is_sent_to_sign_in(response: TestResponse) -> bool:
    """Whether the answer leads to the page where one signs in."""
    return response.status_code == 302 and response.location.startswith("/sign-in")


def one(page: Tag, selector: str) -> Tag:
    """The one element that a CSS selector finds; the first if there are more."""
    found = page.select_one(selector)
    assert found is not None, f"nothing on the page is {selector}"
    return found


def fields_of(form: Tag) -> dict[str, list[str]]:
    """What a browser would post of a form as it stands, by name."""
    found: dict[str, list[str]] = {}
    for control in form.find_all(["input", "textarea", "select"]):
        kind = control.get("type", "text")
        if not control.get("name") or kind in ("submit", "button") or control.has_attr("disabled"):
            continue
        if kind in ("radio", "checkbox") and not control.has_attr("checked"):
            continue
        found.setdefault(str(control["name"]), []).append(_value(control))
    return found


def _value(control: Tag) -> str:
    if control.name == "textarea":
        return control.get_text()
    if control.name == "select":
        chosen = control.find("option", selected=True) or control.find("option")
        return str(chosen.get("value", "")) if chosen else ""
    return str(control.get("value", "on" if control.get("type") == "checkbox" else ""))


def _form_with(page: BeautifulSoup, button: str) -> Tag:
    forms = [form for form in page.find_all("form") if not button or button in form.get_text()]
    forms = [form for form in forms if form.find_parent("main")] or forms
    assert forms, f"no form with {button!r}"
    return forms[0]


def faults_of(app: Flask, path: str, text: str) -> Iterator[str]:
    """What is wrong with a page, a line each; nothing for a page in order."""
    yield from _parse_errors(text)
    page = BeautifulSoup(text, "html5lib")
    yield from _document(page)
    yield from _references(page)
    yield from _headings(page)
    yield from _labels(page)
    yield from _inline(page)
    yield from _forms(app, path, page)
    yield from _links(app, path, page)


def _parse_errors(text: str) -> Iterator[str]:
    parser = html5lib.HTMLParser()
    parser.parse(text)
    for (line, column), code, _ in parser.errors:
        yield f"not valid HTML at {line}:{column}: {code}"


def _document(page: BeautifulSoup) -> Iterator[str]:
    if not (page.html and page.html.get("lang")):
        yield "no language"
    if not (page.title and page.title.get_text(strip=True)):
        yield "no title"
    if len(page.find_all("h1")) != 1:
        yield f"{len(page.find_all('h1'))} main headings"
    if len(page.find_all("main")) != 1:
        yield "not one main element"
    has_summary = bool(page.select(".govuk-error-summary"))
    if page.title and has_summary != page.title.get_text().startswith("Error: "):
        yield "the title and the error summary do not agree"
    for image in page.find_all("img"):
        if image.get("alt") is None:
            yield f"an image without alternative text: {image.get('src')}"


def _references(page: BeautifulSoup) -> Iterator[str]:
    ids = [str(element["id"]) for element in page.find_all(id=True)]
    yield from (f"the id {name} stands twice" for name, count in Counter(ids).items() if count > 1)
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls", "for", "headers"):
        for element in page.select(f"[{attribute}]"):
            value = element[attribute]
            for name in value.split() if isinstance(value, str) else value:
                if name not in ids:
                    yield f"{attribute} names {name}, which is not on the page"


def _headings(page: BeautifulSoup) -> Iterator[str]:
    before = 0
    main = page.find("main") or page
    for heading in main.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]):
        level = int(heading.name[1])
        if level > before + 1 and before:
            yield f"the heading {heading.get_text(strip=True)!r} skips a level"
        if not heading.get_text(strip=True):
            yield f"an empty {heading.name}"
        if "govuk-error-summary__title" not in str(heading.get("class")):
            before = level


def _labels(page: BeautifulSoup) -> Iterator[str]:
    labelled = {
        str(label["for"]) for label in page.find_all("label", attrs={"for": True}) if label.get_text(strip=True)
    }
    for control in page.find_all(["input", "textarea", "select"]):
        if control.get("type") in UNLABELLED:
            continue
        named = control.get("aria-label") or control.get("aria-labelledby") or control.find_parent("label")
        if not named and control.get("id") not in labelled:
            yield f"the control {control.get('name')} has no label"
        if control.get("type") == "radio" and not (control.find_parent("fieldset") or Tag(name="x")).find("legend"):
            yield f"the radio {control.get('name')} has no legend"
    for element in page.find_all(["button", "a", "summary"]):
        if not (element.get_text(strip=True) or element.get("aria-label")):
            yield f"a {element.name} without a name"


def _inline(page: BeautifulSoup) -> Iterator[str]:
    for element in page.find_all(True):
        if element.has_attr("style"):
            yield f"a style attribute on <{element.name}>"
        for attribute in element.attrs:
            if attribute.startswith("on"):
                yield f"a script in the attribute {attribute}"
    for element in page.find_all(["script", "style"]):
        if not element.get("src") and not element.get("nonce"):
            yield f"an inline <{element.name}> without a nonce"


def _forms(app: Flask, path: str, page: BeautifulSoup) -> Iterator[str]:
    for form in page.find_all("form"):
        method = str(form.get("method", "get")).upper()
        if not form.get("action"):
            yield "a form without an action"
        elif not _exists(app, urljoin(path, str(form["action"])), method):
            yield f"a form leads to {method} {form['action']}, which is not there"
        if method == "POST" and not form.find("input", attrs={"name": "csrf_token"}):
            yield f"the form to {form.get('action')} has no token"


def _links(app: Flask, path: str, page: BeautifulSoup) -> Iterator[str]:
    ids = {str(element["id"]) for element in page.find_all(id=True)}
    for link in page.find_all(["a", "link", "script", "img"]):
        target = link.get("href") or link.get("src")
        if target is None:
            continue
        target = str(target)
        if target.startswith("#"):
            if target[1:] not in ids:
                yield f"a link leads to {target}, which is not on the page"
        elif not urlsplit(target).scheme and not _exists(app, urljoin(path, target), "GET"):
            yield f"a link leads to {target}, which is not there"


def _exists(app: Flask, address: str, method: str) -> bool:
    try:
        app.url_map.bind("localhost").match(urlsplit(address).path, method=method)
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True

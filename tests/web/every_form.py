"""Every form of the site as a page shows it, sent with nothing in it and with nonsense, and what is wrong then.

A form is found on the pages of its own blueprint, seen by the first role that may send it. form_ways.py says where
the others stand. Each sending begins with the site as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from a2p.settings import Settings
from tests.web.asking import TABLE, WRITTEN, action_of, address_of, people
from tests.web.client import CheckedClient, fields_of
from tests.web.form_ways import WAYS, Way
from tests.web.installation import Installation, install, settings_of
from tests.web.matrix.row import Args

POSTED = sorted(endpoint for method, endpoint in TABLE if method == "POST")
SENDINGS = ("nothing", "spaces", "odd", "too long", "what is not there")
ODD = '\U0001f600 <i class="planted">b</i> {{ 7*1111 }} =1+1 "x" \u2019'
LONGER = ("W\u0175 " * 4_000).strip()
ABSENT = "99999"
TYPED = {"nothing": "", "spaces": " \t ", "odd": ODD, "too long": LONGER}
CHOSEN = {"radio", "checkbox"}

ANOTHER_EACH_TIME = {"second_factor.take"}  # what was typed is of no use again: the next code is another
LISTED = {"#rows", "#found"}  # the mistakes of a file, line by line: there is no field to mend them in

Key = tuple[str, str]
Sent = dict[str, list[object]]


@dataclass(frozen=True)
class Shown:
    """A form on a page that somebody has before them."""

    endpoint: str
    who: str
    page: str
    form: Tag

    @property
    def action(self) -> str:
        """Where it is sent."""
        return str(self.form["action"])

    @property
    def fields(self) -> frozenset[str]:
        """The names of all that it sends."""
        return frozenset({*fields_of(self.form), *(str(each["name"]) for each in controls(self.form))})

    @property
    def asks(self) -> bool:
        """Whether somebody fills something in: else it is a button."""
        return bool(list(controls(self.form)))


@dataclass(frozen=True)
class Seen:
    """A form with the browser that shows it, and the site as it is then."""

    at: Kept
    client: CheckedClient
    shown: Shown


@dataclass
class Kept:
    """A site that is taken back to how it was."""

    installed: Installation
    contents: bytes
    pages: dict[tuple[Key, Callable[..., Args], str], list[Seen]] = field(default_factory=dict)

    @classmethod
    def of(cls, installed: Installation) -> Kept:
        """A site as it is now."""
        installed.close()
        return cls(installed, _file(installed).read_bytes())

    def back(self) -> Installation:
        """The site as it was."""
        self.installed.close()
        _file(self.installed).write_bytes(self.contents)
        return self.installed


def _file(installed: Installation) -> Path:
    file = installed.engine.url.database
    assert file is not None
    return Path(file)


def types(form: Tag) -> bool:
    """Whether somebody types something into it."""
    return any(control.name != "select" and control.get("type") not in {*CHOSEN, "file"} for control in controls(form))


def controls(form: Tag) -> Iterator[Tag]:
    """What somebody sees and fills in."""
    for control in form.find_all(["input", "textarea", "select"]):
        if control.get("type") not in ("hidden", "submit", "button") and control.get("name"):
            yield control


def forms_to(kept: Kept, endpoint: str) -> list[Seen]:
    """The forms that lead to an endpoint, one of each set of fields."""
    way = WAYS.get(endpoint)
    may = (who for who in people(kept.installed) if _may(kept.installed, ("POST", endpoint), who))
    who = way.who if way and way.who else next(may, "nobody")
    pages = [way] if way else _pages_of(kept.installed, endpoint.split(".", maxsplit=1)[0], who)
    found = [seen for page in pages for seen in _seen(kept, page, who) if seen.shown.endpoint == endpoint]
    return list({seen.shown.fields: seen for seen in reversed(found)}.values())


@contextmanager
def asked_for_a_code(installed: Installation, endpoint: str) -> Iterator[None]:
    """With the second factor turned on where its form is sent: a site without it has no such page."""
    settings: Settings = installed.app.config["A2P"]
    installed.app.config["A2P"] = replace(settings, second_factor=endpoint.startswith("second_factor"))
    yield
    installed.app.config["A2P"] = settings


def _pages_of(installed: Installation, blueprint: str, who: str) -> Iterator[Way]:
    for key, row in TABLE.items():
        if key[0] == "GET" and key[1].split(".")[0] == blueprint and _may(installed, key, who):
            yield Way(key, args=row.args)


def _seen(kept: Kept, page: Way, who: str) -> list[Seen]:
    """The forms on a page, which is asked for once."""
    key = (page.key, page.args, who)
    if key not in kept.pages:
        installed = kept.back()
        place = installed.site.own
        client = people(installed)[who]()  # first: it brings the invitation's round along as it was made
        args = page.args(installed, place)
        path = address_of(installed, page.key, args)
        if page.key[0] == "GET":
            answer = client.get(path)
        else:
            answer = client.post(path, data={"csrf_token": installed.form_token(client), **page.sent(installed, place)})
        forms = page_of(answer).select("form[method=post]") if answer.status_code == 200 else []
        answer.close()
        at = Kept.of(installed)
        shown = [Shown(_leads_to(installed, form), who, path, form) for form in forms]
        kept.pages[key] = [Seen(at, client, each) for each in shown]
    return kept.pages[key]


def page_of(answer: TestResponse) -> BeautifulSoup:
    """An answer's page, empty if it is none. The client has found its markup to be in order."""
    return BeautifulSoup(answer.get_data(as_text=True) if answer.mimetype == "text/html" else "", "html.parser")


def _may(installed: Installation, key: Key, who: str) -> bool:
    return WRITTEN[action_of(installed, key), who][1] == "allowed"


def _leads_to(installed: Installation, form: Tag) -> str:
    path = urlsplit(str(form["action"])).path
    found: str = installed.app.url_map.bind("localhost").match(path, method="POST")[0]
    return found


# Sending


def buttons(shown: Shown) -> list[Tag | None]:
    """The buttons that send something of their own; else the one that sends the form."""
    named = [each for each in shown.form.find_all("button") if each.get("name")]
    return [*named] or [None]


def sendings(shown: Shown) -> tuple[str, ...]:
    """How a form is sent; what stands in a button's form is the site's own, unless somebody tampers with it."""
    return SENDINGS if shown.asks else (SENDINGS[0], SENDINGS[-1])


def send(client: CheckedClient, shown: Shown, how: str, button: Tag | None) -> tuple[TestResponse, Sent]:
    """Send a form filled in like this; the answer, and what was sent."""
    data = sent(shown, how, button)
    return client.post(shown.action, data=data), data


def sent(shown: Shown, how: str, button: Tag | None) -> Sent:
    """What a browser would post of a form that was filled in like this, and sent by this button."""
    data: Sent = {name: list(texts) for name, texts in fields_of(shown.form).items()}
    for control in controls(shown.form):
        data.pop(str(control["name"]), None)
    for control in controls(shown.form):
        data.setdefault(str(control["name"]), []).extend(_filled(control, how))
    if button is not None and button.get("name"):
        data[str(button["name"])] = [ABSENT if how == "what is not there" else str(button.get("value", ""))]
    if how == "what is not there":
        hidden = [each for each in shown.form.select("input[type=hidden]") if each["name"] != "csrf_token"]
        data |= {str(each["name"]): [ABSENT] for each in hidden}
    return data


def _filled(control: Tag, how: str) -> list[object]:
    name, kind = str(control["name"]), "select" if control.name == "select" else str(control.get("type", "text"))
    if kind == "file":
        contents = TYPED.get(how, ABSENT).strip().encode()
        return [(BytesIO(contents), "odd.csv" if how != "nothing" else "")]
    if kind in CHOSEN or kind == "select":
        return _left(control, kind) if how == "nothing" else _chosen(control, kind, how)
    if how in TYPED:
        return [TYPED[how]]
    impossible = {"day": "31", "month": "2", "year": "2031"}
    return [impossible.get(name.rpartition("-")[2], ABSENT)]


def _left(control: Tag, kind: str) -> list[object]:
    """Nothing, where a browser lets somebody choose nothing: what one radio or option replaced stays chosen."""
    if kind == "select":
        chosen = control.find("option", selected=True) or control.find("option")
        empty = control.find("option", value="") is not None
        return [""] if empty else [str(chosen.get("value", ""))] if chosen else []
    return [str(control.get("value", "on"))] if kind == "radio" and control.has_attr("checked") else []


def _chosen(control: Tag, kind: str, how: str) -> list[object]:
    """The last there is, or one that is not there."""
    if kind == "select":
        last = control.find_all("option")[-1:]
        return [ABSENT] if how == "what is not there" else [str(each.get("value", "")) for each in last]
    form = control.find_parent("form")
    assert form is not None
    alike = [each for each in form.select(f"input[type={kind}]") if each["name"] == control["name"]]
    if control is not alike[-1]:
        return []
    return [ABSENT] if how == "what is not there" else [str(control.get("value", "on"))]


# What is wrong with an answer


def faults(client: CheckedClient, shown: Shown, data: Sent, answer: TestResponse) -> Iterator[str]:
    """What is wrong with an answer to a form, a line each; the client checks each page as such."""
    status = answer.status_code
    if status >= 500:
        yield f"answers {status}"
    elif status < 400:
        yield from _run(client, answer)
    elif status != 409 and shown.asks:
        yield from _refusal(shown, data, page_of(answer))


def _run(client: CheckedClient, answer: TestResponse) -> Iterator[str]:
    """Texts are taken as texts: no markup, no template."""
    if answer.status_code in (302, 303):
        answer = client.get(answer.location)
    if answer.mimetype != "text/html":
        answer.close()
        return
    text = answer.get_data(as_text=True)
    if 'class="planted"' in text:
        yield "what was typed is markup"
    if "7777" in text:
        yield "what was typed is a template"


def _refusal(shown: Shown, data: Sent, page: BeautifulSoup) -> Iterator[str]:
    summary = page.select_one(".govuk-error-summary")
    main = page.find("main")
    if summary is None or main is None:
        yield "is refused without an error summary"
        return
    if main.find(True) is not summary:
        yield "something stands before the error summary"
    if summary.get("data-module") != "govuk-error-summary" or not summary.select_one("[role=alert]"):
        yield "the error summary is not announced or does not take the focus"
    yield from _links(page, summary)
    if shown.endpoint not in ANOTHER_EACH_TIME:
        yield from _typed(shown, data, page)


def _links(page: BeautifulSoup, summary: Tag) -> Iterator[str]:
    links, beside = summary.select("li a[href]"), [_words(each) for each in page.select(".govuk-error-message")]
    if not links or len(links) != len(summary.select("li")):
        yield "an error in the summary leads nowhere"
    for link in links:
        target = page.find(id=str(link["href"]).removeprefix("#"))
        if not isinstance(target, Tag) or target.name not in ("input", "textarea", "select"):
            if link["href"] not in LISTED:
                yield f"“{_words(link)}” leads to no field: {link['href']}"
        elif not any(_words(link) in said for said in _described(page, target)):
            yield f"“{_words(link)}” does not describe its field {link['href']}: {_described(page, target)}"
    for message in beside:
        if not any(_words(link) in message for link in links):
            yield f"“{message}” is not in the error summary"


def _words(element: Tag) -> str:
    return " ".join(element.get_text().split()).removeprefix("Error: ")


def _described(page: BeautifulSoup, field: Tag) -> list[str]:
    """The error messages that a field is described by, itself or as one of a group."""
    groups = [field, *field.find_parents("fieldset")]
    names = [name for each in groups for name in str(each.get("aria-describedby", "")).split()]
    found = [page.find(id=name) for name in names]
    return [_words(each) for each in found if isinstance(each, Tag) and "govuk-error-message" in str(each.get("class"))]


def _typed(shown: Shown, data: Sent, page: BeautifulSoup) -> Iterator[str]:
    """What was typed and chosen stands there still, but for what the page never offered."""
    again = [form for form in page.find_all("form") if {str(each["name"]) for each in controls(form)} & set(data)]
    there = {name: texts for form in again for name, texts in fields_of(form).items()}
    for control in controls(shown.form):
        name, kind = str(control["name"]), control.get("type")
        if kind == "file" or (data[name] == [ABSENT] and (kind in CHOSEN or control.name == "select")):
            continue
        typed, now = ([" ".join(str(each).split()) for each in texts] for texts in (data[name], there.get(name, [])))
        if typed != now and (any(typed) or any(now)):
            yield f"what was typed in {name} is not kept: {str(typed)[:80]} became {str(now)[:80]}"


@contextmanager
def kept_site(folder: Path, migrated: bytes) -> Iterator[Kept]:
    """The two partnerships' site in this folder, on a copy of a migrated SQLite file without rows."""
    (folder / "test.sqlite").write_bytes(migrated)
    installed = install(settings_of(folder, f"sqlite:///{folder / 'test.sqlite'}"))
    yield Kept.of(installed)
    installed.close()

"""Section page and save, in requests a second over real HTTP, against a bare Flask route in the same server."""

from __future__ import annotations

import http.client
import re
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag

from tests.benchmarks.measure import Figure, ratios
from tests.benchmarks.site import CLIENTS, make_site, served

SECONDS = 1.0
SECTION = "purpose"


class Client:
    """One respondent's browser: it reads a section page and saves it, changing one answer each time."""

    def __init__(self, port: int, invitation: int, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.address = f"/answer/{invitation}/aspire/sections/{SECTION}"
        self.cookies = {"a2p": token}
        page = self.read()
        form = BeautifulSoup(page, "html.parser").find("form", action=re.compile(SECTION))
        assert isinstance(form, Tag), "the section page has a form"
        self.fields = dict(_fields(form))
        self.changing = next(name for name in self.fields if name.startswith("a-"))
        self.edition = "v" + self.changing[1:]

    def request(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body or None, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return response.status, text

    def bare(self) -> None:
        status, text = self.request("GET", "/bare")
        assert (status, text) == (200, "hello")

    def read(self) -> str:
        status, text = self.request("GET", self.address)
        assert status == 200, status
        assert "Has the partnership settled" in text, "the page asks its questions"
        return text

    def save(self) -> None:
        changed = "starting" if self.fields[self.changing] == "working" else "working"
        self.fields[self.changing] = changed
        status, _ = self.request("POST", self.address, urlencode(self.fields))
        assert status == 302, status
        self.fields[self.edition] = f"{int(self.fields[self.edition].partition('-')[0]) + 1}-"


def figures() -> list[Figure]:
    """page_get, page_post and page_p99."""
    with tempfile.TemporaryDirectory() as folder:
        people = make_site(Path(folder))
        with served(Path(folder)) as port, ThreadPoolExecutor(CLIENTS) as pool:
            clients = [Client(port, invitation, token) for invitation, token in people]

            def rate(what: str) -> float:
                return sum(pool.map(lambda client: len(_for_a_while(client, what)), clients)) / SECONDS

            get = ratios(lambda _: rate("read"), lambda _: rate("bare"))
            post = ratios(lambda _: rate("save"), lambda _: rate("bare"))
            tail = tuple(_tail(list(pool.map(lambda client: _for_a_while(client, "read"), clients))) for _ in range(7))
            for client in clients:
                page = client.read()
                assert f'value="{client.fields[client.edition]}' in page, "every save that was acknowledged is kept"
    return [
        Figure("page_get", get, ">= 0.25", "section page with saved answers / bare route, requests a second"),
        Figure("page_post", post, ">= 0.22", "save, committed with full sync / bare route, requests a second"),
        Figure("page_p99", tail, "<= 2", "99th percentile of the section page / its own median, 8 clients"),
    ]


def _for_a_while(client: Client, what: str) -> list[float]:
    act, times = getattr(client, what), []
    until = time.perf_counter() + SECONDS
    while (start := time.perf_counter()) < until:
        act()
        times.append(time.perf_counter() - start)
    return times


def _tail(times: list[list[float]]) -> float:
    everything = [one for each in times for one in each]
    return statistics.quantiles(everything, n=100)[98] / statistics.median(everything)


def _fields(form: Tag) -> list[tuple[str, str]]:
    """What a browser would post: hidden fields, checked radios, texts."""
    found = []
    for control in form.select("input[name], textarea[name]"):
        kind = control.get("type", "text")
        if control.name == "input" and kind in ("radio", "checkbox") and not control.has_attr("checked"):
            continue
        value = control.get_text() if control.name == "textarea" else str(control.get("value", ""))
        found.append((str(control["name"]), value))
    return found

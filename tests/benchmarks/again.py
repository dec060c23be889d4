"""A document that is there already, asked for again and taken, over real HTTP, against a bare route beside it."""

from __future__ import annotations

import http.client
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.policy import Role
from a2p.commands.beside import worker_beside
from a2p.commands.worker import DOCUMENTS
from a2p.definition.catalogue import read
from a2p.store.base import today
from a2p.store.definitions import publish
from a2p.store.engine import open_engine
from a2p.store.migrate import upgrade
from a2p.store.tables import Grant, Installation, Partnership, Person, Region
from tests.benchmarks.batch import kept_result
from tests.benchmarks.measure import Figure, ratios
from tests.benchmarks.site import CLIENTS, served, settings, times_in

SECONDS = 1.0
PATIENCE_SECONDS = 120.0


class Coordinator:
    """A coordinator's browser, at the form of the capacity report."""

    def __init__(self, port: int, token: str, round_id: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookie = f"a2p={token}"
        self.form = f"/rounds/{round_id}/results/aspire/documents/report"
        page = BeautifulSoup(self._get(self.form), "html.parser")
        fields = page.select("form[method=post] input[name]")
        self.sent = urlencode(
            {str(each["name"]): str(each.get("value", "")) for each in fields if _is_sent(each.attrs)}
        )

    def ask(self) -> str:
        """Ask for the report; the address of its job."""
        self.connection.request("POST", self.form, self.sent, {**self._headers, **_FORM})
        response = self.connection.getresponse()
        response.read()
        assert response.status == 302, response.status
        return response.headers["Location"]

    def take(self, job: str) -> None:
        assert self._get(f"{job}/file").startswith(b"%PDF"), "the document is taken"

    def bare(self) -> None:
        assert self._get("/bare") == b"hello"

    @property
    def _headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie}

    def _get(self, path: str) -> bytes:
        self.connection.request("GET", path, headers=self._headers)
        response = self.connection.getresponse()
        whole = response.read()
        assert response.status == 200, (path, response.status)
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookie += f"; {cookie.partition(';')[0]}"
        return whole


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def figures() -> list[Figure]:
    """pdf_again, and its two halves."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        round_id, tokens = _site(folder)
        with served(folder) as port, ThreadPoolExecutor(CLIENTS) as pool:
            people = [Coordinator(port, token, round_id) for token in tokens]
            with worker_beside(settings(folder), DOCUMENTS):
                jobs = {person: _first(person) for person in people}

            def seconds(act: Callable[[Coordinator], object]) -> float:
                return SECONDS / sum(pool.map(lambda person: times_in(SECONDS, person, act), people))

            def again(person: Coordinator) -> None:
                job = person.ask()
                assert job == jobs[person], "it is not made a second time"
                person.take(job)

            def bare(_: int) -> float:
                return seconds(Coordinator.bare)

            return [
                Figure(
                    "pdf_again",
                    ratios(lambda _: seconds(again), bare),
                    "<= 3",
                    "the same report asked for again and taken / a bare route",
                ),
                Figure("pdf_asked", ratios(lambda _: seconds(Coordinator.ask), bare), "stated", "the asking by itself"),
                Figure(
                    "pdf_taken",
                    ratios(lambda _: seconds(lambda person: person.take(jobs[person])), bare),
                    "stated",
                    "the taking by itself",
                ),
            ]


def _site(folder: Path) -> tuple[int, list[str]]:
    """A site with one closed round; its number, and the session tokens of its coordinators."""
    engine = open_engine(settings(folder).database_url)
    upgrade(engine)
    with Session(engine) as session, session.begin():
        region = Region(name="Benchmarks")
        session.add_all([Installation(demo=True), region])
        version = publish(session, read("aspire"))
        session.flush()
        place = Partnership(region_id=region.id, name="Benchmark Partnership", kind="county")
        session.add(place)
        session.flush()
        result = kept_result(session, place, version, 1)
        return result.round_id, [_signed_in(session, place, number) for number in range(CLIENTS)]


def _signed_in(session: Session, place: Partnership, number: int) -> str:
    person = Person(name=f"Coordinator {number}", email=f"coordinator{number}@example.org")
    session.add(person)
    session.flush()
    session.add(Grant(person_id=person.id, role=Role.COORDINATOR.value, partnership_id=place.id, starts=today()))
    session.flush()
    return sessions.sign_in(session, None, person.id)


def _first(person: Coordinator) -> str:
    """Ask for the report and wait until it is there: the address of its job."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        person.connection.close()  # it was idle, and the server may close it any moment
        job = person.ask()
        try:
            person.take(job)
        except AssertionError:
            time.sleep(0.5)
        else:
            return job
    raise TimeoutError("the report was not made")


def _is_sent(field: Mapping[str, object]) -> bool:
    return field.get("type") not in ("radio", "checkbox") or "checked" in field

"""The region's home and a section picture of 400 partnerships over real HTTP, against a bare route beside them."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.access.policy import Role
from a2p.rounds.regional_snapshots import make
from a2p.store.audit import SYSTEM
from a2p.store.tables import Grant, Person, Region
from tests.benchmarks.measure import Figure, ratios
from tests.benchmarks.shires import ASKED, CLOSED, folder_of, region_of, scope
from tests.benchmarks.site import CLIENTS, served, times_in

PARTNERSHIPS = 400
YEARS = 3
SECONDS = 1.0


class Manager:
    """A programme manager's browser."""

    def __init__(self, port: int, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {"Cookie": f"a2p={token}"}

    def read(self, path: str, says: str) -> None:
        """Read a page, which says something that only the right one does."""
        self.connection.request("GET", path, headers=self.headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        assert (response.status, says in text) == (200, True), (path, response.status)


def figures() -> list[Figure]:
    """region_page, region_home and region_picture."""
    with region_of(PARTNERSHIPS, YEARS) as (engine, region_id):
        with Session(engine) as session, session.begin():
            made = make(session, session.get_one(Region, region_id), scope(YEARS - 1), "Newest", SYSTEM)
            home, picture = f"/regions/{region_id}", f"/regions/{region_id}/snapshots/{made.id}/pictures/{ASKED}-apart"
            tokens = [_manager(session, region_id, number) for number in range(CLIENTS)]
        with served(folder_of(engine)) as port, ThreadPoolExecutor(CLIENTS) as pool:
            managers = [Manager(port, token) for token in tokens]

            def rate(act: Callable[[Manager], None]) -> float:
                return sum(pool.map(lambda manager: times_in(SECONDS, manager, act), managers)) / SECONDS

            def bare(_: int) -> float:
                return rate(lambda manager: manager.read("/bare", "hello"))

            def at_home(manager: Manager) -> None:
                manager.read(home, "Take-up by questionnaire")

            def at_picture(manager: Manager) -> None:
                manager.read(picture, "Where sections stand")

            def both(manager: Manager) -> None:
                at_home(manager)
                at_picture(manager)

            return [
                Figure(
                    "region_page",
                    ratios(lambda _: 2 * rate(both), bare),
                    ">= 0.10",
                    f"region home and section picture of {PARTNERSHIPS} partnerships / bare route, requests a second",
                ),
                Figure("region_home", ratios(lambda _: rate(at_home), bare), "stated", "the home by itself"),
                Figure("region_picture", ratios(lambda _: rate(at_picture), bare), "stated", "the picture by itself"),
            ]


def _manager(session: Session, region_id: int, number: int) -> str:
    """A manager of the region who is signed in; the token of their session."""
    person = Person(name=f"Manager {number}", email=f"manager{number}@example.org")
    session.add(person)
    session.flush()
    since = CLOSED.date()
    session.add(Grant(person_id=person.id, role=Role.MANAGER.value, region_id=region_id, starts=since, ends=None))
    session.flush()
    return sessions.sign_in(session, None, person.id)

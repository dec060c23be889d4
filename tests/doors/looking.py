"""Everything that one viewer can fetch of a round, by crawling; without what differs from world to world by chance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from itertools import product
from unittest.mock import patch
from urllib.parse import unquote
from zipfile import ZipFile

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from a2p.access.policy import Role
from a2p.documents.order import HTML, KINDS, Order
from a2p.jobs.desk import Desk
from a2p.jobs.renderer import Here
from a2p.scoring.disclosure import Audience, Disclosed, unlimited
from a2p.scoring.frozen_file import read_frozen
from a2p.settings import documents_folder
from a2p.store.round_tables import Invitation, Job, Result
from tests.command_line import a2p
from tests.doors.story import FIRST, World
from tests.ordered import order_report
from tests.web.installation import Installation

ABOUT_RESULTS = re.compile(r"/(results|released|comments|release|export|agreed|actions|audit|public|data-dictionary)\b")
NEVER_OPENED = re.compile(r"/static|/(propose|lower|new|change|withdraw|close|reopen)\b|/help|/sign")
BY_CHANCE = (
    re.compile(r'name="csrf_token"[^>]*>'),
    re.compile(r'nonce="[^"]*"'),
    re.compile(r"\b\d{1,2}:\d\d(:\d\d(\.\d+)?)?(am|pm)?\b"),
    re.compile(r"\b[0-9a-f]{16}\b"),  # an erasure's number, drawn at random
    re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b|\b\d{4}-\d\d-\d\d\b"),
)


def everything(installed: Installation, world: World, who: str) -> dict[str, str]:
    """All that somebody is shown of the world's rounds now, by its address."""
    if who == "operator":
        return _commands(installed)
    client, starts = _browser(installed, world, who)
    found: dict[str, str] = {}
    wanted = list(starts)
    while wanted:
        path = wanted.pop()
        if path in found:
            continue
        response = FlaskClient.open(client, path)
        found[path] = _text(response)
        if response.mimetype == "text/html":
            links = re.findall(r'href="(/[^"#]*)', response.get_data(as_text=True).replace("&amp;", "&"))
            wanted += [each for each in links if ABOUT_RESULTS.search(each) and not NEVER_OPENED.search(each)]
    if who in STAFF:
        found |= _documents(installed, world, who)
    return found


STAFF: Mapping[str, Role] = {
    "coordinator": Role.COORDINATOR,
    "chair": Role.CHAIR,
    "facilitator": Role.FACILITATOR,
}
VIEWERS = (*STAFF, "programme manager", "respondent", "public", "operator")


def _browser(installed: Installation, world: World, who: str) -> tuple[FlaskClient, list[str]]:
    """The viewer's browser, and where they begin."""
    rounds = [each for each in (world.round_id, world.next_id) if each]
    place = world.place
    if who in STAFF:
        home = "facilitate" if who == "facilitator" else ""
        pages = [f"/rounds/{each}/{home}".rstrip("/") for each in rounds]
        editions = [f"/rounds/{each}/results/doors?edition={n}" for each in rounds for n in (1, 2, 3, 4)]
        return installed.signed_in(place.staff[STAFF[who]]), pages + editions
    if who == "programme manager":
        pages = [f"/regions/{place.region.id}", *(f"/rounds/{each}/released" for each in rounds)]
        return installed.signed_in(place.staff[Role.MANAGER]), pages
    if who == "public":
        return installed.client(), [f"/public/rounds/{each}" for each in rounds]
    with world.session() as session:
        mine = session.scalars(select(Invitation).where(Invitation.name == FIRST[8]).order_by(Invitation.id)).first()
    assert mine is not None
    own = f"/answer/{mine.id}"
    return installed.respondent(mine), ["/answering", own, f"{own}/results/doors"]


def _text(response: TestResponse) -> str:
    if (response.mimetype or "").endswith("spreadsheetml.sheet"):
        with ZipFile(BytesIO(response.get_data())) as book:
            parts = [book.read(name).decode() for name in sorted(book.namelist()) if name.startswith("xl/")]
        return f"{response.status_code} " + "".join(parts)
    said = unquote(response.get_data(as_text=True))
    for each in BY_CHANCE:
        said = each.sub("", said)
    return f"{response.status_code} {said}"


def _documents(installed: Installation, world: World, who: str) -> dict[str, str]:
    """Every document of every result that there are documents of, as a worker makes them to be read on a screen."""
    made: dict[str, str] = {}
    person = world.place.staff[STAFF[who]]
    desk = Desk(installed.engine, installed.settings.data_dir, renderer=Here())
    documents = documents_folder(installed.settings.data_dir)
    with installed.session() as session:
        rounds = (world.round_id, world.next_id)
        results = session.scalars(select(Result).where(Result.round_id.in_(rounds), Result.shown)).all()
    for result, order in product(results, (Order(kind, HTML) for kind in KINDS if HTML in KINDS[kind].formats)):
        with installed.session() as session, session.begin():
            number = order_report(session, result, person.id, documents, order).id
        desk.do(number)
        with installed.session() as session, session.begin():
            job = session.get_one(Job, number)
            said = (documents / job.file).read_text() if job.file else job.message
            made[f"{order.kind} of {result.round_id}, {result.edition}"] = said
            session.delete(job)
    return made


def _commands(installed: Installation) -> dict[str, str]:
    """What the commands print that read a site's database, but for one person's own data."""
    environment = {
        "A2P_DATA_DIR": str(installed.settings.data_dir),
        "A2P_DATABASE_URL": installed.settings.database_url,
        "A2P_SECRET_KEY": installed.settings.secret_key,
    }
    said = {}
    for command in (("audit", "list"), ("people", "list")):
        output = a2p(*command, **environment).output
        for each in BY_CHANCE:
            output = each.sub("", output)
        said[" ".join(command)] = output
    return said


LEAKS: Mapping[str, tuple[str, str]] = {
    "page": ("a2p.web.results.disclosed", "coordinator"),
    "export": ("a2p.web.result_files.disclosed", "chair"),
    "report": ("a2p.ordering.gathering.disclosed", "facilitator"),
    "released": ("a2p.web.released.disclosed", "programme manager"),
    "own": ("a2p.web.released.disclosed", "respondent"),
    "public": ("a2p.web.released.disclosed", "public"),
}
"""A door at which disclosure could be forgotten, and somebody who comes through it."""


@contextmanager
def forgotten(door: str) -> Iterator[None]:
    """Disclosure is forgotten at a door."""
    with patch(LEAKS[door][0], _all_of_it):
        yield


def _all_of_it(result: Result, _audience: Audience = Audience.COORDINATOR) -> Disclosed:
    return unlimited(read_frozen(result.document.encode()))

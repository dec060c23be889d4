"""A small real site for the web benchmarks: gunicorn serves it beside a bare Flask route, in the same processes."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from flask import Flask
from sqlalchemy.orm import Session

from a2p.access.sessions import bind_invitation
from a2p.definition.catalogue import read
from a2p.exchange.sample import sample
from a2p.rounds.answering import save_section
from a2p.rounds.inviting import Invitee, invite
from a2p.rounds.opening import RoundPlan, open_round
from a2p.settings import ROOT, Settings, for_demo
from a2p.store.definitions import publish
from a2p.store.engine import open_engine
from a2p.store.migrate import upgrade
from a2p.store.tables import Installation, Partnership, Region

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CLIENTS = 8
SECRET = "benchmarks only, nothing else uses this secret"


def settings(folder: Path) -> Settings:
    """The settings of the site in this folder."""
    return for_demo(folder, "127.0.0.1", 80, SECRET)


def make_site(folder: Path, people: int = CLIENTS) -> list[tuple[int, str]]:
    """Fill a database; returns (invitation id, session token) of each of the `people`, with answers saved."""
    engine = open_engine(settings(folder).database_url)
    upgrade(engine)
    definition = read("aspire")
    with Session(engine) as session, session.begin():
        region = Region(name="Benchmarks")
        session.add_all([Installation(demo=True), region])
        session.flush()
        partnership = Partnership(region_id=region.id, name="Benchmark Partnership", kind="county")
        session.add(partnership)
        session.flush()
        version = publish(session, definition)
        round_ = open_round(session, partnership, RoundPlan("Now", [version], together=False))
        clients = []
        for who in sample(definition, respondents=people, organisations=people, seed=secrets.randbelow(1000)):
            made = invite(session, round_, Invitee(who.id, who.organisation, who.sector or "health")).invitation
            save_section(session, made, version, who.answers, {})
            clients.append((made.id, bind_invitation(session, None, made)))
    return clients


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The site on a free port, with two workers of four threads; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    command += ["--no-control-socket", "--log-level", "warning", "tests.benchmarks.site:both()"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BENCH_FOLDER": str(folder)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


class Connected(Protocol):
    """A browser with a connection to the site."""

    connection: HTTPConnection


_Browser = TypeVar("_Browser", bound=Connected)


def times_in(seconds: float, browser: _Browser, act: Callable[[_Browser], object]) -> int:
    """How many times a browser does something in a while."""
    browser.connection.close()  # it may have been idle for longer than the server keeps it
    many, until = 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        act(browser)
        many += 1
    return many


class Both:
    """The site, and a bare Flask app under /bare."""

    def __init__(self, site: Flask) -> None:
        self.site = site
        self.bare = Flask("bare")
        self.bare.add_url_rule("/bare", view_func=lambda: "hello", endpoint="hello")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        app = self.bare if environ["PATH_INFO"] == "/bare" else self.site
        return app(environ, start_response)


def both() -> Both:
    """What gunicorn serves."""
    from a2p.web.app import create_app

    return Both(create_app(settings(Path(os.environ["BENCH_FOLDER"]))))


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the site did not start")

"""Settings that hold for every test, and the databases that many of them need."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from a2p.store.engine import open_engine
from a2p.store.migrate import upgrade
from tests.chromium import NoChromium, headless_chromium
from tests.database import NoPostgres, empty, postgres_database, postgres_server, sqlite_database

# No deadline: a busy machine must not fail a test. On CI the same examples every time, elsewhere new ones.
settings.register_profile(
    "a2p",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("a2p")

EACH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of this process."""
    try:
        with headless_chromium() as browser:
            yield browser
    except NoChromium as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server for the tests of this process."""
    try:
        with postgres_server() as address:
            yield address
    except NoPostgres as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> Iterator[str]:
    """The name of a migrated database without rows, to copy."""
    with postgres_database(postgres) as address:
        engine = open_engine(address)
        upgrade(engine)
        engine.dispose()
        yield str(make_url(address).database)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a migrated SQLite file without rows, to copy."""
    folder = tmp_path_factory.mktemp("migrated")
    engine = open_engine(sqlite_database(folder))
    upgrade(engine)
    engine.dispose()
    return (folder / "test.sqlite").read_bytes()


@pytest.fixture
def sqlite_url(migrated_sqlite: bytes, tmp_path: Path) -> str:
    """The address of a migrated SQLite file without rows."""
    (tmp_path / "test.sqlite").write_bytes(migrated_sqlite)
    return sqlite_database(tmp_path)


@pytest.fixture(params=EACH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once on each engine."""
    if request.param == "sqlite":
        yield sqlite_database(tmp_path)
    else:
        with postgres_database(request.getfixturevalue("postgres")) as address:
            yield address


@pytest.fixture(params=EACH)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated database without rows, once on each engine."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        server, template = (request.getfixturevalue(name) for name in ("postgres", "migrated_postgres"))
        with postgres_database(server, template) as address:
            yield address


@pytest.fixture(scope="session")
def kept_postgres(postgres: str, migrated_postgres: str) -> Iterator[str]:
    """The address of a migrated PostgreSQL database that the tests of this process use one after another."""
    with postgres_database(postgres, migrated_postgres) as address:
        yield address


@pytest.fixture(params=EACH)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A migrated database without rows, once on each engine."""
    if request.param == "sqlite":
        made = open_engine(request.getfixturevalue("sqlite_url"))
        yield made
        made.dispose()
    else:
        made = open_engine(request.getfixturevalue("kept_postgres"))
        yield made
        made.dispose()
        empty(request.getfixturevalue("kept_postgres"))


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session on a migrated database, once on each engine; rolled back at the end."""
    with Session(engine) as made:
        yield made


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    """A migrated SQLite file without rows, for what is SQLite's alone or the same everywhere."""
    made = open_engine(sqlite_url)
    yield made
    made.dispose()

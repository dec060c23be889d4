"""One set-up of the database for web, worker and command line: SQLite with its settings, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MILLISECONDS = 10_000
READ_ONLY = {"a2p_read_only": True}
# What goes wrong is logged with its statement, and never with what people typed.
OPTIONS: Mapping[str, bool] = {"hide_parameters": True}


def open_engine(url: str) -> Engine:
    """An engine on this address, its settings applied; an SQLite file's folder is made if it is missing."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, **OPTIONS)
    prepare(engine)
    return engine


@contextmanager
def closing_all(engine: Engine) -> Iterator[Engine]:
    """The engine; at the end, however it comes, all its connections are closed."""
    try:
        yield engine
    finally:
        engine.dispose()


def prepare(engine: Engine) -> None:
    """Apply our settings to an engine made elsewhere. SQLite: foreign keys, full sync, one writer at a time."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the fix of the write-ahead log's reset fault, which could corrupt a database.

    Fixed in 3.51.3 and, for older lines, in 3.50.7 and 3.44.6 (sqlite.org/wal.html).
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def _set_up_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        f"journal_mode={journal}",
        "foreign_keys=ON",
        "synchronous=FULL",
        "secure_delete=ON",  # what is erased leaves no bytes in the file, nor in a copy of it
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the write lock at once: two that read first and write later would lose one's update."""
    read_only = connection.get_execution_options().get("a2p_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

"""Putting a backup's database in the place of the site's: prepared beside, and swapped in only when it is finished."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from a2p.store.archive import BackupError, Manifest, read_manifest, unpack
from a2p.store.engine import BUSY_MILLISECONDS, closing_all, open_engine
from a2p.store.erasures import sync_folder
from a2p.store.migrate import knows, upgrade
from a2p.store.postgres_tools import SCHEMA, find, load
from a2p.store.snapshots import POSTGRES_DUMP, SQLITE_DUMP, facts_of, refuse_damaged

OLD_SCHEMA = "a2p_before_restore"
NOT_EMPTY = "There is a database at {place} already. Give --replace to put the backup in its place."


def check(path: Path, url: str, *, replace: bool) -> Manifest:
    """The manifest of a backup that may be restored to this address. BackupError if it may not."""
    manifest = read_manifest(path)
    engine = "sqlite" if make_url(url).get_backend_name() == "sqlite" else "postgresql"
    if manifest.engine != engine:
        raise BackupError(f"{path} is a backup of {manifest.engine}; A2P_DATABASE_URL names {engine}.")
    if not knows(manifest.revision):
        raise BackupError(f"{path} was made by a newer a2p (revision {manifest.revision}). Update a2p first.")
    if engine == "postgresql":
        find("pg_restore")
    if not replace and _has_something(url):
        place = make_url(url).set(username=None, password=None).database
        raise BackupError(NOT_EMPTY.format(place=place))
    return manifest


@contextmanager
def restored(path: Path, manifest: Manifest, url: str, folder: Path) -> Iterator[Engine]:
    """The backup's database, brought up to date, to be finished by the caller; `folder` is for it meanwhile.

    It takes the place of the site's database at the end; if anything fails, that one stays as it was.
    """
    unpack(path, manifest, folder)
    place = _beside_sqlite if manifest.engine == "sqlite" else _in_postgres
    with place(url, folder) as engine:
        with engine.connect() as connection:
            found = facts_of(connection)
        if (found.revision, found.demo, found.rows) != (manifest.revision, manifest.demo, manifest.rows):
            raise BackupError(f"{path} is damaged: its tables have not the rows that were backed up.")
        upgrade(engine)
        yield engine


def _has_something(url: str) -> bool:
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        path = Path(str(address.database))
        if not path.exists():
            return False
        try:
            with closing(sqlite3.connect(path)) as connection:
                return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
        except sqlite3.DatabaseError:
            return True  # whatever it is, it isn't empty
    with closing_all(open_engine(url)) as engine, engine.connect() as connection:
        return _schema_exists(connection, OLD_SCHEMA) or _has_tables(connection)


# SQLite


@contextmanager
def _beside_sqlite(url: str, folder: Path) -> Iterator[Engine]:
    fresh = folder / SQLITE_DUMP
    with closing(sqlite3.connect(fresh)) as connection:
        refuse_damaged(connection)
    with closing_all(open_engine(f"sqlite:///{fresh}")) as engine:
        yield engine
    _swap_sqlite(fresh, Path(str(make_url(url).database)))


def _swap_sqlite(fresh: Path, live: Path) -> None:
    """Copy over the site's database in one transaction, so that a process that has it open reads the new one and no
    journal of the old is taken for one of the new. What is too damaged for that is put out of the way."""
    live.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(sqlite3.connect(fresh)) as source, closing(sqlite3.connect(live)) as target:
            target.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
            target.execute("PRAGMA synchronous=FULL")
            source.backup(target)
    except sqlite3.OperationalError as problem:
        raise BackupError(f"{live} can't be written: {problem}.") from problem
    except sqlite3.DatabaseError:
        for ending in ("-journal", "-wal", "-shm"):
            live.with_name(live.name + ending).unlink(missing_ok=True)
        shutil.copyfile(fresh, live.with_name(f"{live.name}.part"))
        _sync(live.with_name(f"{live.name}.part"))
        live.with_name(f"{live.name}.part").replace(live)
    sync_folder(live.parent)


def _sync(path: Path) -> None:
    with path.open("rb+") as content:
        os.fsync(content.fileno())


# PostgreSQL


@contextmanager
def _in_postgres(url: str, folder: Path) -> Iterator[Engine]:
    """What is there is moved to another schema until all is done, and back if anything fails."""
    engine = open_engine(url)
    try:
        _refuse_if_in_use(engine)
        _put_back(engine)  # a restore that was broken off
        _move_aside(engine)
        try:
            load(engine.url, folder / POSTGRES_DUMP)
            yield engine
        except BaseException:
            engine.dispose()
            _put_back(engine)
            raise
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {OLD_SCHEMA} CASCADE"))
    except DatabaseError as problem:
        raise BackupError(f"The database can't be restored: {problem.orig}") from problem
    finally:
        engine.dispose()


def _refuse_if_in_use(engine: Engine) -> None:
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with engine.connect() as connection:
        number = connection.scalar(others)
    if number:
        raise BackupError(f"The database is in use ({number} connections). Stop the site and its workers first.")


def _move_aside(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"ALTER SCHEMA {SCHEMA} RENAME TO {OLD_SCHEMA}"))
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))


def _put_back(engine: Engine) -> None:
    with engine.begin() as connection:
        if _schema_exists(connection, OLD_SCHEMA):
            connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
            connection.execute(text(f"ALTER SCHEMA {OLD_SCHEMA} RENAME TO {SCHEMA}"))


def _schema_exists(connection: Connection, name: str) -> bool:
    return connection.scalar(text("SELECT 1 FROM pg_namespace WHERE nspname = :name"), {"name": name}) is not None


def _has_tables(connection: Connection) -> bool:
    tables = text("SELECT 1 FROM pg_tables WHERE schemaname = :name LIMIT 1")
    return connection.scalar(tables, {"name": SCHEMA}) is not None

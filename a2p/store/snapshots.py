"""Copying a database while the site goes on: SQLite by its backup interface, PostgreSQL by pg_dump in one snapshot."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, table, text
from sqlalchemy.exc import DatabaseError

from a2p.store.archive import BackupError, Manifest, part_of, write_archive
from a2p.store.base import now
from a2p.store.engine import BUSY_MILLISECONDS, closing_all
from a2p.store.migrate import revision_of
from a2p.store.postgres_tools import dump
from a2p.store.tables import Installation

SQLITE_DUMP = "database.sqlite"
POSTGRES_DUMP = "database.dump"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database is, and how much of it there is."""

    revision: str
    demo: bool
    rows: dict[str, int]


def back_up(engine: Engine, target: Path, folder: Path, *, replace: bool) -> Manifest:
    """Write a backup of the database to `target`; `folder` is for the copy meanwhile. Everything committed before the
    call is in it, and everything in it is of one moment. BackupError if there is nothing whole to back up."""
    made = now()
    copied, facts = _copy_sqlite(engine, folder) if engine.dialect.name == "sqlite" else _copy_postgres(engine, folder)
    manifest = _manifest(engine, made, facts, copied)
    write_archive(target, manifest, {copied.name: copied}, replace=replace)
    return manifest


def _manifest(engine: Engine, made: datetime, facts: Facts, copied: Path) -> Manifest:
    return Manifest(
        made=made,
        engine="sqlite" if engine.dialect.name == "sqlite" else "postgresql",
        revision=facts.revision,
        demo=facts.demo,
        rows=facts.rows,
        parts={copied.name: part_of(copied)},
    )


def _copy_sqlite(engine: Engine, folder: Path) -> tuple[Path, Facts]:
    path, copied = Path(str(engine.url.database)), folder / SQLITE_DUMP
    if not path.is_file():
        raise BackupError(f"There is no database at {path}.")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copied)) as copy:
            source.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
            copy.execute("PRAGMA synchronous=OFF")  # a copy that a crash takes is not used
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, whatever journal the site keeps
            refuse_damaged(copy)
    except sqlite3.DatabaseError as problem:
        raise BackupError(f"{path} can't be copied: {problem}.") from problem
    with closing_all(create_engine(f"sqlite:///{copied}")) as reading, reading.connect() as connection:
        return copied, facts_of(connection)


def refuse_damaged(connection: sqlite3.Connection) -> None:
    """BackupError if an SQLite database is not sound."""
    try:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as problem:
        raise BackupError(f"The database is damaged: {problem}.") from problem
    if said != ["ok"] or broken is not None:
        raise BackupError(f"The database is damaged: {said[0] if said != ['ok'] else f'a broken link in {broken[0]}'}.")


def _copy_postgres(engine: Engine, folder: Path) -> tuple[Path, Facts]:
    copied = folder / POSTGRES_DUMP
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        facts = facts_of(connection)
        dump(engine.url, str(snapshot), copied)
    return copied, facts


def facts_of(connection: Connection) -> Facts:
    """What is in the database that a connection sees. BackupError if it isn't one of a2p."""
    revision = revision_of(connection)
    if revision is None:
        raise BackupError("The database is not one of a2p, or not made yet. Run: a2p migrate")
    try:
        demo = connection.scalar(select(Installation.demo))
        names = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        rows = {name: connection.scalar(select(func.count()).select_from(table(name))) for name in names}
    except DatabaseError as problem:
        raise BackupError(f"The database can't be read: {problem.orig}.") from problem
    return Facts(revision, bool(demo), {name: number or 0 for name, number in sorted(rows.items())})

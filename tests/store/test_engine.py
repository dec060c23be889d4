"""SQLite's settings, and what they are for: nothing lost between writers, readers that hold up nobody."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from a2p.settings import ROOT
from a2p.store.engine import READ_ONLY, open_engine, wal_is_safe
from a2p.store.tables import Partnership, Region

WRITERS, EACH = 4, 25

ADDER = """
import sys
from sqlalchemy.orm import Session
from a2p.store.engine import open_engine
from tests.store.test_engine import add_one
engine = open_engine(sys.argv[1])
for _ in range(int(sys.argv[2])):
    add_one(engine)
"""


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(f"PRAGMA {name}"))


def test_every_commit_reaches_the_disk_before_it_is_acknowledged(sqlite_engine: Engine) -> None:
    assert pragma(sqlite_engine, "synchronous") == 2


def test_links_are_enforced_and_a_busy_database_is_waited_for(sqlite_engine: Engine) -> None:
    assert pragma(sqlite_engine, "foreign_keys") == 1
    assert pragma(sqlite_engine, "busy_timeout") == 10_000
    with Session(sqlite_engine) as session:
        session.add(Partnership(region_id=7, name="Nowhere", kind="county"))
        with pytest.raises(IntegrityError):
            session.commit()


def test_the_journal_is_the_one_that_is_safe_on_this_version(sqlite_engine: Engine) -> None:
    expected = "wal" if wal_is_safe(sqlite3.sqlite_version_info) else "truncate"
    assert pragma(sqlite_engine, "journal_mode") == expected


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_the_write_ahead_log_is_used_from_the_repaired_versions_on(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'folder' / 'a.sqlite'}")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


def make_counter(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        session.add(Region(name="0"))


def counted(engine: Engine) -> int:
    with Session(engine) as session:
        return int(session.scalars(select(Region)).one().name)


def add_one(engine: Engine) -> None:
    """Read, then write what was read plus one: an update is lost if another's commit comes between."""
    with Session(engine) as session, session.begin():
        region = session.scalars(select(Region)).one()
        region.name = str(int(region.name) + 1)


def test_threads_that_read_and_then_write_lose_nothing(sqlite_engine: Engine) -> None:
    make_counter(sqlite_engine)
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda _: add_one(sqlite_engine), range(WRITERS * EACH)))
    assert counted(sqlite_engine) == WRITERS * EACH


def test_processes_that_read_and_then_write_lose_nothing(sqlite_engine: Engine) -> None:
    make_counter(sqlite_engine)
    command = [sys.executable, "-c", ADDER, str(sqlite_engine.url), str(EACH)]
    running = [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert counted(sqlite_engine) == 2 * EACH


def impatient(engine: Engine) -> Engine:
    """Another engine on the same file, that does not wait for a lock."""
    made = open_engine(str(engine.url))
    with made.connect() as connection:
        connection.connection.cursor().execute("PRAGMA busy_timeout=0")
    return made


def test_a_reader_does_not_hold_up_a_writer(sqlite_engine: Engine) -> None:
    make_counter(sqlite_engine)
    reader = sqlite_engine.execution_options(**READ_ONLY)
    other = impatient(sqlite_engine)
    with reader.connect() as reading:
        reading.execute(text("SELECT 1"))
        with other.begin() as writing:
            writing.execute(text("UPDATE region SET name = '5'"))
    assert counted(sqlite_engine) == 5
    other.dispose()


def test_a_writer_takes_the_lock_before_it_reads(sqlite_engine: Engine) -> None:
    other = impatient(sqlite_engine)
    with sqlite_engine.connect() as writing:
        writing.execute(text("SELECT 1"))
        with pytest.raises(OperationalError, match="locked"), other.begin():
            pass
    other.dispose()

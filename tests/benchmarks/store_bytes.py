"""The size of an answer on disk, comments included, against a table as an ORM usually makes one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateTable

from a2p.store.base import table_of
from a2p.store.round_tables import AnswerRow
from tests.benchmarks.measure import Figure
from tests.benchmarks.shires import PEOPLE, region_of

USUAL = """
CREATE TABLE answer (
    id INTEGER PRIMARY KEY, response_id INTEGER NOT NULL, question VARCHAR(60) NOT NULL,
    state VARCHAR(14) NOT NULL, value TEXT, comment TEXT, created DATETIME, updated DATETIME,
    UNIQUE (response_id, question)
);
"""
"""A number of its own, times of making and change, and one answer to a question in each response."""
PARTNERSHIPS = 100


def figures() -> list[Figure]:
    """store_bytes."""
    with region_of(PARTNERSHIPS, people=PEOPLE) as (engine, _), TemporaryDirectory() as folder:
        source = str(engine.url.database)
        ours = _size(Path(folder) / "ours.sqlite", source, _our_table(), _OURS)
        usual = _size(Path(folder) / "usual.sqlite", source, USUAL, _THEIRS)
    return [
        Figure("store_bytes", (ours / usual,), "<= 0.3", f"{ours:.0f} bytes an answer on disk / {usual:.0f} usually")
    ]


_OURS = "INSERT INTO answer SELECT * FROM source.answer ORDER BY response_id, question"
_THEIRS = (
    "INSERT INTO answer (response_id, question, state, value, comment, created, updated)"
    " SELECT response_id, question, state, value, comment, '2026-03-02 12:00:00.000000', '2026-03-02 12:00:00.000000'"
    " FROM source.answer ORDER BY response_id, question"
)


def _size(path: Path, source: str, table: str, copy: str) -> float:
    """Bytes a row of a file that holds this table alone."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(table)
        empty = path.stat().st_size
        connection.execute("ATTACH ? AS source", (source,))
        connection.execute(copy)
        connection.commit()
        rows = int(connection.execute("SELECT count(*) FROM answer").fetchone()[0])
        connection.execute("DETACH source")
        connection.execute("VACUUM")
    return (path.stat().st_size - empty) / rows


def _our_table() -> str:
    """The table as the migrations make it, without its link to responses."""
    return f"{CreateTable(table_of(AnswerRow), include_foreign_key_constraints=()).compile(dialect=dialect())};"

"""A filled database is made once a process and engine; after that its rows are copied, which takes a tenth of the time.

What the copies hold is what the first one was made of by the product's own services.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from a2p.store.base import Base

T = TypeVar("T")


@dataclass(frozen=True)
class _Kept:
    """The rows of every table that has any, and what was made with its objects, pickled."""

    rows: tuple[tuple[Table, tuple[Mapping[str, object], ...]], ...]
    objects: bytes


_KEPT: dict[Hashable, _Kept] = {}


def copied(session: Session, name: Hashable, make: Callable[[], T]) -> T:
    """What `make` returns after filling an empty, migrated database through this session; or a copy of it, of which
    all objects belong to the session. Nothing is committed. A database with rows in it is filled anew."""
    key = (name, session.get_bind().dialect.name)
    if not _is_empty(session):
        return make()
    if key not in _KEPT:
        made = make()
        session.flush()
        _KEPT[key] = _Kept(_rows(session), pickle.dumps((made, list(session.identity_map.values()))))
        return made
    kept = _KEPT[key]
    for table, rows in kept.rows:
        session.execute(table.insert(), list(rows))
    _count_on(session, [table for table, _ in kept.rows])
    loaded: tuple[T, list[Base]] = pickle.loads(kept.objects)  # noqa: S301 - made above
    copy, objects = loaded
    session.add_all(objects)
    return copy


def _is_empty(session: Session) -> bool:
    looked_at = (Base.metadata.tables[name] for name in ("installation", "person", "region", "questionnaire_version"))
    return not session.new and all(session.execute(table.select().limit(1)).first() is None for table in looked_at)


def _rows(session: Session) -> tuple[tuple[Table, tuple[Mapping[str, object], ...]], ...]:
    found = (
        (table, tuple(dict(row) for row in session.execute(table.select()).mappings()))
        for table in Base.metadata.sorted_tables
    )
    return tuple((table, rows) for table, rows in found if rows)


def _count_on(session: Session, tables: list[Table]) -> None:
    """PostgreSQL counts rows' numbers apart from the rows: the next one is to follow the copied ones."""
    if session.get_bind().dialect.name != "postgresql":
        return
    counted = [table.name for table in tables if "id" in table.c]
    after = (f"setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))" for name in counted)
    session.execute(text(f"SELECT {', '.join(after)}"))

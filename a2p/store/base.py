"""The base of all tables: naming of constraints, and time that keeps its zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, Dialect, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """A moment, stored in UTC and read back in UTC. SQLite drops zones, so a moment without one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every table."""

    # Flask-SQLAlchemy makes its own base from this one's body, where a type map beside a registry is refused.
    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: UtcTime()})


def table_of(mapped: type[Base]) -> Table:
    """The table behind a mapped class, for Core statements: they cost a fraction of what loading objects does."""
    return cast("Table", mapped.__table__)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """The calendar day in Europe/London, by which rounds open and close and grants begin and end."""
    return now().astimezone(LONDON).date()

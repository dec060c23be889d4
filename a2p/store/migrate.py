"""Bringing a database's tables up to date, and telling whether they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from a2p.store.base import Base

FOLDER = Path(__file__).parent / "migrations"


class BrokenLinks(Exception):
    """A migration would have left rows that refer to nothing; nothing was changed."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Migrate up to `revision`; a database already there is left alone."""
    with _migrating(engine) as connection:
        command.upgrade(config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Migrate down to `revision` ("base" removes everything)."""
    with _migrating(engine) as connection:
        command.downgrade(config(connection), revision)


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction for all steps.

    SQLite changes a table by making it anew and dropping the old one, which would take along the rows that refer to it:
    so links are not enforced meanwhile, but checked before the commit.
    """
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            _enforce_links(connection, on=False)
        try:
            with connection.begin():
                yield connection
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise BrokenLinks
        finally:
            if sqlite:
                _enforce_links(connection, on=True)


def _enforce_links(connection: Connection, *, on: bool) -> None:
    """SQLite ignores this within a transaction, so it goes past SQLAlchemy, which would begin one."""
    connection.connection.cursor().execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def is_current(connection: Connection) -> bool:
    """Whether the database stands at the newest revision."""
    head = ScriptDirectory(str(FOLDER)).get_current_head()
    return revision_of(connection) == head


def revision_of(connection: Connection) -> str | None:
    """The revision at which the database stands; None if it was never migrated."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    """Whether a revision is one of this a2p's, which it can migrate up from."""
    return revision in {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}


def config(connection: Connection) -> Config:
    """Alembic's configuration for one connection; there is no alembic.ini."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    made.attributes["tables"] = Base.metadata
    return made

"""The site's database for commands that read or change what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from a2p.commands.problems import InputError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@contextmanager
def site_session() -> Iterator[Session]:
    """A session on the database of the environment's settings, committed at the end. InputError if it isn't ready."""
    from sqlalchemy.exc import OperationalError
    from sqlalchemy.orm import Session

    from a2p.settings import SettingsError, data_settings
    from a2p.store.engine import open_engine
    from a2p.store.migrate import is_current

    try:
        engine = open_engine(data_settings()[1])
        with engine.connect() as connection:
            current = is_current(connection)
    except SettingsError as problem:
        raise InputError(problem.lines) from problem
    except (OSError, OperationalError) as problem:
        raise InputError(f"The database can't be opened: {getattr(problem, 'orig', problem)}.") from problem
    if not current:
        engine.dispose()
        raise InputError("The database is not up to date. Run: a2p migrate")
    try:
        with Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()

"""`a2p worker`: make documents until told to stop."""

from __future__ import annotations

import click

from a2p.commands.problems import InputError


@click.command(name="worker")
def command() -> None:
    """Make the documents that people ask for, until the process is stopped. Run several for more speed.

    It reads A2P_DATA_DIR and A2P_DATABASE_URL, as the site does.

    \b
    Example:
      A2P_DATA_DIR=/var/lib/a2p ./run a2p worker
    """
    from sqlalchemy.exc import OperationalError

    from a2p.jobs import Desk
    from a2p.settings import SettingsError, data_settings
    from a2p.store.engine import open_engine
    from a2p.store.migrate import is_current

    try:
        data_dir, database_url = data_settings()
        engine = open_engine(database_url)
        with engine.connect() as connection:
            current = is_current(connection)
        desk = Desk(engine, data_dir)
    except SettingsError as problem:
        raise InputError(problem.lines) from problem
    except (OSError, OperationalError) as problem:
        raise InputError(f"The database can't be opened: {getattr(problem, 'orig', problem)}.") from problem
    if not current:
        raise InputError("The database is not up to date. Run: a2p migrate")
    desk.work()

"""`a2p worker`: make documents and send letters until told to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from a2p.commands.problems import InputError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from a2p.jobs import Desk, Postman
    from a2p.settings import Settings

DOCUMENTS, LETTERS = "documents", "letters"


@click.command(name="worker")
@click.option(
    "--only", type=click.Choice([DOCUMENTS, LETTERS]), help="Do one kind of work. By default, a process each."
)
def command(only: str | None) -> None:
    """Make the documents that people ask for, send letters and reminders, and close rounds on their last day, until the
    process is stopped. Run several for more speed.

    It reads the same settings as the site.

    \b
    Example:
      A2P_DATA_DIR=/var/lib/a2p ./run a2p worker
    """
    from a2p.settings import SettingsError, from_environment

    try:
        settings = from_environment()
    except SettingsError as problem:
        raise InputError(problem.lines) from problem
    worker = _worker(settings, only or LETTERS)
    if only is not None:
        worker.work()
        return
    from a2p.commands.beside import worker_beside

    # making a document takes a processor for itself: it is not to hold up the letters
    with worker_beside(settings, DOCUMENTS):
        worker.work()


def _worker(settings: Settings, kind: str) -> Desk | Postman:
    """A worker of this kind on the settings' database."""
    from sqlalchemy.exc import OperationalError

    from a2p.jobs import Desk, Postman
    from a2p.store.engine import open_engine
    from a2p.store.migrate import is_current

    try:
        engine = open_engine(settings.database_url)
        with engine.connect() as connection:
            current = is_current(connection)
        worker = Desk(engine, settings.data_dir) if kind == DOCUMENTS else Postman(engine, settings)
    except (OSError, OperationalError) as problem:
        raise InputError(f"The database can't be opened: {getattr(problem, 'orig', problem)}.") from problem
    if not current:
        raise InputError("The database is not up to date. Run: a2p migrate")
    if settings.mail_server and _is_demo(engine):
        raise InputError("This is a demo's database: its people are invented, and no mail server is to write to them.")
    return worker


def _is_demo(engine: Engine) -> bool:
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from a2p.store.tables import Installation

    with Session(engine) as session:
        return bool(session.scalar(select(Installation.demo)))

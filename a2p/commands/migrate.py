"""`a2p migrate`: make or update the database's tables, and publish the questionnaires that lie in the folder."""

from __future__ import annotations

import click

from a2p.commands.problems import InputError


@click.command(name="migrate")
def command() -> None:
    """Bring the database up to date, and publish the questionnaires of the questionnaires folder.

    Safe to run again: what is there already is left as it is. A changed questionnaire needs a new version number.

    \b
    Example:
      A2P_DATA_DIR=/var/lib/a2p ./run a2p migrate
    """
    from sqlalchemy import select
    from sqlalchemy.exc import OperationalError
    from sqlalchemy.orm import Session

    from a2p.definition.catalogue import UnknownQuestionnaire
    from a2p.definition.problems import DefinitionErrors
    from a2p.rounds.publishing import publish_all
    from a2p.rounds.scores import write_missing_scores
    from a2p.settings import SettingsError, data_settings
    from a2p.store.definitions import AlreadyPublished
    from a2p.store.engine import open_engine
    from a2p.store.migrate import upgrade
    from a2p.store.tables import Installation

    try:
        engine = open_engine(data_settings()[1])
        upgrade(engine)
        with Session(engine) as session, session.begin():
            if session.scalar(select(Installation)) is None:
                session.add(Installation(demo=False))
            published = publish_all(session)
            write_missing_scores(session)
    except (AlreadyPublished, DefinitionErrors, SettingsError, UnknownQuestionnaire) as problem:
        raise InputError(str(problem)) from problem
    except (OSError, OperationalError) as problem:
        raise InputError(f"The database can't be made or opened: {getattr(problem, 'orig', problem)}.") from problem
    click.echo(f"The database is up to date; {len(published)} questionnaires are published.")

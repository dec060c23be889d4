"""`a2p person`: what is held about somebody, as a file, or erased."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from a2p.commands.output import refuse_unwritable, write_output
from a2p.commands.problems import InputError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from a2p.rounds.erasing import Erased


@click.group(name="person")
def command() -> None:
    """Answer somebody who asks what is held about them, or wants it erased.

    \b
    Example:
      ./run a2p person export ben@example.org -o ben.json
      ./run a2p person erase ben@example.org
    """


@command.command(name="export")
@click.argument("email", metavar="EMAIL")
@click.option("-o", "--output", metavar="FILE", default="-", show_default=True, help="Where to; - is standard output.")
def export(email: str, output: str) -> None:
    """Write all that is held about EMAIL as JSON: roles, invitations, answers in words, letters, sessions, deeds.

    It has answers in it: give it to that person, and to nobody else.
    """
    refuse_unwritable(output)
    with _database() as session:
        from a2p.rounds.subject_access import as_json, held_about

        held = held_about(session, email)
        if held is None:
            raise InputError(f"Nothing is held about {email}.")
        write_output(as_json(held).encode(), output)


@command.command(name="erase")
@click.argument("email", metavar="EMAIL")
@click.option("--yes", is_flag=True, help="Erase without asking.")
def erase(email: str, yes: bool) -> None:
    """Erase all that is held about EMAIL. It can't be undone.

    Results of closed rounds are computed again without their answers. A line goes to the erasure list, erased.jsonl in
    the data folder, so that no backup brings them back: copy it to where your backups are.
    """
    with _database() as session:
        from a2p.jobs.outbox import remove_erased
        from a2p.mail import remove_letters_to
        from a2p.rounds.belongings import of_address
        from a2p.rounds.blanking import remove_files
        from a2p.rounds.erasing import LastAdministrator, NothingHeld, erase_person
        from a2p.settings import data_settings, documents_folder, outbox_folder, secret_key
        from a2p.store.erasures import NAME, ErasureList

        data_dir = data_settings()[0]
        erasures = ErasureList(data_dir / NAME, secret_key())
        if not yes and of_address(session, email):
            session.rollback()  # nobody waits for us while a person thinks
            click.confirm(f"Erase all that is held about {email}? It can't be undone", abort=True, err=True)
        try:
            erased = erase_person(session, email, erasures)
            session.commit()
        except NothingHeld:
            raise InputError(f"Nothing is held about {email}.") from None
        except LastAdministrator:
            raise InputError(f"{email} is the only administrator. Make somebody else one first.") from None
        remove_files(documents_folder(data_dir), erased.files)
        remove_letters_to(outbox_folder(data_dir), email)
        remove_erased(session, outbox_folder(data_dir))  # and those to an address that they had before
        _tell(erased, erasures.path)


@contextmanager
def _database() -> Iterator[Session]:
    """A session on the site's database; what can go wrong with it, in lines."""
    from sqlalchemy.exc import OperationalError
    from sqlalchemy.orm import Session

    from a2p.settings import SettingsError, data_settings
    from a2p.store.engine import closing_all, open_engine
    from a2p.store.migrate import is_current

    try:
        engine = open_engine(data_settings()[1])
        with closing_all(engine), Session(engine) as session:
            if not is_current(session.connection()):
                raise InputError("The database is not up to date. Run: a2p migrate")
            yield session
    except SettingsError as problem:
        raise InputError(problem.lines) from problem
    except (OSError, OperationalError) as problem:
        raise InputError(f"The database can't be used: {getattr(problem, 'orig', problem)}.") from problem


def _tell(erased: Erased, list_at: Path) -> None:
    from a2p.documents.words import count, listed

    parts = [
        *(["an account with its roles"] if erased.account else []),
        count(erased.contacts, "contact", "contacts"),
        count(erased.invitations, "invitation", "invitations"),
        count(erased.answers, "answer", "answers"),
        count(erased.letters, "letter’s address", "letters’ addresses"),
    ]
    click.echo(f"Erased: {listed(parts)}.")
    if erased.recomputed or erased.destroyed:
        click.echo(f"Results computed again: {erased.recomputed}; destroyed without a successor: {erased.destroyed}.")
    click.echo(f"{list_at} has a new line: copy it to where your backups are.")

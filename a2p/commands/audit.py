"""`a2p audit`: what was done on a site, by whom and when; and whether the log of it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from a2p.commands.problems import InputError
from a2p.commands.site_database import site_session

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from a2p.access.journal import Line


@click.group(name="audit")
def command() -> None:
    """Check the audit log, or list it.

    It reads A2P_DATA_DIR and A2P_DATABASE_URL, as the site does.

    \b
    Example:
      ./run a2p audit verify
    """


@command.command(name="verify")
def verify() -> None:
    """Follow the chain through every line of the log, and print how many there are and the hash of the last.

    Exit code 1 if a line was changed, or one before it is missing. Keep the printed hash elsewhere: lines cut off at
    the end can only be found by it.

    \b
    Example:
      A2P_DATA_DIR=/var/lib/a2p ./run a2p audit verify
    """
    from a2p.access.journal import chain

    with site_session() as session:
        found = chain(session)
    click.echo(f"{found.events} {'event' if found.events == 1 else 'events'}, head {found.head}")
    if found.broken is not None:
        click.echo(
            f"The chain is broken at event {found.broken}: it was changed, or one before it is missing.", err=True
        )
        raise SystemExit(1)
    click.echo("The chain is whole.")


@command.command(name="list")
@click.option("--partnership", default="", metavar="NAME", help="Only what was done in this partnership.")
def list_(partnership: str) -> None:
    """Print every line of the log, oldest first: its number, the moment (UTC), and who did what.

    \b
    Example:
      ./run a2p audit list --partnership "Great Sedgeland Partnership"
    """
    from a2p.access.journal import every_line

    with site_session() as session:
        partnership_id = _partnership(session, partnership) if partnership else None
        for line in every_line(session, partnership_id):
            click.echo(_told(line))


def _told(line: Line) -> str:
    """A line as text, on one line whatever names hold."""
    details = "; ".join(f"{key}: {value}" for key, value in line.details)
    said = f"{line.sentence}{f', {line.place}' if line.place else ''}{f' ({details})' if details else ''}"
    return f"{line.number}\t{line.at.isoformat(timespec='seconds')}\t{' '.join(said.split())}"


def _partnership(session: Session, name: str) -> int:
    """The number of the partnership with this name, perhaps with its region's in brackets. InputError lists several."""
    from a2p.rounds.gazetteer import every_partnership

    found = {label: place for label, place in every_partnership(session).items() if name in (label, place.name)}
    if len(found) == 1:
        return next(iter(found.values())).id
    if found:
        raise InputError(f"There are several: {', '.join(found)}. Give the region too, in brackets.")
    raise InputError(f"There is no partnership called {name}.")

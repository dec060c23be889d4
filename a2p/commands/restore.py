"""`a2p restore`: a backup takes the place of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from a2p.commands.output import said_if_long
from a2p.commands.problems import InputError

if TYPE_CHECKING:
    from a2p.rounds.settling import Settled
    from a2p.store.archive import Manifest
    from a2p.store.erasures import ErasureList


@click.command(name="restore")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Put it in the place of a database that is there.")
@click.option(
    "--erased",
    metavar="LIST",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A copy of the erasure list, beside the one in the data folder.",
)
def command(file: Path, replace: bool, erased: Path | None) -> None:
    """Restore the database from FILE, a backup made by `a2p backup`. Stop the site and its workers first.

    The backup is checked, prepared and brought up to date beside the database, and takes its place only when all went
    well. Whoever was erased since it was made is erased again, by the erasure list in the data folder: so give the same
    A2P_SECRET_KEY. Everybody is signed out.

    \b
    Example:
      A2P_DATA_DIR=/var/lib/a2p ./run a2p restore /backups/a2p-2026-03-01.zip --replace
    """
    from a2p.settings import data_settings, documents_folder, secret_key
    from a2p.store.erasures import NAME, ErasureList, merge
    from a2p.store.restoring import check

    with _told():
        data_dir, url = data_settings()
        erasures = ErasureList(data_dir / NAME, secret_key())
        manifest = check(file, url, replace=replace)
        if erased is not None:
            merge(erasures, ErasureList(erased, erasures.secret).read())
        settled = _restore(file, manifest, url, data_dir, erasures)
        for left in documents_folder(data_dir).glob("*.pdf"):  # of a database that is no more
            left.unlink()
    _tell(manifest, settled, erasures)


def _restore(file: Path, manifest: Manifest, url: str, data_dir: Path, erasures: ErasureList) -> Settled:
    import tempfile

    from sqlalchemy.orm import Session

    from a2p.jobs.outbox import remove_erased
    from a2p.rounds.settling import settle
    from a2p.settings import outbox_folder
    from a2p.store.restoring import restored

    data_dir.mkdir(parents=True, exist_ok=True)
    with (
        said_if_long("Restoring"),
        tempfile.TemporaryDirectory(prefix=".a2p-restore-", dir=data_dir) as folder,
        restored(file, manifest, url, Path(folder).resolve()) as engine,
        Session(engine) as session,
        session.begin(),
    ):
        settled = settle(session, erasures, manifest.made)
        remove_erased(session, outbox_folder(data_dir))
        return settled


@contextmanager
def _told() -> Iterator[None]:
    """What can go wrong, in lines."""
    from sqlalchemy.exc import OperationalError

    from a2p.settings import SettingsError
    from a2p.store.archive import BackupError
    from a2p.store.erasures import BrokenList

    try:
        yield
    except SettingsError as problem:
        raise InputError(problem.lines) from problem
    except (BackupError, BrokenList, OSError, OperationalError) as problem:
        raise InputError(f"{getattr(problem, 'orig', problem)}") from problem


def _tell(manifest: Manifest, settled: Settled, erasures: ErasureList) -> None:
    from a2p.documents.words import count, people

    rows = sum(manifest.rows.values())
    click.echo(
        f"Restored the backup of {manifest.made:%d %B %Y, %H:%M} UTC: {rows:,} rows of {len(manifest.rows)} tables."
    )
    if not erasures.path.exists():
        click.echo(
            f"There is no erasure list at {erasures.path}. If people were erased since, restore with --erased LIST."
        )
    again = f"{people(settled.people)}, and all people of {count(settled.rounds, 'round', 'rounds')}"
    click.echo(f"Erased again by the list: {again}.")
    if settled.other_key:
        click.echo(
            f"Warning: {people(settled.other_key)} erased under another A2P_SECRET_KEY could be looked for by the"
            " numbers of their rows alone. Restore with that key to look for their addresses too.",
            err=True,
        )
    click.echo("Everybody is signed out, and what was changed since is not in it: look through grants and invitations.")
    if settled.letters:
        waiting = count(settled.letters, "letter that waited", "letters that waited")
        click.echo(f"{waiting} may have been sent since: shown as unsure, and not sent by themselves.")
    if manifest.demo:
        click.echo("It is the database of a demo, and can't be served as a real one.")

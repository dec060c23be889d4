"""`a2p backup`: the database in one file, while the site goes on."""

from __future__ import annotations

from pathlib import Path

import click

from a2p.commands.output import refuse_unwritable, said_if_long
from a2p.commands.problems import InputError


@click.command(name="backup")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Write over FILE if it is there.")
def command(file: Path, replace: bool) -> None:
    """Back up the database to FILE. The site may go on meanwhile: what was saved before is in it.

    It reads A2P_DATA_DIR and A2P_DATABASE_URL, as the site does; PostgreSQL needs its program pg_dump. Documents are
    not in it: they are made again. Keep the erasure list, erased.jsonl in the data folder, beside your backups.

    \b
    Example:
      A2P_DATA_DIR=/var/lib/a2p ./run a2p backup /backups/a2p-$(date +%F).zip
    """
    import tempfile

    from sqlalchemy.exc import OperationalError

    from a2p.settings import SettingsError, data_settings
    from a2p.store.archive import BackupError
    from a2p.store.engine import closing_all, open_engine
    from a2p.store.snapshots import back_up

    refuse_unwritable(str(file))
    if file.exists() and not replace:
        raise InputError(f"{file} is there already. Give --replace to write over it.")
    try:
        engine = open_engine(data_settings()[1])
        beside = tempfile.TemporaryDirectory(prefix=".a2p-backup-", dir=file.resolve().parent)
        with closing_all(engine), said_if_long("Backing up"), beside as folder:
            manifest = back_up(engine, file.resolve(), Path(folder), replace=replace)
    except SettingsError as problem:
        raise InputError(problem.lines) from problem
    except (BackupError, OSError, OperationalError) as problem:
        raise InputError(f"{getattr(problem, 'orig', problem)}") from problem
    size = file.stat().st_size / 1_000_000
    click.echo(f"{file}: {sum(manifest.rows.values()):,} rows of {len(manifest.rows)} tables, {size:.1f} MB.")

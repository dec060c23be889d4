"""PostgreSQL's own programs for backups: pg_dump and pg_restore, found in PATH, told the password by environment."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import URL

from a2p.store.archive import BackupError

SCHEMA = "public"


def dump(url: URL, snapshot: str, target: Path) -> None:
    """Dump the database as an exported snapshot sees it, in pg_dump's custom form. BackupError if it doesn't."""
    options = ["--format=custom", f"--snapshot={snapshot}", f"--schema={SCHEMA}", "--no-owner", "--no-privileges"]
    _run("pg_dump", url, [*options, f"--file={target}"])


def load(url: URL, dumped: Path) -> None:
    """Load a dump into the schema, which is there and empty; all of it or nothing. BackupError if it doesn't."""
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", f"--schema={SCHEMA}"]
    _run("pg_restore", url, [*options, str(dumped)])


def find(program: str) -> str:
    """Where a program of PostgreSQL lies. BackupError says what to install."""
    found = shutil.which(program)
    if found is None:
        raise BackupError(
            f"{program} is not installed. It comes with PostgreSQL's client programs: apt-get install postgresql-client"
        )
    return found


def _run(program: str, url: URL, options: list[str]) -> None:
    # a password on the command line could be read by everybody on the machine
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    command = [find(program), "--no-password", f"--dbname={address}", *options]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, and no shell between
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupError("\n".join([f"{program} failed:", *(f"  {line}" for line in said[:5])]))

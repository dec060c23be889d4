"""`a2p demo`: a region of invented people, served on this machine."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import click

from a2p.commands.ports import refuse_taken
from a2p.commands.problems import InputError
from a2p.settings import ROOT

FOLDER = ROOT / "var" / "demo"
MADE_FROM = "made-from"


@click.command(name="demo")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--fresh", is_flag=True, help="Throw the last demo away and make it anew.")
@click.option(
    "--region",
    "generated",
    type=click.IntRange(0, 1000),
    default=0,
    metavar="N",
    help="Add a generated region of N partnerships, for trials of a region's pages.",
)
@click.option(
    "--rounds",
    "years",
    type=click.IntRange(1, 10),
    default=3,
    show_default=True,
    metavar="R",
    help="Over how many yearly rounds.",
)
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep this demo in a folder of its own.")
def command(host: str, port: int, fresh: bool, generated: int, years: int, data: Path | None) -> None:
    """Make a demo region with invented people and answers, serve it, and say what to open.

    What you do in it is kept until you ask for a fresh one, or a newer a2p makes another. A generated region of 60
    partnerships over 3 rounds takes a minute or two to make; one of 400, ten times as long.

    \b
    Example:
      ./run a2p demo --port 8000 --fresh
      ./run a2p demo --region 60 --rounds 3
    """
    refuse_taken(host, port)
    folder = data or FOLDER
    made_from = _fingerprint(generated, years)
    try:
        if fresh or (data is None and not _up_to_date(folder, made_from)):
            _throw_away(folder)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"{folder} can’t be used ({problem.strerror}). Give another: --data FOLDER") from problem
    _run(folder, host, port, lambda url: _make(url, generated, years), made_from)


def _run(folder: Path, host: str, port: int, make: Callable[[str], None], made_from: str) -> None:
    from a2p.commands.serving import serve
    from a2p.settings import SettingsError, for_demo

    settings = for_demo(folder, host, port, secrets.token_hex(32))
    make(settings.database_url)
    (folder / MADE_FROM).write_text(made_from)
    click.echo(f"\nThe demo is ready. Open {settings.public_base_url}/ and choose who to be.")
    click.echo("Everybody in it is invented. Stop it with Ctrl-C.\n")
    try:
        serve(settings, host, port)
    except SettingsError as problem:
        raise InputError(problem.lines) from problem


def _make(database_url: str, generated: int = 0, years: int = 3) -> None:
    """Make the demo's database unless the folder has one."""
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from a2p.store.engine import open_engine
    from a2p.store.migrate import upgrade
    from a2p.store.tables import Installation

    engine = open_engine(database_url)
    upgrade(engine)
    with Session(engine) as session, session.begin():
        if session.scalar(select(Installation)) is None:
            from a2p.demo.seed import seed_demo

            click.echo("Making the demo region:")
            seed_demo(session, lambda line: click.echo(f"  {line}"), generated=generated, years=years)


def _up_to_date(folder: Path, made_from: str) -> bool:
    """Whether the folder holds a demo made from what lies here now, with as many partnerships."""
    made = folder / MADE_FROM
    return made.is_file() and made.read_text() == made_from


def _throw_away(folder: Path) -> None:
    """Remove a demo, and nothing that isn't one."""
    if not folder.exists():
        return
    if any(folder.iterdir()) and not (folder / MADE_FROM).is_file() and folder != FOLDER:
        raise InputError(f"{folder} holds something else than a demo, and is left alone. Give another: --data FOLDER")
    shutil.rmtree(folder)


def _fingerprint(generated: int, years: int) -> str:
    """What a demo is made from: the code and the questionnaires, by name, size and time of change; and the size of its
    generated region."""
    sources = [*(ROOT / "a2p").rglob("*.py"), *(ROOT / "questionnaires").rglob("*.yaml")]
    size = f"{generated} partnerships over {years} rounds\n" if generated else ""
    return size + "\n".join(
        f"{path.relative_to(ROOT)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sorted(sources)
    )

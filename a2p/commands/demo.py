"""`a2p demo`: a region of invented people, served on this machine."""

from __future__ import annotations

import secrets
import shutil
import socket
import tempfile
from pathlib import Path

import click

from a2p.commands.problems import InputError


@click.command(name="demo")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Make the demo in this folder and keep it. By default it is made afresh and thrown away at the end.",
)
def command(host: str, port: int, data: Path | None) -> None:
    """Make a demo region with invented people and answers, serve it, and say what to open.

    \b
    Example:
      a2p demo --port 8000
    """
    _refuse_taken(host, port)
    folder = data or Path(tempfile.mkdtemp(prefix="a2p-demo-"))
    try:
        _run(folder, host, port)
    finally:
        if data is None:
            shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, host: str, port: int) -> None:
    from a2p.commands.serving import serve
    from a2p.settings import SettingsError, for_demo

    settings = for_demo(folder, host, port, secrets.token_hex(32))
    _make(settings.database_url)
    click.echo(f"\nThe demo is ready. Open {settings.public_base_url}/ and choose who to be.")
    click.echo("Everybody in it is invented. Stop it with Ctrl-C.\n")
    try:
        serve(settings, host, port)
    except SettingsError as problem:
        raise InputError(problem.lines) from problem


def _make(database_url: str) -> None:
    """Make the demo's database unless the folder has one."""
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from a2p.demo.seed import seed_demo
    from a2p.store.engine import open_engine
    from a2p.store.migrate import upgrade
    from a2p.store.tables import Installation

    engine = open_engine(database_url)
    upgrade(engine)
    with Session(engine) as session, session.begin():
        if session.scalar(select(Installation)) is None:
            click.echo("Making the demo region:")
            seed_demo(session, lambda line: click.echo(f"  {line}"))


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise InputError(f"{host}:{port} can't be used ({problem.strerror}). Try another: --port 8001") from problem

"""`a2p serve`: the site and its workers on this machine."""

from __future__ import annotations

import click

from a2p.commands.ports import refuse_taken
from a2p.commands.problems import InputError


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
def command(host: str, port: int) -> None:
    """Serve the site with the settings of the environment, and its workers beside it.

    A larger installation runs `gunicorn wsgi:app` and `a2p worker` by its own service manager.

    \b
    Example:
      export A2P_SECRET_KEY=$(python3 -c 'import secrets; print(secrets.token_hex(32))')
      export A2P_PUBLIC_BASE_URL=http://localhost:8000 A2P_TRUSTED_HOSTS=localhost
      ./run a2p migrate && ./run a2p serve
    """
    from a2p.settings import SettingsError, from_environment

    try:
        settings = from_environment()
        refuse_taken(host, port)
        from a2p.commands.serving import serve

        serve(settings, host, port)
    except SettingsError as problem:
        raise InputError(problem.lines) from problem

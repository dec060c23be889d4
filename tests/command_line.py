"""The command line, called as a person calls it, with an environment of the test's own."""

from __future__ import annotations

import os

from click.testing import CliRunner, Result

from a2p.commands import main


def a2p(*arguments: str, said: str | None = None, **environment: str | None) -> Result:
    """The outcome of a command. `said` is what is typed when it asks."""
    clean = {name: None for name in os.environ if name.startswith("A2P_")}
    return CliRunner().invoke(main, arguments, input=said, env={**clean, **environment})

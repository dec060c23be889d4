"""How a command tells a person what is wrong with what they gave: plain lines, no traceback, exit code 2."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import click


class InputError(click.ClickException):
    """What the person gave can't be used. Each line says where and what; nothing was written. Exit code 2."""

    exit_code = 2

    def __init__(self, lines: str | Iterable[str]) -> None:
        self.lines = [lines] if isinstance(lines, str) else list(lines)
        super().__init__("\n".join(self.lines))

    def show(self, file: IO[Any] | None = None) -> None:
        for line in self.lines:
            click.echo(line, err=True, file=file)

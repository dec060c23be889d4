"""Writing what a command made: whole or not at all, to a file or to standard output, with a word when it takes long."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from a2p.commands.problems import InputError

STANDARD_OUTPUT = "-"
_PATIENCE = 2.0  # seconds of silence before a word is said


def write_output(data: bytes, path: str) -> None:
    """Write the bytes to the file, or to standard output for `-`. InputError if the file can't be written."""
    if path == STANDARD_OUTPUT:
        sys.stdout.buffer.write(data)
        return
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror}.") from error


@contextmanager
def said_if_long(what: str) -> Iterator[None]:
    """Say on standard error what is being done, if it is not done within two seconds."""
    timer = threading.Timer(_PATIENCE, lambda: click.echo(f"{what} ...", err=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

"""Writing what a command made: whole or not at all, to a file or to standard output, with a word when it takes long."""

from __future__ import annotations

import os
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from a2p.commands.problems import InputError

STANDARD_OUTPUT = "-"
_PATIENCE = 2.0  # seconds of silence before a word is said


def refuse_unwritable(path: str) -> None:
    """InputError if a file can't be written there: found out before the long work, not after it."""
    if path == STANDARD_OUTPUT:
        return
    target = Path(path)
    if target.is_dir() or not path:
        raise InputError(f"{path or 'An empty name'} can't be written: a file's name is needed, not a folder's.")
    if not target.parent.is_dir():
        raise InputError(f"{path} can't be written: there is no folder {target.parent}.")
    wanted = target if target.exists() else target.parent
    if not os.access(wanted, os.W_OK):
        raise InputError(f"{path} can't be written: {os.strerror(13)}.")


def write_output(data: bytes, path: str) -> None:
    """Write the bytes to the file, or to standard output for `-`. A file that was there is replaced by the whole new
    one or left as it is. InputError if it can't be written."""
    if path == STANDARD_OUTPUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    refuse_unwritable(path)
    target = Path(path)
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a named pipe: there is nothing to put in its place
        else:
            _replace(target.resolve(), data)
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror}.") from error


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as out:
            out.write(data)
            if target.exists():
                os.fchmod(out.fileno(), target.stat().st_mode & 0o777)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


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

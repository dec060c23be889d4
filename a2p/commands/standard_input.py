"""Files that a person names, where `-` stands for standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from a2p.commands.problems import InputError

STANDARD_INPUT = "-"


def bytes_from(path: str) -> bytes:
    """The bytes of a file or of standard input. InputError if they can't be read."""
    if path == STANDARD_INPUT:
        if sys.stdin is None:  # closed by whoever started the process
            raise InputError("Standard input is closed: nothing can be read from it.")
        return sys.stdin.buffer.read()
    if not path:
        raise InputError("An empty name was given where a file is needed.")
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}.") from error
    except ValueError as error:  # a null character in the name
        raise InputError(f"{path!r} can't be a file's name.") from error


def name_of(path: str) -> str:
    """What error lines call the file."""
    return "<standard input>" if path == STANDARD_INPUT else path

"""How a call of the command line begins and ends: UTF-8 out, no traceback for what a user or their machine did."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from a2p.commands import main

INTERRUPTED = 130  # 128 and the number of the signal, as shells tell it
PIPE_CLOSED = 1  # as click has it
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on the arguments (by default the process's own) and return its exit code.

    0 done, 1 the check found errors, 2 something can't be used; 130 after Ctrl-C, 1 when the reader of a pipe left.
    """
    _write_utf8()
    try:
        code = _called(arguments)
        sys.stdout.flush()  # here, where what goes wrong can still be told
        return code
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return PIPE_CLOSED
    except OSError as problem:
        if problem.errno not in _NO_ROOM:
            raise
        _forget_output()
        click.echo(f"The output can't be written: {problem.strerror}.", err=True)
        return 2


def _called(arguments: Sequence[str] | None) -> int:
    try:
        code: object = main.main(arguments, prog_name="a2p", standalone_mode=False)
    except SystemExit as end:
        code = end.code
    return code if isinstance(code, int) else 0


def _write_utf8() -> None:
    """Data are UTF-8 whatever the machine's language; a standard stream that was closed swallows what it gets."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for as long as we run
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if name == "stderr" else "strict")


def _forget_output() -> None:
    """Point standard output at nothing, or Python would try once more to write what is left of it, and complain."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())

"""Worker processes beside this one: they begin and end with it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

from a2p.settings import ROOT, Settings, as_environment


@contextlib.contextmanager
def worker_beside(settings: Settings, kind: str) -> Iterator[None]:
    """A worker of one kind, with the settings of this process. It ends when the block does."""
    environment = {**os.environ, **as_environment(settings), "PYTHONPATH": str(ROOT)}
    parent = os.getpid()
    command = [sys.executable, "-m", "a2p", "worker", "--only", kind]
    process = subprocess.Popen(command, env=environment)  # noqa: S603 - our own program
    try:
        yield
    finally:
        if os.getpid() == parent:  # a server's own children leave through here too
            _end(process)
        else:
            process.returncode = 0  # not theirs to wait for, or Python would warn of it in the middle of their end


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

"""gunicorn with the site, as `a2p serve` runs it: made once, then parted into processes, which can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from a2p.settings import ROOT

WORKERS, THREADS = 3, 4


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port, and the process that makes its workers anew."""

    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The processes that answer requests, at this moment."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(each) for each in children.read_text().split()]


@contextmanager
def served(folder: Path, database_url: str, plant: str = "", wrapper: tuple[str, ...] = ()) -> Iterator[Server]:
    """The site with real settings and its data in `folder`; `wrapper` is a command to run it by."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [*wrapper, sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--preload"]
    command += ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS)]
    command += ["--no-control-socket", "--log-level", "critical", "tests.storm.served:made()"]
    settings = {
        "A2P_SECRET_KEY": "storms only, nothing else uses this secret",
        "A2P_PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "A2P_TRUSTED_HOSTS": "127.0.0.1",
        "A2P_DATA_DIR": str(folder),
        "A2P_DATABASE_URL": database_url,
        "STORM_FOLDER": str(folder),
        "STORM_PLANT": plant,
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings})
    try:
        _wait_for(port, process)
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=60)
        finally:
            process.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the site did not start: it ended with {process.returncode}")

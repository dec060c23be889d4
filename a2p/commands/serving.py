"""Serving the site on this machine: a web server and one worker beside it, both ended together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

from flask import Flask
from gunicorn.app.base import BaseApplication

from a2p import create_app
from a2p.settings import ROOT, Settings


class _Server(BaseApplication):
    """gunicorn with the site inside, threads enough for one machine."""

    def __init__(self, site: Flask, bind: str) -> None:
        self.site = site
        self.bind = bind
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self.bind,
            "workers": 2,
            "worker_class": "gthread",
            "threads": 4,
            "loglevel": "warning",
            "control_socket_disable": True,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.site


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted. The site is made once, before the server parts into processes: they start at once."""
    site = create_app(settings)
    with _worker(settings):
        _Server(site, f"{host}:{port}").run()


@contextlib.contextmanager
def _worker(settings: Settings) -> Iterator[None]:
    """A worker process beside the server; it ends with it."""
    environment = {
        **os.environ,
        "A2P_DATA_DIR": str(settings.data_dir.resolve()),
        "A2P_DATABASE_URL": settings.database_url,
        "PYTHONPATH": str(ROOT),
    }
    parent = os.getpid()
    process = subprocess.Popen([sys.executable, "-m", "a2p", "worker"], env=environment)
    try:
        yield
    finally:
        if os.getpid() == parent:  # the server's own children leave through here too
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

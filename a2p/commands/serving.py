"""Serving the site on this machine: a web server and its workers beside it, all ended together."""

from __future__ import annotations

from flask import Flask
from gunicorn.app.base import BaseApplication

from a2p import create_app
from a2p.commands.beside import worker_beside
from a2p.commands.worker import DOCUMENTS, LETTERS
from a2p.settings import Settings


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
    with worker_beside(settings, DOCUMENTS), worker_beside(settings, LETTERS):
        _Server(site, f"{host}:{port}").run()

"""What gunicorn serves in a storm: the site as `wsgi:app` has it, with the points where its processes are killed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

from a2p import create_app
from tests.storm.plants import ACKNOWLEDGE_FIRST, IGNORE_EDITIONS, acknowledge_first, ignore_editions
from tests.storm.points import Points

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def made() -> WSGIApplication:
    """The app, by the environment's settings."""
    points = Points(Path(os.environ["STORM_FOLDER"]))
    points.listen()
    plant = os.environ.get("STORM_PLANT", "")
    if plant == IGNORE_EDITIONS:
        ignore_editions()
    site = create_app()
    # processes are killed all the time: the next one shall find its templates compiled
    site.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ["STORM_FOLDER"])
    app = points.around(site)
    return acknowledge_first(app) if plant == ACKNOWLEDGE_FIRST else app

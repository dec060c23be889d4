"""The way from pages to the workers: one queue an app, opened at first use."""

from __future__ import annotations

from flask import current_app

from a2p.store.queue import Queue


def the_queue() -> Queue:
    """The queue to the workers. Hand in after the commit that wrote the row."""
    extensions = current_app.extensions
    if "a2p_queue" not in extensions:
        extensions["a2p_queue"] = Queue(current_app.config["A2P"].data_dir.resolve())
    queue: Queue = extensions["a2p_queue"]
    return queue

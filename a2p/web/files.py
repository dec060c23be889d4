"""Where the site finds what workers made."""

from __future__ import annotations

from pathlib import Path

from flask import current_app

from a2p.settings import documents_folder


def documents() -> Path:
    """The folder of finished documents."""
    folder: Path = current_app.config["A2P"].data_dir
    return documents_folder(folder.resolve())

"""What one browser did and was told, a JSON line each, on the disk before anything else happens.

    try      an attempt to save: `id`, `invitation`, `questionnaire`, and by question id the `state`, `value` and
             `comment` sent and the edition `seen`. The same attempt sent again is another line of the same id.
    ack      the whole reply said that the attempt `id` is saved, `except` for these questions, which clashed
    submit, submitted   the same for submitting: `id`, `invitation`, `questionnaire`
    broken   a request without a whole reply
    refused  a reply that should not be: its `status` and `path`

Every line has `at`, in seconds since 1970.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path


class Ledger:
    """One file that is only ever added to."""

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, what: str, **more: object) -> None:
        """Add a line; it is on the disk when this returns."""
        line = json.dumps({"what": what, "at": time.time(), **more}) + "\n"
        os.write(self.file, line.encode())
        os.fsync(self.file)

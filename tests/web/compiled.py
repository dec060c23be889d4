"""Templates are compiled once a process, not once for each site that a test makes."""

from __future__ import annotations

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache


class _Memory(BytecodeCache):
    """Compiled templates by the key of their name and contents."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_memory = _Memory()


def share_templates(app: Flask) -> None:
    """Let this site use what was compiled for another."""
    app.jinja_env.bytecode_cache = _memory

"""Templates and addresses are compiled once a process, not once for each site that a test makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule


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


_builders: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}
_compile = Rule._compile_builder


def _compiled(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """What builds the addresses of a rule: a function that is given the rule, so that rules written alike share it."""
    key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
    if key not in _builders:
        _builders[key] = _compile(rule, append_unknown)
    return _builders[key]


@contextmanager
def shared_addresses() -> Iterator[None]:
    """Let a site that is made in here use what was compiled for another."""
    with patch.object(Rule, "_compile_builder", _compiled):
        yield

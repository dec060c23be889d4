"""Confining a process that renders: no network, no files but the packaged ones, no other programs, limits of memory and
processor time. A second lock beside the renderer's own, which fetches nothing: texts come from people."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from a2p.settings import ROOT

MEMORY_BYTES = 2 * 1024**3
"""Address space of a process that renders; a report needs a quarter of it."""
PROCESSOR_SECONDS = 120

_READABLE = tuple(
    f"{path}{os.sep}"
    for place in (ROOT / "a2p", ROOT / "templates", sys.prefix, sys.base_prefix, "/usr/share", "/usr/lib", "/etc/fonts")
    for path in {Path(place), Path(place).resolve()}  # as it is written, and where its links lead
)
_REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.remove", "os.rename", "os.mkdir")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def confine(memory: int = MEMORY_BYTES, seconds: int = PROCESSOR_SECONDS) -> None:
    """Confine this process, for good. What goes beyond raises PermissionError or MemoryError, or ends it (SIGXCPU)."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        _refuse_file(*arguments)
    elif event.startswith(_REFUSED):
        raise PermissionError(f"a document is being made: no {event}")


def _refuse_file(path: object, _mode: object, flags: object) -> None:
    if not isinstance(path, str | bytes) or path in ("/dev/null", b"/dev/null"):
        return  # a handle that is open already
    whole = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - resolving would open files itself
    if (isinstance(flags, int) and flags & _WRITES) or not whole.startswith(_READABLE):
        raise PermissionError(f"a document is being made: no opening of {whole}")

"""Rendering in processes: each document in one of its own, started from a process that has fonts and styles loaded.

Rendering leaves memory behind and can take its process down; a process that is thrown away afterwards does neither to
the worker. It can also be stopped, when the document is no longer wanted or takes too long.
"""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from time import monotonic
from typing import Any, TypeAlias

from a2p.jobs.confine import confine

LONGEST_SECONDS = 180.0
LOOK_SECONDS = 0.5
Work: TypeAlias = Callable[..., bytes]
_MADE, _PROBLEM = b"+", b"-"


class NotMade(Exception):
    """The document could not be made; the text says why, for the log."""


class NotWanted(Exception):
    """It was cancelled while it was made."""


class Here:
    """Makes documents in this very process: for tests."""

    def make(self, work: Work, arguments: tuple[Any, ...], wanted: Callable[[], bool]) -> bytes:
        """The work's bytes, once it is done."""
        made = work(*arguments)
        if not wanted():
            raise NotWanted
        return made


class Renderer:
    """Makes each document in a confined process of its own, for at most `longest` seconds."""

    def __init__(self, longest: float = LONGEST_SECONDS) -> None:
        self._longest = longest
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["a2p.documents.ready"])

    def make(self, work: Work, arguments: tuple[Any, ...], wanted: Callable[[], bool]) -> bytes:
        """What `work(*arguments)` returns. `wanted` is asked twice a second: NotWanted as soon as it says no.

        NotMade if the work raises, takes too long or needs too much memory, or its process dies.
        """
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_in_child, args=(sender, work, arguments), daemon=True)
        process.start()
        sender.close()
        try:
            return self._answer(process, receiver, wanted)
        finally:
            process.kill()
            process.join()
            process.close()
            receiver.close()

    def _answer(self, process: ForkServerProcess, receiver: Connection, wanted: Callable[[], bool]) -> bytes:
        end = monotonic() + self._longest
        while not receiver.poll(LOOK_SECONDS):
            if not wanted():
                raise NotWanted
            if monotonic() > end:
                raise NotMade(f"not done after {self._longest:g} seconds")
        try:
            answer = receiver.recv_bytes()
        except EOFError:
            process.join(LOOK_SECONDS)
            raise NotMade(f"its process ended with {process.exitcode}") from None
        if answer[:1] == _PROBLEM:
            raise NotMade(answer[1:].decode())
        return answer[1:]


def _in_child(sender: Connection, work: Work, arguments: tuple[Any, ...]) -> None:
    try:
        confine()
        answer = _MADE + work(*arguments)
    except Exception:
        answer = _PROBLEM + traceback.format_exc().encode()
    sender.send_bytes(answer)
    sender.close()

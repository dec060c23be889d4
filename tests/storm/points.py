"""Where a server's process can be made to kill itself.

The site has no hook for any of this: listeners on SQLAlchemy and a layer around the app do it. A point is armed by a
file of its name; the first process to come by takes the file away and is gone.
"""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BETWEEN_WRITES = "between writes"
BEFORE_COMMIT = "before commit"
IN_COMMIT = "in commit"
AFTER_COMMIT = "after commit"
BEFORE_REPLY = "before reply"
IN_REPLY = "in reply"
NAMES = (BETWEEN_WRITES, BEFORE_COMMIT, IN_COMMIT, AFTER_COMMIT, BEFORE_REPLY, IN_REPLY)
LOG = "killed"


class Points:
    """The points of one process, in the requests that save or submit alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.request = threading.local()

    def listen(self) -> None:
        """Come by at each write and commit of this process."""

        def written(_c: Connection, _cursor: object, statement: str, *_more: object) -> None:
            if statement.startswith(("INSERT INTO answer", "UPDATE answer")):
                self.come_by(BETWEEN_WRITES)

        def committing(_connection: Connection) -> None:
            self.come_by(BEFORE_COMMIT)
            self.come_by(IN_COMMIT, _within_milliseconds)

        event.listen(Engine, "after_cursor_execute", written)
        event.listen(Engine, "commit", committing)
        event.listen(Session, "after_commit", lambda _session: self.come_by(AFTER_COMMIT))

    def around(self, app: WSGIApplication) -> WSGIApplication:
        """The app, with the points of its replies."""

        def layer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            self.request.saves = saves(environ)
            try:
                body = b"".join(app(environ, start_response))
            finally:
                self.request.saves = False
            return self._reply(body) if saves(environ) else [body]

        return layer

    def come_by(self, name: str, kill: Callable[[], None] | None = None) -> None:
        """Kill this process if the point is armed and this request saves."""
        if bool(getattr(self.request, "saves", False)) and _take(self.folder, name):
            (kill or _kill)()

    def _reply(self, body: bytes) -> Iterator[bytes]:
        self.request.saves = True
        self.come_by(BEFORE_REPLY)
        yield body[:1]
        self.come_by(IN_REPLY)
        self.request.saves = False
        yield body[1:]


def saves(environ: WSGIEnvironment) -> bool:
    """Whether a request is to save or to submit."""
    path: str = environ["PATH_INFO"]
    return environ["REQUEST_METHOD"] == "POST" and path.startswith("/answer/")


def arm(folder: Path, name: str) -> None:
    """Let the next process that comes by this point kill itself."""
    _armed(folder, name).touch()


def disarm(folder: Path, name: str) -> None:
    """Take it back, if nobody came by."""
    _armed(folder, name).unlink(missing_ok=True)


def is_armed(folder: Path, name: str) -> bool:
    """Whether nobody has come by yet."""
    return _armed(folder, name).exists()


def note(folder: Path, name: str) -> None:
    """Count a kill."""
    with (folder / LOG).open("a") as log:
        log.write(f"{name}\n")


def _take(folder: Path, name: str) -> bool:
    armed = _armed(folder, name)
    if not armed.exists():
        return False
    try:
        armed.unlink()  # of several that come by at once, one does this
    except FileNotFoundError:
        return False
    note(folder, name)
    return True


def _armed(folder: Path, name: str) -> Path:
    return folder / f"armed {name}"


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _within_milliseconds() -> None:
    threading.Timer(random.uniform(0, 0.01), _kill).start()

"""The queues between the site and its workers: one carries the ids of jobs, the other says that letters wait.

The rows say everything else. Pages hand in; a worker gives the functions that do the work, and consumes. A lost message
costs nothing but time: workers sweep the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import structlog
from huey import Huey, SqliteHuey, crontab

log = structlog.get_logger(__name__)


class Queue:
    """The queue of documents in a data folder. In a worker `do` is called with each job's id, and `sweep` once a
    minute."""

    def __init__(
        self, data_dir: Path, do: Callable[[int], None] | None = None, sweep: Callable[[], None] | None = None
    ) -> None:
        self._data_dir = data_dir
        self._huey = _open(data_dir, "queue")

        def task(job_id: int) -> None:  # the queue knows a task by this function's name: the same in every process
            (do or _not_here)(job_id)

        self._task = self._huey.task(name="do")(task)
        if sweep is not None:
            self._huey.periodic_task(crontab(), name="sweep")(sweep)

    def hand_in(self, job_id: int, *, in_batch: bool = False) -> None:
        """Tell the workers that a job's row is there. Call it after the commit that wrote the row. Documents of a batch
        are taken up when no single one waits."""
        self._task(job_id, priority=0 if in_batch else 1)

    def hand_in_letters(self) -> None:
        """Tell the workers that letters' rows are there. Call it after the commit that wrote them."""
        try:
            LetterQueue(self._data_dir).hand_in()
        except Exception:
            log.exception("workers not told of letters")  # what was committed is safe: they look within a minute

    def consume(self) -> None:
        """Do jobs, one at a time, until the process is told to stop. More speed: more processes, never threads."""
        _consume(self._huey)


class LetterQueue:
    """The queue of letters in a data folder: it says no more than that some wait. In a worker `send` sends what is due,
    and `sweep` is called once a minute."""

    def __init__(
        self, data_dir: Path, send: Callable[[], None] | None = None, sweep: Callable[[], None] | None = None
    ) -> None:
        self._huey = _open(data_dir, "letters")

        def task() -> None:
            (send or _not_here)()

        self._task = self._huey.task(name="send")(task)
        if sweep is not None:
            self._huey.periodic_task(crontab(), name="sweep")(sweep)

    def hand_in(self) -> None:
        """Tell the workers that letters wait."""
        self._task()

    def consume(self) -> None:
        """Send letters until the process is told to stop."""
        _consume(self._huey)


def _open(data_dir: Path, name: str) -> Huey:
    data_dir.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("a2p", filename=str(data_dir / f"{name}.sqlite"), results=False)


def _consume(huey: Huey) -> None:
    huey.create_consumer(workers=1, worker_type="thread", periodic=True, check_worker_health=False, max_delay=1.0).run()


def _not_here(*_what: object) -> None:
    raise RuntimeError("work was taken up by a process that does none")

"""The queue between the site and its workers: it carries job ids, no more. The job's row says everything else.

Pages hand in; a worker gives the function that does a job, and consumes. A lost message costs nothing but time: workers
sweep the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from huey import Huey, SqliteHuey, crontab


class Queue:
    """The queue in a data folder. In a worker `do` is called with each job's id, and `sweep` once a minute."""

    def __init__(
        self, data_dir: Path, do: Callable[[int], None] | None = None, sweep: Callable[[], None] | None = None
    ) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self._huey: Huey = SqliteHuey("a2p", filename=str(data_dir / "queue.sqlite"), results=False)

        def task(job_id: int) -> None:  # the queue knows a task by this function's name: the same in every process
            (do or _not_here)(job_id)

        self._task = self._huey.task(name="do")(task)
        if sweep is not None:
            self._huey.periodic_task(crontab(), name="sweep")(sweep)

    def hand_in(self, job_id: int) -> None:
        """Tell the workers that a job's row is there. Call it after the commit that wrote the row."""
        self._task(job_id)

    def consume(self) -> None:
        """Do jobs, one at a time, until the process is told to stop. More speed: more processes, never threads."""
        self._huey.create_consumer(
            workers=1, worker_type="thread", periodic=True, check_worker_health=False, max_delay=1.0
        ).run()


def _not_here(job_id: int) -> None:
    raise RuntimeError(f"job {job_id} was taken up by a process that does none")

"""The closing hour: 200 respondents press Save at the same moment, against the same saves one after another."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from a2p.settings import ROOT
from tests.benchmarks.measure import Figure, ratios
from tests.benchmarks.site import make_site, served

PEOPLE = 200
IDLE = 60
SECTION = "purpose"


class Crowd:
    """The respondents' process; it counts the replies and those that were errors of the site."""

    def __init__(self, port: int, people: Path) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.crowd", str(port), SECTION, str(people)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.replies = self.errors = 0

    def slow(self, order: str) -> float:
        """The 95th percentile of the seconds that an order's saves took."""
        said, heard = self.process.stdin, self.process.stdout
        assert said is not None
        assert heard is not None
        said.write(f"{order}\n")
        said.flush()
        saves = json.loads(heard.readline())
        self.replies += len(saves)
        self.errors += sum(status >= 500 for _, status in saves)
        assert all(status == 302 or status >= 500 for _, status in saves), "every save is taken or an error"
        waits: list[float] = [seconds for seconds, _ in saves]
        return statistics.quantiles(waits, n=20)[18]

    def leave(self) -> None:
        """End the process."""
        self.process.communicate()


def figures() -> list[Figure]:
    """burst_p95: how long the slowest twentieth waits. AssertionError if the site has an error (5xx) for anybody."""
    with tempfile.TemporaryDirectory() as folder:
        people = Path(folder) / "people.json"
        people.write_text(json.dumps(make_site(Path(folder), PEOPLE)))
        with served(Path(folder)) as port:
            crowd = Crowd(port, people)
            waits = ratios(lambda _: crowd.slow("burst"), lambda _: crowd.slow(f"idle {IDLE}"))
            crowd.leave()
    assert not crowd.errors, f"{crowd.errors} errors (5xx) in {crowd.replies} replies"
    what = f"95th percentile of a save, {PEOPLE} respondents at once / one after another"
    return [Figure("burst_p95", waits, "stated", f"{what}; no error (5xx) in {crowd.replies} replies")]

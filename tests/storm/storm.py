"""Running a storm: the site, the respondents' processes, the killing, and the verdict."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from a2p.settings import ROOT
from tests.database import postgres_database, postgres_server
from tests.storm import points
from tests.storm.checker import Verdict, check
from tests.storm.client import Device
from tests.storm.place import Guest, fill
from tests.storm.server import Server, served

RANDOM = "at random"
STOP = "stop"
SAVES_BETWEEN = 5
PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Storm:
    """What was asked for: it lasts at least so long, and until so many processes were killed."""

    seconds: float
    kills: int
    postgres: bool = False
    plant: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict, how often processes were killed by kind, and the respondents' processes that failed."""

    verdict: Verdict
    kills: Counter[str]
    failed: int

    @property
    def held(self) -> bool:
        """Whether something was acknowledged, and nothing of it came to harm."""
        return bool(self.verdict.saves) and not self.verdict.faults and not self.failed

    @property
    def summary(self) -> str:
        """What happened, in lines to print."""
        found, kills = self.verdict, self.kills
        lines = [
            f"killed         {kills.total()}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kills.items())),
            f"acknowledged   {found.saves} saves with {found.answers} answers, {found.submits} submits",
            f"broken         {found.broken} requests without a whole reply; {len(found.refused)} refused",
            f"lost           {len(found.lost)} answers, {len(found.submits_lost)} submits",
            f"doubled        {len(found.doubled)}",
            f"older won      {len(found.older_won)}",
            f"torn           {len(found.torn)} attempts",
            f"database       {'; '.join(found.unsound) or 'sound'}",
            *(f"  {line}" for line in found.faults[:20]),
        ]
        if self.failed:
            lines.append(f"{self.failed} respondents’ processes failed")
        return "\n".join([*lines, "nothing acknowledged was lost" if self.held else "NOT AS IT SHOULD BE"])


def run(storm: Storm) -> Outcome:
    """Let a storm go over a site of its own. NoPostgres if there has to be one and none can start."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="a2p-storm-")))
        address = f"sqlite:///{folder / 'a2p.sqlite'}"
        if storm.postgres:
            address = stack.enter_context(postgres_database(stack.enter_context(postgres_server())))
        guests = fill(address)
        with served(folder, address, storm.plant) as server, _respondents(folder, server, guests) as devices:
            kills = _kill(storm, server, folder)
        plain = address.replace("+psycopg", "").removeprefix("sqlite:///")
        verdict = check(plain, sorted(folder.glob("*.ledger")))
        return Outcome(verdict, kills, sum(device.returncode != 0 for device in devices))


@contextmanager
def _respondents(folder: Path, server: Server, guests: list[Guest]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes of all devices; at the end each finishes what it is at."""
    devices = [
        Device(
            name=f"d{guest.invitation}.{number}",
            port=server.port,
            token=guest.token,
            invitation=guest.invitation,
            questionnaire=guest.questionnaire,
            sections=guest.sections,
            ledger=str(folder / f"{guest.invitation}.{number}.ledger"),
            stop=str(folder / STOP),
        )
        for guest in guests
        for number in range(guest.devices)
    ]
    command = [sys.executable, "-m", "tests.storm.client"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([*command, json.dumps(asdict(device))], cwd=ROOT, env=environment) for device in devices
    ]
    try:
        yield running
    finally:
        (folder / STOP).touch()
        for process in running:
            process.wait()


def _kill(storm: Storm, server: Server, folder: Path) -> Counter[str]:
    """Kill processes, every second one at random and the others at one point after another."""
    start, told = time.monotonic(), _Told(folder)
    kinds = itertools.cycle(kind for name in points.NAMES for kind in (RANDOM, name))
    while (done := _killed(folder).total()) < storm.kills or time.monotonic() < start + storm.seconds:
        time.sleep(max(0.0, start + storm.seconds * (done + 1) / (storm.kills + 1) - time.monotonic()))
        told.wait_for(SAVES_BETWEEN)
        if done < storm.kills:
            _kill_one(next(kinds), server, folder)
    return _killed(folder)


class _Told:
    """Counts what is acknowledged, so that on a slow machine too something is saved between two kills."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: Counter[Path] = Counter()

    def wait_for(self, saves: int) -> None:
        """Wait until so many saves were acknowledged since the last call, but not for ever."""
        patience = time.monotonic() + PATIENCE
        counted = 0
        while (counted := counted + sum(map(self._new_in, self.folder.glob("*.ledger")))) < saves:
            if time.monotonic() > patience:
                return
            time.sleep(0.02)

    def _new_in(self, path: Path) -> int:
        with path.open("rb") as ledger:
            ledger.seek(self.read[path])
            new = ledger.read()
        self.read[path] += len(new)
        return new.count(b'"what": "ack"')


def _kill_one(kind: str, server: Server, folder: Path) -> None:
    if kind != RANDOM:
        points.arm(folder, kind)
        patience = time.monotonic() + 2
        while points.is_armed(folder, kind) and time.monotonic() < patience:
            time.sleep(0.01)
        points.disarm(folder, kind)
    elif workers := server.workers():
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself, at a point
            os.kill(random.choice(workers), signal.SIGKILL)
            points.note(folder, RANDOM)


def _killed(folder: Path) -> Counter[str]:
    log = folder / points.LOG
    return Counter(log.read_text().splitlines() if log.exists() else [])

"""Interleaved measuring: subject and baseline in turn, a ratio for each pair, and the median of the ratios."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

RUNS = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: the ratios of all pairs, the aim in words, and what was compared."""

    name: str
    ratios: tuple[float, ...]
    aim: str
    what: str

    @property
    def line(self) -> str:
        """The median with the lowest and highest ratio."""
        low, middle, high = min(self.ratios), statistics.median(self.ratios), max(self.ratios)
        return f"{self.name:16} {middle:8.3f}   {low:.3f}-{high:.3f}   aim {self.aim:10} {self.what}"


def ratios(subject: Callable[[int], float], baseline: Callable[[int], float], runs: int = RUNS) -> tuple[float, ...]:
    """Subject/baseline for each of `runs` interleaved pairs, after one pair that isn't counted. Each is called with the
    number of the pair, so that inputs vary."""
    subject(0)
    baseline(0)
    return tuple(subject(run) / baseline(run) for run in range(1, runs + 1))


def cpu_seconds(work: Callable[[], object]) -> float:
    """Processor time of this process for one call."""
    before = time.process_time()
    work()
    return time.process_time() - before


def process(command: Sequence[str], environment: dict[str, str] | None = None) -> tuple[float, float]:
    """(processor, wall) seconds of a whole process with its children; CalledProcessError if it fails."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **(environment or {})})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.perf_counter() - start


def tree_cpu_seconds(root: int) -> float:
    """Processor time so far of a process and all its living descendants, from /proc."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(stat.parent.name)
        parents[pid] = int(fields[1])
        used[pid] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return sum(seconds for pid, seconds in used.items() if _descends(pid, root, parents))


def _descends(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid > 1:
        if pid == root:
            return True
        pid = parents.get(pid, 0)
    return False


def descendants(root: int) -> list[int]:
    """The processes that a process started, and theirs, from /proc."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = [root]
    for pid in found:
        found += [each for each, parent in parents.items() if parent == pid]
    return found[1:]


def kilobytes(pid: int, what: str) -> int:
    """VmRSS or VmHWM of a process; 0 if it has ended."""
    lines = of_process(pid, "status").decode().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(what)), 0)


def of_process(pid: int, name: str) -> bytes:
    """A file of a process from /proc; empty if it has ended."""
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""

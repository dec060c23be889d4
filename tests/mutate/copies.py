"""Copies of the project to try mutants in, and which test comes by which line."""

from __future__ import annotations

import json
import os
import py_compile
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from coverage import CoverageData

from a2p.settings import ROOT
from tests.mutate.conditions import Mutant

# Where it is tested who may what.
TRIED = ["access", "jobs", "rounds", "store", "test_jobs.py", "web"]
OPTIONS = ("-q", "-p", "no:cacheprovider", "-m", "not browser and not postgres")
PATIENCE = 1800
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache")


class NotGreen(Exception):
    """The tests fail before anything is taken away; the text is pytest's."""


class Tests:
    """The tests that ran, by duration in seconds, and which of them came by which lines."""

    def __init__(self, folder: Path, seconds: Mapping[str, float], lines: CoverageData) -> None:
        self.folder = folder
        self.seconds = seconds
        self.lines = lines

    def that_came_by(self, file: str, mutant: Mutant) -> list[str]:
        """The tests that ran the function that a mutant stands in (any of the file, if in none), quickest first."""
        first, last = mutant.function or (0, sys.maxsize)
        found: set[str] = set()
        for line, contexts in self.lines.contexts_by_lineno(str(self.folder / file)).items():
            if first <= line <= last:
                found.update(context.rpartition("|")[0] for context in contexts)
        return sorted(found & self.seconds.keys(), key=lambda test: self.seconds[test])


class Copy:
    """A copy of the project in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=NOT_COPIED)

    def observe(self) -> Tests:
        """Run the tests once and see which comes by where. NotGreen if any fails."""
        record, data = self.folder / "seconds.json", self.folder / "lines.coverage"
        options = [
            "-n",
            "2",
            "--cov",
            "a2p",
            "--cov-context",
            "test",
            "--cov-report",
            "",
            "-p",
            "tests.mutate.recorder",
        ]
        paths = [f"tests/{name}" for name in TRIED]
        done = self._pytest([*options, *paths], COVERAGE_FILE=str(data), RECORD=str(record))
        if done.returncode:
            raise NotGreen(done.stdout[-4000:])
        found = CoverageData(str(data))
        found.read()
        return Tests(self.folder, json.loads(record.read_text("utf-8")), found)

    def killer(self, file: str, mutant: Mutant, tests: Sequence[str]) -> str | None:
        """The test that fails with the mutant in place of the file; None if they all pass."""
        path = self.folder / file
        whole = path.read_text("utf-8")
        path.write_text(mutant.source, "utf-8")
        try:
            py_compile.compile(str(path), doraise=True)  # or a file of the same second and length would pass for it
            done = self._pytest(["-x", *tests])
        except subprocess.TimeoutExpired:
            return "the tests that did not end"
        finally:
            path.write_text(whole, "utf-8")
            py_compile.compile(str(path))
        if done.returncode == 0:
            return None
        failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
        return failed[1] if failed else f"pytest, which ended with {done.returncode}"

    def _pytest(self, arguments: Sequence[str], **more: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self.folder), **more}
        command = [sys.executable, "-m", "pytest", *OPTIONS, *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )

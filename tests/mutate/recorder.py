"""A plugin of pytest: writes down how long each test took, as JSON in the file that RECORD names."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

_seconds: defaultdict[str, float] = defaultdict(float)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add one phase of a test."""
    _seconds[report.nodeid] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write them, in the process that heard of all tests."""
    if not hasattr(session.config, "workerinput"):
        Path(os.environ["RECORD"]).write_text(json.dumps(_seconds), "utf-8")

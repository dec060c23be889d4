"""A post office on each engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.jobs.office import Office, open_office


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """A small site with a postman."""
    return open_office(engine, tmp_path)

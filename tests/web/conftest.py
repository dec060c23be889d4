"""A site of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A fresh small site with one open round."""
    return make_world(tmp_path)

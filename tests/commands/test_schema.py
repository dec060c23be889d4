"""`a2p schema` prints the JSON Schema that is committed beside the questionnaires."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from a2p.commands import main

COMMITTED = Path(__file__).parents[2] / "questionnaires" / "questionnaire.schema.json"


def test_it_prints_the_committed_schema() -> None:
    result = CliRunner().invoke(main, ["schema"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads(COMMITTED.read_text(encoding="utf-8"))

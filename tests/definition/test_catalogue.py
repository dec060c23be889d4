"""Where definitions are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from a2p.definition import catalogue
from tests.definition.yaml_texts import SMALL


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of definitions of its own."""
    folder = tmp_path / "questionnaires"
    (folder / "overlays").mkdir(parents=True)
    (folder / "small.yaml").write_text(SMALL)
    (folder / "support.yaml").write_text("modules: []")
    (folder / "overlays" / "small.local.yaml").write_text("overlay: small")
    monkeypatch.setenv("A2P_QUESTIONNAIRES", str(folder))
    return folder


def test_a_definition_is_found_by_id_or_by_path(shelf: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "draft.yaml"
    elsewhere.write_text(SMALL)
    assert catalogue.find("small") == shelf / "small.yaml"
    assert catalogue.find(str(elsewhere)) == elsewhere
    assert catalogue.read("small") == catalogue.read(str(elsewhere)) == catalogue.all_definitions()[0]


def test_the_support_catalogue_and_overlays_are_no_definitions(shelf: Path) -> None:
    assert catalogue.definition_files() == (shelf / "small.yaml",)
    assert catalogue.overlay_files() == (shelf / "overlays" / "small.local.yaml",)
    assert catalogue.support_file() == shelf / "support.yaml"


def test_an_unknown_id_says_what_was_meant_and_what_there_is(shelf: Path) -> None:
    with pytest.raises(catalogue.UnknownQuestionnaire, match=r"called smal\. Did you mean small\? .* are: small\.$"):
        catalogue.find("smal")


def test_without_a_setting_the_projects_own_definitions_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("A2P_QUESTIONNAIRES", raising=False)
    assert catalogue.folder() == Path(__file__).parents[2] / "questionnaires"
    assert "aspire" in {path.stem for path in catalogue.definition_files()}

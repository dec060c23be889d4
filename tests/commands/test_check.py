"""`a2p check` and what it says of good and bad files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from a2p.commands import main
from tests.definition.yaml_texts import SMALL, small_with

MISTAKES = Path(__file__).parents[1] / "definition" / "mistakes.yaml"
CATALOGUE = """\
modules:
  - {id: workshop, title: A workshop, summary: A day., format: workshop, length: A day, serves: [small/purpose]}
"""


def check(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(main, ["check", *arguments], input=given)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a definition, two overlays and a catalogue, all sound."""
    folder = tmp_path / "questionnaires"
    (folder / "overlays").mkdir(parents=True)
    (folder / "small.yaml").write_text(SMALL)
    (folder / "support.yaml").write_text(CATALOGUE)
    (folder / "overlays" / "small.local.yaml").write_text("overlay: small\ntitle: Our own\n")
    (folder / "overlays" / "small.cy.yaml").write_text("overlay: small\nlanguage: cy\ntitle: Bach\n")
    monkeypatch.setenv("A2P_QUESTIONNAIRES", str(folder))
    return folder


def test_without_a_file_everything_is_checked(shelf: Path) -> None:
    result = check()
    assert result.exit_code == 0
    assert result.stdout == "4 files, no errors\n"


def test_texts_that_a_language_lacks_are_notes_and_no_errors(shelf: Path) -> None:
    result = check()
    overlay = shelf / "overlays" / "small.cy.yaml"
    assert f"{overlay}: note: no text for sections purpose title; the base's is shown\n" in result.stderr
    assert "small.local.yaml" not in result.stderr


def test_every_mistake_of_every_file_is_told_and_the_exit_code_is_1(shelf: Path) -> None:
    (shelf / "small.yaml").write_text(small_with("title: Small", "titel: Small"))
    (shelf / "other.yaml").write_text(small_with("language: en", "language: fr"))
    (shelf / "support.yaml").write_text(CATALOGUE.replace("A day., format", "A day., foramt"))
    (shelf / "overlays" / "small.local.yaml").write_text("overlay: small\ntitel: x\n")
    result = check()
    assert result.exit_code == 1
    told = [line.removeprefix(f"{shelf}/").partition(" (")[0] for line in result.stdout.splitlines()]
    assert told == [
        "other.yaml:1:16: questionnaire: the file is called other.yaml, so its id must be other",
        "other.yaml:4:11: language: unsupported language fr: en or cy",
        "small.yaml:1:1: the file: title is missing",
        "small.yaml:3:1: titel: unknown key",
        "overlays/small.local.yaml:2:1: titel: unknown key",
        "support.yaml:2:5: module workshop: format is missing",
        "support.yaml:2:56: module workshop, foramt: unknown key",
        "5 files, 7 errors",
    ]


def test_the_catalogue_must_serve_sections_that_there_are(shelf: Path) -> None:
    (shelf / "support.yaml").write_text(CATALOGUE.replace("small/purpose", "small/porpoise"))
    result = check()
    assert result.exit_code == 1
    assert "serves 1: there is no section small/porpoise (did you mean small/purpose?)" in result.stdout


def test_an_overlay_for_no_questionnaire_is_a_mistake(shelf: Path) -> None:
    (shelf / "overlays" / "nothing.local.yaml").write_text("overlay: nothing\n")
    result = check()
    assert result.exit_code == 1
    assert "nothing.local.yaml:1:1: the file: there is no questionnaire nothing for this overlay" in result.stdout


def test_files_can_be_named_each_by_path_or_id(shelf: Path) -> None:
    assert check("small", str(shelf / "overlays" / "small.local.yaml")).stdout == "2 files, no errors\n"
    assert check(str(shelf / "support.yaml")).stdout == "1 file, no errors\n"


def test_standard_input_can_be_checked() -> None:
    assert check("-", given=SMALL).stdout == "1 file, no errors\n"
    bad = check("-", given=small_with("title: Small", "titel: Small"))
    assert bad.exit_code == 1
    assert bad.stdout.startswith(
        "<standard input>:1:1: the file: title is missing\n<standard input>:3:1: titel: unknown"
    )


def test_twenty_mistakes_and_more_are_all_located() -> None:
    result = check(str(MISTAKES))
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[-1] == "1 file, 51 errors"
    assert len([line for line in lines if line.startswith(f"{MISTAKES}:")]) == 51


def test_an_id_that_vanished_since_the_published_version_is_a_mistake(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(SMALL)
    new.write_text(small_with("id: reviewer", "id: checker").replace("version: 1", "version: 2") + "since: {2: {}}\n")
    result = check(str(new), "--published", str(old))
    assert result.exit_code == 1
    assert f"{new}:1:1: since: reviewer has vanished since the published version" in result.stdout
    assert check(str(old), "--published", str(old)).exit_code == 0


@pytest.mark.parametrize("arguments", [["nothing-there.yaml"], ["asprie"], ["--published", "x.yaml"]])
def test_what_cannot_be_read_is_one_plain_line_and_exit_code_2(arguments: list[str]) -> None:
    result = check(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_cannot_be_read_does_not_hide_the_others_mistakes(shelf: Path) -> None:
    bad = shelf / "bad.yaml"
    bad.write_text(small_with("title: Small", "titel: Small"))
    missing, overlay = shelf / "missing.yaml", shelf / "overlays" / "missing.cy.yaml"
    result = check("small", str(missing), str(overlay), str(bad))
    assert result.exit_code == 2
    assert f"{bad}:3:1: titel: unknown key" in result.stdout
    assert result.stdout.endswith("2 files, 3 errors\n")
    first, second = result.stderr.splitlines()
    assert first.startswith("There is no questionnaire or file called")
    assert second == f"{overlay} can't be read: No such file or directory."


def test_a_folder_without_questionnaires_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A2P_QUESTIONNAIRES", str(tmp_path))
    result = check()
    assert (result.exit_code, result.stderr) == (2, f"There are no questionnaires in {tmp_path}.\n")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert check(str(tmp_path)).exit_code == 2


def test_the_check_loads_neither_the_site_nor_the_database_nor_scoring() -> None:
    program = (
        "import sys, a2p.commands.check\n"
        "heavy = ('flask', 'sqlalchemy', 'weasyprint', 'jinja2', 'a2p.scoring')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"

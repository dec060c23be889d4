"""`a2p diff` and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from a2p.commands import main
from tests.definition.yaml_texts import SMALL


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.yaml"
    path.write_text(SMALL)
    return path


def new(folder: Path, since: str, **ids: str) -> Path:
    """The second version, with ids replaced."""
    text = SMALL.replace("\nversion: 1\n", "\nversion: 2\n")
    for was, to in ids.items():
        text = text.replace(was, to)
    path = folder / "new.yaml"
    path.write_text(f"{text}since:\n  2: {since}\n")
    return path


def diff(*arguments: Path | str) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def test_it_lists_the_changes_by_place_with_the_texts(old: Path, tmp_path: Path) -> None:
    result = diff(old, new(tmp_path, "{}", clear="known"))
    assert result.exit_code == 0
    assert result.stdout == (
        "small, version 1 to version 2: 1 change\n"
        "\n"
        "Question aim, in purpose\n"
        "  - question reworded\n"
        "      before: Is the aim clear?\n"
        "      after:  Is the aim known?\n"
    )


def test_nothing_changed_is_said(old: Path) -> None:
    result = diff(old, old)
    assert (result.exit_code, result.stdout) == (0, "small, version 1 to version 1: no changes\n")


def test_an_id_that_vanished_is_an_error(old: Path, tmp_path: Path) -> None:
    result = diff(old, new(tmp_path, "{}", reviewer="checker"))
    assert result.exit_code == 1
    assert result.stdout.endswith("error: reviewer has vanished: list it in since, under renamed or retired\n")


def test_an_id_that_was_renamed_is_none(old: Path, tmp_path: Path) -> None:
    result = diff(old, new(tmp_path, "{renamed: {reviewer: checker}}", **{"id: reviewer": "id: checker"}))
    assert result.exit_code == 0
    assert "renamed from reviewer" in result.stdout


@pytest.mark.parametrize("text", ["questionnaire: [", SMALL.replace("id: working, label", "id: working, labl")])
def test_a_file_with_mistakes_is_refused_with_their_lines(old: Path, tmp_path: Path, text: str) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text)
    result = diff(old, wrong)
    assert result.exit_code == 2
    assert f"{wrong}:" in result.stderr


def test_what_can_not_be_compared_is_refused(old: Path, tmp_path: Path) -> None:
    assert diff(old, "no-such").exit_code == 2
    turned = diff(new(tmp_path, "{}"), old)
    assert turned.exit_code == 2
    assert "older first" in turned.stderr

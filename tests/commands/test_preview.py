"""`a2p preview` writes the page, or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from a2p.commands import main
from tests.definition.yaml_texts import SMALL


def preview(*arguments: Path | str) -> Result:
    return CliRunner().invoke(main, ["preview", *map(str, arguments)])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return path


def test_without_a_file_the_page_goes_to_standard_output(small: Path) -> None:
    result = preview(small)
    assert result.exit_code == 0
    assert result.stdout.startswith("<!DOCTYPE html>")
    assert "Is the aim clear?" in result.stdout


def test_the_page_is_written_where_it_is_wanted(small: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = preview(small, "-o", page)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Is the aim clear?" in page.read_text()


def test_local_words_come_from_the_overlay_beside_the_file(small: Path, tmp_path: Path) -> None:
    (tmp_path / "overlays").mkdir()
    (tmp_path / "overlays" / "small.local.yaml").write_text("overlay: small\ntitle: Our own\n")
    assert "<h1>Small</h1>" in preview(small).stdout
    assert "<h1>Our own</h1>" in preview(small, "--local").stdout


def test_the_terms_of_2008_are_in_the_local_words_of_the_library() -> None:
    assert "Local Area Agreement" not in preview("perform").stdout
    assert "Local Area Agreement" in preview("perform", "--local").stdout


@pytest.mark.parametrize(
    ("overlay", "problem"),
    [
        (None, "can't be read: there is no such file"),
        ("overlay: small\nsections: {purpos: {title: Why}}\n", "did you mean purpose?"),
    ],
)
def test_local_words_that_can_not_be_had_are_an_error(
    small: Path, tmp_path: Path, overlay: str | None, problem: str
) -> None:
    (tmp_path / "overlays").mkdir()
    if overlay:
        (tmp_path / "overlays" / "small.local.yaml").write_text(overlay)
    result = preview(small, "--local")
    assert result.exit_code == 2
    assert problem in result.stderr


def test_what_can_not_be_used_is_told_in_a_line(small: Path, tmp_path: Path) -> None:
    unknown = preview("aspir")
    assert unknown.exit_code == 2
    assert "Did you mean aspire?" in unknown.stderr
    nowhere = preview(small, "-o", tmp_path / "no" / "page.html")
    assert nowhere.exit_code == 2
    assert "page.html can't be written: there is no folder " in nowhere.stderr

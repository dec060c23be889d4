"""`--overlay`: what is made of a questionnaire comes out in another language, and its mistakes are told plainly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from a2p.commands import main
from a2p.commands.definitions import read_definition, read_worded
from a2p.definition.canonical import sha256
from a2p.documents.fillable import fillable_form
from tests.definition.yaml_texts import SMALL
from tests.documents.pseudo import longer, overlay_file, overlay_of
from tests.exchange.filling import by_pikepdf

ANSWERS = "respondent,organisation,question,answer\n" + "".join(
    f"{name},{name},aim,{level}\n" for name, level in (("anna", "working"), ("ben", "working"), ("cleo", "not-yet"))
)
LOCAL = "overlay: small\ntitle: Ein hunain\n"


def run(*arguments: Path | str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], input=stdin)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return path


@pytest.fixture
def welsh(small: Path) -> Path:
    path = small.with_name("small.cy.yaml")
    path.write_bytes(overlay_file(read_definition(str(small))))
    return path


def frozen(small: Path, *overlays: Path) -> dict[str, object]:
    given = [text for overlay in overlays for text in ("--overlay", str(overlay))]
    result = run("score", small, "-", "--frozen", "-", *given, stdin=ANSWERS)
    assert result.exit_code == 0, result.stderr
    document: dict[str, object] = json.loads(result.stdout)
    return document


def test_a_result_has_the_texts_of_the_overlay_its_hash_and_its_language(small: Path, welsh: Path) -> None:
    plain, said = frozen(small), frozen(small, welsh)
    definition = said["definition"]
    assert isinstance(definition, Mapping)
    assert (definition["language"], definition["title"]) == ("cy", longer("Small"))
    assert said["overlays"] == [overlay_of(read_definition(str(small))).sha256]
    assert said["sha256"] == plain["sha256"]
    told_in_words = ("definition", "overlays", "bands")
    assert {k: said[k] for k in said if k not in told_in_words} == {
        k: plain[k] for k in plain if k not in told_in_words
    }


def test_a_report_is_in_the_language_of_the_overlay(small: Path, welsh: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run("report", small, "-", "-o", page, "--overlay", welsh, stdin=ANSWERS).exit_code == 0
    text = page.read_text()
    assert '<html lang="cy"' in text
    assert longer("Is the aim clear?") in text
    assert "Is the aim clear?" not in text


def test_a_preview_is_in_the_words_of_both_layers_in_whichever_order_they_are_given(small: Path, welsh: Path) -> None:
    local = small.with_name("small.local.yaml")
    local.write_text(LOCAL)
    for order in ((welsh, local), (local, welsh)):
        page = run("preview", small, "--overlay", order[0], "--overlay", order[1]).stdout
        assert "<h1>Ein hunain</h1>" in page
        assert longer("Purpose") in page


def test_a_form_in_another_language_reads_back_beside_one_in_its_own(small: Path, welsh: Path, tmp_path: Path) -> None:
    filled = {"organisation": "Police", "a-aim": "working"}
    forms = [fillable_form(read_worded(str(small), overlays).definition) for overlays in ((), (str(welsh),))]
    files = [tmp_path / "own.pdf", tmp_path / "welsh.pdf"]
    for file, form in zip(files, forms, strict=True):
        file.write_bytes(by_pikepdf(form, filled))
    read = run("read", *files, "--questionnaire", small, "--overlay", welsh)
    assert read.exit_code == 0, read.stderr
    assert [line.split(",")[0] for line in read.stdout.splitlines()[1:]] == ["own", "welsh"]
    refused = run("read", *files, "--questionnaire", small)
    assert "its questions are not those of that version" in refused.stderr


def test_a_printed_form_is_in_it_too(small: Path, welsh: Path, tmp_path: Path) -> None:
    form = tmp_path / "form.pdf"
    result = run("blank", small, "-o", form, "--overlay", welsh)
    assert (result.exit_code, form.read_bytes()[:5]) == (0, b"%PDF-")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("other.cy.yaml", "overlay: other\nlanguage: cy\ntitle: Arall\n", "it is an overlay of other, not of small"),
        ("small.cy.yaml", "overlay: small\nlanguage: cy\nsections: {purpos: {title: x}}\n", "did you mean purpose?"),
        ("small.yaml", "overlay: small\n", "an overlay's file is called small.en.yaml, small.cy.yaml or"),
        ("small.cy.yaml", "overlay: [", "small.cy.yaml:"),
        ("small.local.yaml", "overlay: small\nlanguage: cy\n", "local words are for the questionnaire in cy"),
        ("small.cy.yaml", None, "can't be read: No such file"),
    ],
)
def test_an_overlay_that_can_not_be_used_says_why(small: Path, name: str, text: str | None, said: str) -> None:
    overlay = small.parent / "given" / name
    overlay.parent.mkdir()
    if text is not None:
        overlay.write_text(text)
    result = run("preview", small, "--overlay", overlay)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_two_overlays_of_one_layer_are_refused(small: Path, welsh: Path) -> None:
    result = run("preview", small, "--overlay", welsh, "--overlay", welsh)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "one file of a language and one of local words" in result.stderr


def test_the_hashes_lie_in_the_order_of_the_layers(small: Path, welsh: Path) -> None:
    local = small.with_name("small.local.yaml")
    local.write_text(LOCAL)
    worded = read_worded(str(small), (str(local), str(welsh)))
    assert worded.base_sha256 == sha256(read_definition(str(small)))
    assert worded.overlays == (*read_worded(str(small), (str(welsh),)).overlays, worded.overlays[1])
    assert len(set(worded.overlays)) == 2

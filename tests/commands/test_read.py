"""`a2p read`: filled forms in, answers out as `a2p score` reads them; one bad file and nothing comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from a2p.commands import main
from a2p.definition.canonical import canonical_json
from a2p.documents.fillable import fillable_form
from a2p.exchange.answers_csv import read_answers
from tests.builders import definition, question, scale_question, section
from tests.exchange.filling import by_pikepdf

ASKED = definition(section("a", scale_question("aim"), question("why")), section("b", scale_question("sat")))
SMITH = {"organisation": "Fenland health", "sector": "health", "a-aim": "level-3", "a-why": "=1+1", "a-sat": "level-1"}


@pytest.fixture(scope="module")
def form() -> bytes:
    return fillable_form(ASKED)


@pytest.fixture
def asked(tmp_path: Path) -> str:
    """The questionnaire's file."""
    file = tmp_path / "sample.yaml"
    file.write_text(yaml.safe_dump(yaml.safe_load(canonical_json(ASKED))))
    return str(file)


def run(*arguments: str, into: bytes = b"") -> tuple[int, bytes, str]:
    result = CliRunner().invoke(main, ["read", *arguments], input=into)
    # on a busy machine it says what it is doing
    return result.exit_code, result.stdout_bytes, result.stderr.replace("Reading the forms ...\n", "")


def test_each_file_is_a_respondent_and_what_is_blank_is_said(form: bytes, asked: str, tmp_path: Path) -> None:
    smith, jones = tmp_path / "smith.pdf", tmp_path / "jones & co.pdf"
    smith.write_bytes(by_pikepdf(form, SMITH))
    jones.write_bytes(by_pikepdf(form, {"organisation": "Police", "a-sat": "dont-know"}))
    code, out, err = run(str(smith), str(jones), "--questionnaire", asked)
    assert (code, err) == (0, f"{jones}: left blank: 1.1, 1.2\n")
    first, second = read_answers(out, ASKED)
    assert (first.id, first.organisation, first.sector) == ("smith", "Fenland health", "health")
    assert {name: answer.value for name, answer in first.answers.items()} == {
        "aim": "level-3",
        "why": "'=1+1",
        "sat": "level-1",
    }
    assert (second.id, second.organisation, list(second.answers)) == ("jones - co", "Police", ["sat"])


def test_one_bad_file_is_named_and_nothing_comes_out(form: bytes, asked: str, tmp_path: Path) -> None:
    good, empty, letter = tmp_path / "good.pdf", tmp_path / "empty.pdf", tmp_path / "letter.pdf"
    good.write_bytes(by_pikepdf(form, SMITH))
    empty.write_bytes(form)
    letter.write_text("Dear all")
    answers = tmp_path / "answers.csv"
    files = (str(good), str(empty), str(letter), str(good), str(tmp_path / "gone.pdf"))
    code, out, err = run(*files, "--questionnaire", asked, "-o", str(answers))
    assert (code, out, answers.exists()) == (2, b"", False)
    assert err.splitlines() == [
        f"{empty}: nothing is written at “Your organisation”, and answers count by organisation",
        f"{letter}: this is not a PDF file",
        f"{good}: this is the same file as {good}",
        f"{tmp_path / 'gone.pdf'} can't be read: No such file or directory.",
    ]


def test_a_form_of_another_questionnaire_is_refused(form: bytes, tmp_path: Path) -> None:
    code, out, err = run("-", "--questionnaire", "first-look", into=by_pikepdf(form, SMITH))
    assert (code, out) == (2, b"")
    assert err.startswith("<standard input>: it is a form of another questionnaire, sample, and not of")

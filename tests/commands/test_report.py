import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from a2p.commands import main
from a2p.definition import catalogue
from a2p.exchange.answers_out import write_answers
from a2p.exchange.sample import sample
from tests.documents.pdf import pages_of, text_of

HEADER = "respondent,organisation,question,answer,comment\n"


@pytest.fixture(scope="module")
def answers() -> str:
    made = io.StringIO()
    write_answers(sample(catalogue.read("first-look"), respondents=12, organisations=6, seed=1), made)
    return made.getvalue()


def _run(*arguments: str, stdin: str = "") -> tuple[int, bytes, str]:
    result = CliRunner().invoke(main, ["report", "first-look", *arguments], input=stdin)
    return result.exit_code, result.stdout_bytes, result.stderr


def test_answers_become_a_report_with_the_names_given(answers: str, tmp_path: Path) -> None:
    source, report = tmp_path / "answers.csv", tmp_path / "report.pdf"
    source.write_text(answers, encoding="utf-8")
    code, _, _ = _run(str(source), "-o", str(report), "--partnership", "Testshire", "--round", "Spring")
    assert code == 0
    text = text_of(report.read_bytes())
    assert "Testshire" in text
    assert "12 people from 6 organisations" in text
    assert "Which questionnaires to run next" in text


def test_dashes_read_standard_input_and_write_standard_output(answers: str) -> None:
    code, out, _ = _run("-", "-o", "-", "--summary", stdin=answers)
    assert code == 0
    assert len(pages_of(out)) <= 2


def test_a_name_that_ends_in_html_gives_a_page(answers: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert _run("-", "-o", str(page), stdin=answers)[0] == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_large_print_takes_more_pages(answers: str) -> None:
    ordinary, large = (_run("-", "-o", "-", *more, stdin=answers)[1] for more in ((), ("--large-print",)))
    assert len(pages_of(large)) > len(pages_of(ordinary))


def test_comments_are_printed_only_when_asked_for(tmp_path: Path) -> None:
    rows = HEADER + "anna,Mind,missed-meeting,working,Nobody minutes it.\n"
    page = tmp_path / "report.html"
    _run("-", "-o", str(page), stdin=rows)
    assert "Nobody minutes it." not in page.read_text(encoding="utf-8")
    _run("-", "-o", str(page), "--comments", stdin=rows)
    assert "Nobody minutes it." in page.read_text(encoding="utf-8")
    assert "anna" not in page.read_text(encoding="utf-8")


def test_a_header_alone_is_a_round_without_answers() -> None:
    code, out, _ = _run("-", "-o", "-", stdin=HEADER)
    assert code == 0
    assert "Nobody has answered yet" in text_of(out)


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (("-", "-o", "-"), "respondent,question\n", "<standard input>:1"),
        (("-", "-o", "-"), HEADER + "a,b,missed-meeting,wrong,\n", "<standard input>:2"),
        (("no-such.csv", "-o", "-"), "", "no-such.csv can't be read"),
        (("-", "-o", "-", "--together"), HEADER, "exactly one respondent"),
        (("-", "-o", "/no/dir/report.pdf"), HEADER, "there is no folder /no/dir"),
        (("-",), HEADER, "--output"),
    ],
)
def test_a_call_that_cannot_be_used_says_why_without_a_traceback(
    arguments: tuple[str, ...], stdin: str, said: str
) -> None:
    code, out, err = _run(*arguments, stdin=stdin)
    assert (code, out) == (2, b"")
    assert said in err
    assert "Traceback" not in err

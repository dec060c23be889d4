from pathlib import Path

import pytest
from click.testing import CliRunner

from a2p.commands import main
from tests.documents.pdf import pages_of


def _run(*arguments: str) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(main, ["blank", *arguments])
    return result.exit_code, result.stdout_bytes, result.stderr


def test_it_writes_a_pdf(tmp_path: Path) -> None:
    form = tmp_path / "form.pdf"
    code, out, _ = _run("first-look", "-o", str(form))
    assert (code, out) == (0, b"")
    assert form.read_bytes().startswith(b"%PDF-")


def test_a_dash_writes_to_standard_output_and_large_print_is_longer() -> None:
    _, ordinary, _ = _run("first-look", "-o", "-")
    _, large, _ = _run("first-look", "-o", "-", "--large-print")
    assert ordinary.startswith(b"%PDF-")
    assert len(pages_of(large)) > len(pages_of(ordinary))


@pytest.mark.parametrize(
    "arguments", [("nothing-of-that-name", "-o", "-"), ("first-look",), ("first-look", "-o", "/no/dir/x.pdf")]
)
def test_a_call_that_cannot_be_used_says_why_without_a_traceback(arguments: tuple[str, ...]) -> None:
    code, out, err = _run(*arguments)
    assert (code, out) == (2, b"")
    assert err
    assert "Traceback" not in err

"""What holds of every call: examples that work, exit codes, no traceback, whole files, data alone on stdout."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from a2p.commands import COMMANDS, main

ROOT = Path(__file__).parents[2]
A2P = (sys.executable, "-m", "a2p")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
OF_A_SITE = {"demo", "serve", "worker", "migrate", "people", "audit", "backup", "person", "restore"}


def _help(command: str) -> str:
    return CliRunner().invoke(main, [command, "--help"], terminal_width=80).stdout


def _examples(command: str) -> list[str]:
    _, _, after = re.sub(r"\n\nOptions:.*?\n\n", "\n\n", _help(command) + "\n\n", flags=re.DOTALL).partition("Example")
    return [line.strip() for line in after.splitlines()[1:] if line.strip() and not line.startswith("Options")]


def _shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    called = command.replace("./run a2p", f"'{sys.executable}' -m a2p")
    return subprocess.run(  # noqa: S602 - a shell is what the examples are for
        called, shell=True, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_that_is_one_line_to_paste(command: str) -> None:
    assert any(f"./run a2p {command}" in line or f" a2p {command}" in line for line in _examples(command))


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - OF_A_SITE))
def test_the_examples_work_when_pasted(command: str, tmp_path: Path) -> None:
    (tmp_path / "questionnaires").symlink_to(ROOT / "questionnaires")
    pasted = _shell("\n".join(_examples(command)), tmp_path)
    assert pasted.returncode == 0, pasted.stderr


@pytest.mark.parametrize(
    "call",
    ["schema", "preview first-look", "check", "sample first-look --respondents 900", "blank first-look -o -", "--help"],
)
def test_a_reader_that_leaves_early_causes_no_complaint(call: str, tmp_path: Path) -> None:
    assert "rror" not in _shell(f"./run a2p {call} | true", tmp_path).stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("call", ["schema", "check", "sample first-look", "blank first-look -o -"])
def test_a_full_disk_is_told_in_a_line(call: str, tmp_path: Path) -> None:
    told = _shell(f"./run a2p {call} > /dev/full", tmp_path)
    assert told.returncode == 2
    assert told.stderr.endswith("The output can't be written: No space left on device.\n")
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("call", "said"), [("score first-look -", "Standard input is closed"), ("check -", "Standard input is closed")]
)
def test_a_closed_standard_input_is_told(call: str, said: str, tmp_path: Path) -> None:
    told = _shell(f"./run a2p {call} <&-", tmp_path)
    assert told.returncode == 2
    assert told.stderr.startswith(said)


def test_a_closed_standard_output_is_no_traceback(tmp_path: Path) -> None:
    for call in ("sample first-look", "preview first-look"):
        told = _shell(f"./run a2p {call} >&-", tmp_path)
        assert (told.returncode, told.stderr) == (0, "")


def test_ctrl_c_ends_without_a_word_and_with_130() -> None:
    waiting = [*A2P, "check", "-"]
    with subprocess.Popen(
        waiting, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        _until_it_reads(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.strip()) == (130, "", "")


def _until_it_reads(pid: int) -> None:
    """Wait until the process sleeps in its read of standard input."""
    for _ in range(600):
        syscall = Path(f"/proc/{pid}/syscall").read_text() if Path(f"/proc/{pid}/syscall").exists() else ""
        if syscall.startswith("0 0x0 "):
            return
        time.sleep(0.05)


def test_data_are_utf_8_whatever_the_machine_speaks(tmp_path: Path) -> None:
    answers = subprocess.run(
        [*A2P, "sample", "first-look", "--respondents", "13", "--organisations", "13"],
        env={**ENVIRONMENT, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=True,
    )
    assert "Citizens’ advice centre" in answers.stdout.decode("utf-8")


def _called(*arguments: str, stdin: str | bytes = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("blank", "first-look", "-o"),
        ("preview", "first-look", "-o"),
        ("report", "first-look", "answers.csv", "-o"),
        ("score", "first-look", "answers.csv", "--frozen"),
    ],
)
@pytest.mark.parametrize(
    ("output", "said"),
    [("none/out", "there is no folder none"), (".", "not a folder's"), ("", "a file's name is needed")],
)
def test_an_output_that_cannot_be_is_refused_before_the_work(
    arguments: tuple[str, ...], output: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where there is no answers.csv, and nobody looks for it
    code, out, err = _called(*arguments, output)
    assert (code, out) == (2, "")
    assert said in err


def test_a_file_that_was_there_is_replaced_whole_and_keeps_its_rights(tmp_path: Path) -> None:
    made, link = tmp_path / "page.html", tmp_path / "link.html"
    made.write_text("old")
    made.chmod(0o640)
    link.symlink_to(made)
    inode = made.stat().st_ino
    assert _called("preview", "first-look", "-o", str(link))[0] == 0
    assert link.is_symlink()
    assert made.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert made.stat().st_mode & 0o777 == 0o640
    assert made.stat().st_ino != inode
    assert {path.name for path in tmp_path.iterdir()} == {"page.html", "link.html"}


def test_a_questionnaire_may_come_from_standard_input() -> None:
    source = (ROOT / "questionnaires" / "first-look.yaml").read_bytes()
    code, out, _ = _called("sample", "-", "--respondents", "9", "--seed", "3", stdin=source)
    assert code == 0
    assert len({row["respondent"] for row in csv.DictReader(out.splitlines())}) == 9


def test_only_one_file_can_be_standard_input() -> None:
    assert _called("score", "-", "-")[0::2] == (
        2,
        "Only one of QUESTIONNAIRE, ANSWERS.csv and --evidence can come from standard input.\n",
    )
    assert "--local needs a questionnaire that lies in a folder" in _called("preview", "-", "--local")[2]


def test_a_folder_is_no_questionnaire(tmp_path: Path) -> None:
    code, _, err = _called("blank", str(tmp_path), "-o", "-")
    assert code == 2
    assert f"{tmp_path} is a folder." in err


@pytest.mark.parametrize("empty", ["", "\n\n", "\ufeff", "respondent,organisation,question,answer\n"])
def test_an_empty_file_says_no_answers_and_has_no_score(empty: str) -> None:
    code, out, err = _called("score", "first-look", "-", stdin=empty.encode())
    assert code == 0
    assert json.loads(out)["score"] is None
    assert err == "<standard input>: no answers, so there are no scores.\n"


def test_the_frozen_result_can_be_printed_instead_of_the_scores() -> None:
    code, out, _ = _called("score", "first-look", "-", "--frozen", "-", stdin="")
    assert code == 0
    assert "format" in json.loads(out)


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_port_that_there_is_not_is_refused(command: str) -> None:
    assert _called(command, "--port", "99999")[0] == 2

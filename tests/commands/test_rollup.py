"""`a2p rollup` as a person calls it: files of frozen results in, a region's figures out."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from a2p.commands import main
from a2p.definition.model import Kind
from a2p.region.snapshot import Snapshot, Withheld
from a2p.region.snapshot_file import read_snapshot
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.frozen_file import frozen_json
from tests.builders import definition, scale_question, section
from tests.documents.pdf import text_of
from tests.scoring.made import one_each, round_of

ASKED = definition(section("purpose", scale_question("purpose-1")))
LEVELS = (1, 2, 3, 4)


def _result(number: int, **more: Any) -> FrozenResult:
    """A partnership's result: the seven who answered were all at one level."""
    answers = one_each("purpose-1", [LEVELS[number % 4]] * 7)
    asked = more.pop("asked", ASKED)
    sha256 = more.pop("sha256", "0" * 64)
    kind: Kind = "district" if number % 2 else "unitary"
    named = {"partnership": f"Place {number}", "kind": kind, "sha256": sha256}
    return round_of(asked, answers).model_copy(update=named | more)


def _files(folder: Path, results: Sequence[FrozenResult]) -> list[str]:
    paths = [folder / f"{number}.json" for number in range(1, len(results) + 1)]
    for path, result in zip(paths, results, strict=True):
        path.write_bytes(frozen_json(result))
    return [str(path) for path in paths]


@pytest.fixture
def places(tmp_path: Path) -> list[str]:
    """Files of twelve partnerships, six of each of two kinds."""
    return _files(tmp_path, [_result(number) for number in range(12)])


def _run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["rollup", *arguments], input=stdin)


def _snapshot(*arguments: str) -> Snapshot:
    done = _run(*arguments, "-o", "-", "--date", "2026-03-31")
    assert done.exit_code == 0, done.output
    return read_snapshot(done.stdout_bytes)


def test_results_become_a_regions_figures(places: list[str], tmp_path: Path) -> None:
    out = tmp_path / "region.json"
    done = _run(*places, "-o", str(out), "--region", "Eastland", "--name", "Spring")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "sample, answered apart: 12 counted; of 3 figures 0 withheld" in done.stderr
    made = read_snapshot(out.read_bytes())
    assert (made.region, made.name, made.partnerships) == ("Eastland", "Spring", 12)
    groups = {group.title: group.sections[0].figures for group in made.pictures[0].groups}
    assert {title: figures and figures.n for title, figures in groups.items()} == {
        "All": 12,
        "District": 6,
        "Unitary": 6,
    }
    assert groups["All"] is not None
    assert groups["All"].median == 50
    assert list(groups["All"].bands.values()) == [3, 3, 3, 3]


@pytest.mark.parametrize("ending", ["xlsx", "pdf", "html"])
def test_the_names_ending_chooses_the_format(places: list[str], tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"region.{ending}"
    assert _run(*places, "-o", str(out), "--region", "Eastland").exit_code == 0
    said = {
        "xlsx": lambda data: str([cell.value for row in load_workbook(io.BytesIO(data)).worksheets[0] for cell in row]),
        "pdf": text_of,
        "html": bytes.decode,
    }[ending](out.read_bytes())
    assert "Eastland" in said


def test_the_order_of_the_files_changes_nothing(places: list[str]) -> None:
    assert _snapshot(*places) == _snapshot(*places[::-1])


def test_four_partnerships_show_nothing(places: list[str]) -> None:
    made = _snapshot(*places[:4])
    assert {cell.withheld for group in made.pictures[0].groups for cell in group.sections} == {Withheld.FEW}


def test_what_a_rounds_own_minimum_withholds_counts_nowhere(tmp_path: Path) -> None:
    few = round_of(ASKED, one_each("purpose-1", [4] * 3)).model_copy(update={"partnership": "Smallness"})
    files = _files(tmp_path, [*(_result(number) for number in range(6)), few])
    all_of_them = _snapshot(*files).pictures[0].groups[0]
    assert (all_of_them.n, all_of_them.sections[0].n) == (7, 6)


def test_the_newest_result_of_a_partnership_counts_and_the_period_is_that_of_closing(tmp_path: Path) -> None:
    results = [_result(number, closed=date(2026, 3, 1 + number)) for number in range(6)]
    files = _files(tmp_path, [_result(3, closed=date(2025, 3, 1)), *results])
    made = _snapshot(*files)
    assert (made.pictures[0].counted, made.scope.since, made.scope.until) == (6, date(2026, 3, 1), date(2026, 3, 6))
    assert "1.json: not counted, for " in _run(*files, "-o", "-").stderr


def test_a_partial_result_is_left_out_and_said(places: list[str], tmp_path: Path) -> None:
    (tmp_path / "part.json").write_bytes(frozen_json(_result(99, partial=True)))
    made = _snapshot(*places, str(tmp_path / "part.json"))
    assert [(each.reason, each.n) for each in made.left_out] == [("partial", 1)]
    assert (made.partnerships, made.pictures[0].counted) == (13, 12)


def test_names_that_differ_only_in_capitals_are_pointed_out(tmp_path: Path) -> None:
    files = _files(tmp_path, [_result(1), _result(5, partnership="PLACE 1")])
    assert '"Place 1" and "PLACE 1" count as 2' in _run(*files, "-o", "-").stderr


def test_one_of_the_files_may_come_from_standard_input(places: list[str]) -> None:
    done = _run(*places[1:], "-", "-o", "-", stdin=Path(places[0]).read_bytes())
    assert json.loads(done.stdout)["pictures"][0]["counted"] == 12


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (_result(3), "more.json: this is the same result as "),
        (_result(3, round="Again"), 'more.json: "Place 3" has another result of sample in '),
        (_result(3, kind="county"), 'more.json: "Place 3" is a county partnership here and a district one in '),
        (_result(20, sha256="1" * 64), "more.json: its version 1 of sample is another questionnaire than that of "),
        (_result(20, partnership=" "), "more.json: it doesn't say whose result it is"),
    ],
    ids=["twice", "two of one partnership", "two kinds", "two questionnaires", "nobody's"],
)
def test_a_result_that_does_not_fit_the_others_is_told_by_file(
    places: list[str], tmp_path: Path, more: FrozenResult, said: str
) -> None:
    (tmp_path / "more.json").write_bytes(frozen_json(more))
    done = _run(*places, str(tmp_path / "more.json"), "-o", str(tmp_path / "out.json"))
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no-such.json", "-o", "-"), "no-such.json can't be read"),
        (("foreign.json", "-o", "-"), "foreign.json: not a frozen result: it has no format number"),
        (("text.json", "-o", "-"), "text.json: not a frozen result"),
        (
            ("1.json", "--questionnaire", "aspire", "-o", "-"),
            "1.json: it is of the questionnaire sample, not of",
        ),
        (("1.json", "-o", "region.txt"), "region.txt: the name must end in .json"),
        (("1.json", "-o", "no/folder/region.json"), "there is no folder no/folder"),
        (("-", "-", "-o", "-"), "Only one of the files can come from standard input"),
        (("1.json",), "--output"),
        (("-o", "-"), "RESULTS"),
    ],
)
def test_a_call_that_cannot_be_used_says_why_without_a_traceback(
    places: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "foreign.json").write_text("{}")
    (tmp_path / "text.json").write_text("Dear Sir")
    monkeypatch.chdir(tmp_path)
    done = _run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_every_file_that_cannot_be_used_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "b.json").write_text("[]")
    assert [line.split(":")[0] for line in _run("a.json", "b.json", "-o", "-").stderr.splitlines()] == [
        "a.json",
        "b.json",
    ]

"""A snapshot as files: its own figures, what is withheld said as withheld, no formulas, every column explained."""

from __future__ import annotations

import csv
import json
from functools import cache
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from a2p.exchange.snapshot_out import (
    dictionary_csv,
    figure_columns,
    figures_csv,
    questions_csv,
    snapshot_json,
    snapshot_xlsx,
)
from a2p.region.snapshot import Snapshot
from a2p.scoring.rounding import six_places
from tests.documents.regions import region


@cache
def snapshot() -> Snapshot:
    return region(20, ("aspire",)).snapshot


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


def sheet(data: bytes, name: str) -> list[dict[str, object]]:
    rows = list(load_workbook(BytesIO(data))[name].values)
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def test_every_figure_of_the_snapshot_is_there_in_all_three_files_alike() -> None:
    rows = table(figures_csv(snapshot()))
    cells = [cell for group in snapshot().pictures[0].groups for cell in group.sections]
    assert len(rows) == len(cells)
    document = json.loads(snapshot_json(snapshot()))
    for row, said, held, cell in zip(
        rows, document["figures"], sheet(snapshot_xlsx(snapshot()), "Figures"), cells, strict=True
    ):
        assert row["section"] == said["section"] == held["section"] == cell.section
        if cell.figures:
            assert float(row["median"]) == said["median"] == held["median"] == six_places(cell.figures.median)
            counted = list(cell.figures.bands.values())
            assert [said[f"band_{n}"] for n in range(1, 5)] == [held[f"band_{n}"] for n in range(1, 5)] == counted


def test_what_is_withheld_says_so_with_its_reason_and_is_never_zero_or_empty_without_a_word() -> None:
    hidden = [row for row in table(figures_csv(snapshot())) if row["withheld"]]
    assert hidden
    for row in hidden:
        assert row["withheld"] in {"few", "subtraction"}
        assert all(not row[name] for name in figure_columns(snapshot()) if name.startswith(("band", "median", "below")))
        assert row["partnerships"] in {"", "0", "1", "2", "3", "4"}
    said = [row for row in json.loads(snapshot_json(snapshot()))["figures"] if row["withheld"]]
    assert all(row["median"] is None and row["band_1"] is None for row in said)


def test_a_row_either_has_a_median_or_says_why_not() -> None:
    for row in (*table(figures_csv(snapshot())), *table(questions_csv(snapshot()))):
        assert bool(row["median"]) != bool(row["withheld"])


def test_quartiles_are_there_from_eight_partnerships_on() -> None:
    for row in table(figures_csv(snapshot())):
        if row["median"]:
            assert bool(row["lower_quartile"]) == (int(row["partnerships"]) >= 8)


def test_every_column_of_every_sheet_is_explained() -> None:
    explained = {(row["sheet"], row["column"]) for row in table(dictionary_csv(snapshot()))}
    book = load_workbook(BytesIO(snapshot_xlsx(snapshot())))
    assert book.sheetnames == ["Snapshot", "Figures", "Questions", "Left out", "Bands", "Data dictionary"]
    for name in book.sheetnames[:-1]:
        for column in next(iter(book[name].values)):
            assert (name, column) in explained
    keys = json.loads(snapshot_json(snapshot())).keys()
    assert {"region", "snapshot", "sha256", "figures", "questions", "left_out", "bands", "data_dictionary"} <= keys


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-2", "@x", "\t=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    odd = snapshot().model_copy(update={"region": text, "name": text})
    book = load_workbook(BytesIO(snapshot_xlsx(odd)))
    cells = [cell for row in book["Snapshot"].iter_rows(min_row=2, max_row=2) for cell in row]
    assert [cell.value for cell in cells[:2]] == [f"'{text}"] * 2
    assert all(cell.data_type != "f" for cell in cells)


def test_the_same_snapshot_gives_the_same_files() -> None:
    assert snapshot_xlsx(snapshot()) == snapshot_xlsx(snapshot())
    assert snapshot_json(snapshot()) == snapshot_json(snapshot())

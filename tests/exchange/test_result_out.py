"""Results as files: the figures of `a2p score`, nothing of a withheld question, no formulas."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from a2p.exchange.result_out import dictionary_csv, question_rows, questions_csv, result_json, result_xlsx
from a2p.scoring.answers import Answer
from a2p.scoring.disclosure import Audience, Disclosed, disclose
from a2p.scoring.machine import machine_output
from tests.builders import definition, question, scale_question, section
from tests.scoring.made import DONT_KNOW, one_each, round_of
from tests.scoring.random_rounds import random_rounds

AIM = definition(section("purpose", scale_question("aim"), question("plan", "text")))
HEAD = {"section", "question", "ask", "withheld", "answered"}


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


def sheet(data: bytes, name: str) -> list[dict[str, object]]:
    rows = list(load_workbook(BytesIO(data))[name].values)
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def shown(levels: list[int | Answer]) -> Disclosed:
    return disclose(round_of(AIM, one_each("aim", levels)))


def test_the_figures_are_those_of_the_score_command() -> None:
    made = shown([1, 2, 2, 3, 3, 3])
    (row,) = table(questions_csv(made))
    (said,) = json.loads(json.dumps(machine_output(made.result)))["sections"][0]["questions"]
    assert row["score"] == str(said["score"])
    assert [row[f"level_{number}"] for number in range(1, 5)] == ["1", "2", "3", "0"]
    assert json.loads(result_json(made))["sections"][0]["questions"] == [said]
    assert sheet(result_xlsx(made), "Questions")[0]["score"] == said["score"]


def test_a_question_below_its_minimum_says_how_many_answered_and_nothing_else() -> None:
    made = shown([1, 2, 3, DONT_KNOW])
    (row,) = table(questions_csv(made))
    assert (row["withheld"], row["answered"]) == ("withheld", "4")
    assert {name for name, cell in row.items() if cell} == HEAD
    document = json.loads(result_json(made))
    assert document["sections"][0]["questions"] == []
    assert {"question": "aim", "answered": 4} in document["withheld"]


@pytest.mark.parametrize("audience", list(Audience))
def test_no_file_of_any_round_has_a_figure_of_a_withheld_question(audience: Audience) -> None:
    seen = 0
    for round_ in random_rounds(11, 60):
        made = disclose(round_.scored(), audience)
        withheld = {each.id for part in made.result.sections for each in part.questions if each.withheld}
        seen += len(withheld)
        lines: list[Mapping[str, object]] = [*table(questions_csv(made)), *sheet(result_xlsx(made), "Questions")]
        for row in (line for line in lines if line["question"] in withheld):
            assert {name for name, cell in row.items() if cell not in ("", None)} <= HEAD
        told = {each["id"] for part in json.loads(result_json(made))["sections"] for each in part["questions"]}
        assert not told & withheld
    assert seen


def test_no_cell_becomes_a_formula() -> None:
    asked = definition(section("purpose", scale_question("aim", ask="=1+1 is it?")))
    made = disclose(round_of(asked, one_each("aim", [2] * 5)))
    assert table(questions_csv(made))[0]["ask"] == "'=1+1 is it?"
    assert sheet(result_xlsx(made), "Questions")[0]["ask"] == "'=1+1 is it?"


def test_every_column_is_in_the_data_dictionary() -> None:
    made = shown([2] * 5)
    explained = {row["column"] for row in table(dictionary_csv(made)) if row["sheet"] == "Questions"}
    assert explained == set(table(questions_csv(made))[0])
    assert {name for row in question_rows(made) for name in row} <= explained

"""Machine output and rounding for showing."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from a2p.scoring.machine import machine_output
from a2p.scoring.rounding import six_places, tenth, whole
from tests.builders import definition, question, scale_question, section
from tests.scoring.made import one_each, round_of

_KEYS = "questionnaire version sha256 together respondents organisations dominant_sector score band sections"
_SECTION_KEYS = "id score band capped completeness agreement questions"
_QUESTION_KEYS = (
    "id score voices levels answers dont_know not_applicable blank dont_know_share range knowledge_gap "
    "applicability_disputed agreement reached next evidence_gap"
)


@pytest.mark.parametrize(
    ("value", "shown", "table"),
    [
        (Fraction(200, 3), "67", "66.7"),
        (Fraction(5, 2), "2", "2.5"),
        (Fraction(7, 2), "4", "3.5"),
        (Fraction(1, 20), "0", "0.0"),
        (Fraction(3, 20), "0", "0.2"),
        (Fraction(-1, 3), "0", "-0.3"),
        (Fraction(-1, 100), "0", "0.0"),
        (Fraction(-67, 2), "-34", "-33.5"),
        (Fraction(100), "100", "100.0"),
    ],
)
def test_pages_show_whole_numbers_and_tables_one_decimal_half_to_even(value: Fraction, shown: str, table: str) -> None:
    assert (whole(value), tenth(value)) == (shown, table)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(50), "50"),
        (Fraction(0), "0"),
        (Fraction(200, 3), "66.666667"),
        (Fraction(1, 2), "0.5"),
        (Fraction(5, 10**7), "0"),
        (Fraction(15, 10**7), "2e-06"),
        (Fraction(-1, 3), "-0.333333"),
    ],
)
def test_machine_numbers_have_at_most_six_decimals_and_whole_ones_none(value: Fraction, written: str) -> None:
    assert json.dumps(six_places(value)) == written


def test_the_machine_output_has_the_keys_of_the_specification_in_its_order() -> None:
    asked = definition(section("purpose", scale_question("aim"), question("why")))
    output = json.loads(json.dumps(machine_output(round_of(asked, one_each("aim", [1, 2, 2, 2, 2])))))
    assert " ".join(output) == _KEYS
    assert " ".join(output["sections"][0]) == _SECTION_KEYS
    assert output["sections"][0]["agreement"] == {"ad": 0.32, "label": "close"}
    (aim,) = output["sections"][0]["questions"]
    assert " ".join(aim) == _QUESTION_KEYS
    assert aim["agreement"] == {"ad": 0.32, "label": "close", "patterns": ["within-one-level"], "r_wg": 0.84}
    assert (aim["score"], aim["range"], aim["dont_know_share"]) == (26.666667, [26.666667, 26.666667], 0)


def test_a_round_without_answers_has_null_scores() -> None:
    output = machine_output(round_of(definition(), []))
    assert (output["score"], output["band"], output["respondents"]) == (None, None, 0)

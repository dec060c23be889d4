"""The JSON Schema: current, valid, and usable by other tools."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from a2p.definition.catalogue import definition_files
from a2p.definition.nodes import read_tree
from a2p.definition.schema import definition_schema, schema_text
from tests.definition.yaml_texts import SMALL, problems_of, small_with

COMMITTED = Path(__file__).parents[2] / "questionnaires" / "questionnaire.schema.json"
VALIDATOR = Draft202012Validator(definition_schema())


def as_json(value: object) -> object:
    """What a JSON tool sees of a file."""
    if isinstance(value, dict):
        return {key: as_json(inside) for key, inside in value.items()}
    if isinstance(value, tuple):
        return [as_json(inside) for inside in value]
    return float(value) if isinstance(value, Decimal) else value


def is_valid(text: str) -> bool:
    return VALIDATOR.is_valid(as_json(read_tree(text.encode(), "f").value))


def test_the_committed_copy_is_what_the_types_give() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), (
        "run: a2p schema > questionnaires/questionnaire.schema.json"
    )


def test_it_is_a_valid_schema_of_its_dialect() -> None:
    Draft202012Validator.check_schema(definition_schema())
    assert definition_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", definition_files(), ids=lambda path: path.stem)
def test_every_definition_is_valid_by_it(path: Path) -> None:
    assert is_valid(path.read_text(encoding="utf-8"))


def test_a_definition_with_everything_is_valid_by_it() -> None:
    text = (
        small_with("version: 1", "version: 12")
        + """\
      - {id: why, ask: Why?, type: text, not_applicable: true, dont_know: false}
      - {id: which, ask: Which?, type: choices, options: [{id: a, label: A}, {id: b, label: B}]}
      - {id: many, ask: How many?, type: number, min: 0.5, max: 2.75, unit: people}
      - {id: when, ask: When?, type: date}
bands: [{id: a, label: A, from: 0}, {id: b, label: B, from: 62.5}]
since: {2: {}, 12: {renamed: {goal: aim}}}
"""
    )
    assert is_valid(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Small", "titel: Small"),
        ("title: Small", "title: 5"),
        ("title: Small", 'title: " "'),
        ("language: en", "language: fr"),
        ("version: 1", "version: 0"),
        ("version: 1", "version: 1.5"),
        ("for: [county]", "for: []"),
        ("  maturity:\n", "  Maturity:\n"),
        ("    - {id: working, label: Working}\n", ""),
        ("id: working, label: Working", "id: working, label: Working, points: 101"),
        ("scale: maturity", "scale: maturity\n        weight: 0"),
        ("scale: maturity", "scale: maturity\n        type: text"),
        ("type: choice", "type: choise"),
        ("        scale: maturity\n", ""),
        ("{aim: [working]}", "{aim: []}"),
        ("stands_on: [launch 3.5]", "answered_by: [councilors]"),
        ("sections:", "since: {one: {}}\nsections:"),
        ("sections:", "since: {1: {}}\nsections:"),
        ("sections:", "bands: [{id: a, label: A, from: 0}, {id: b, label: B, from: 100}]\nsections:"),
    ],
)
def test_what_one_place_shows_to_be_wrong_is_invalid_by_it_and_by_the_loader(old: str, new: str) -> None:
    assert not is_valid(small_with(old, new))
    assert problems_of(small_with(old, new))


def test_the_schema_and_the_small_definition_agree() -> None:
    assert is_valid(SMALL)


def test_a_definition_holds_no_nulls_so_the_schema_offers_none() -> None:
    assert "null" not in schema_text()

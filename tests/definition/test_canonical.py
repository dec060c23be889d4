"""Canonical JSON: the same meaning has the same hash, another meaning another, and nothing is lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2p.definition.canonical import canonical_json, from_canonical, sha256
from a2p.definition.loader import parse
from a2p.definition.model import Questionnaire
from tests.builders import definition, options, question, scale_question, section
from tests.definition.yaml_texts import SMALL, small_with


def hash_of(text: str) -> str:
    return sha256(parse(text.encode(), "f"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", "version: 1.0"),
        ("version: 1", "status: unpiloted\nversion: 1"),
        ("title: Small\nlanguage: en", "language: en\ntitle:   'Small'  # a note"),
        ("    stands_on: [launch 3.5]", "    answered_by: [partners]\n    weight: 1.00\n    stands_on: ['launch 3.5']"),
        ("scale: maturity", "scale: maturity\n        type: scale\n        key: false\n        weight: 1"),
        ("title: Small", "title: |\n  Small\n"),
    ],
)
def test_another_way_to_write_the_same_has_the_same_hash(old: str, new: str) -> None:
    assert hash_of(small_with(old, new)) == hash_of(SMALL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Small", "title: small"),
        ("scale: maturity", "scale: maturity\n        weight: 1.000001"),
        ("for: [county]", "for: [county, local]"),
        ("language: en", "language: cy"),
        (
            "[{id: board, label: The board}, {id: nobody, label: Nobody}]",
            "[{id: nobody, label: Nobody}, {id: board, label: The board}]",
        ),
    ],
)
def test_another_meaning_has_another_hash(old: str, new: str) -> None:
    assert hash_of(small_with(old, new)) != hash_of(SMALL)


def test_it_has_sorted_keys_no_white_space_and_the_defaults() -> None:
    written = canonical_json(definition(title="Gŵyl & <b>")).decode()
    assert written.startswith('{"for":["county","district","unitary","local"],"language":"en","questionnaire":"sample"')
    assert '"title":"Gŵyl & <b>"' in written
    assert '"weight":1}' in written
    assert json.dumps(json.loads(written), sort_keys=True, separators=(",", ":"), ensure_ascii=False) == written


@pytest.mark.parametrize(
    ("given", "written"),
    [("1.0", "1"), ("2.50", "2.5"), ("1000", "1000"), ("0.1", "0.1"), ("1E+3", "1000"), ("1E-7", "0.0000001")],
)
def test_numbers_are_the_shortest_decimals(given: str, written: str) -> None:
    weighted = definition(section("purpose", scale_question("aim", weight=given)))
    assert f'"weight":{written}}}' in canonical_json(weighted).decode()


def test_what_is_not_canonical_json_is_a_value_error() -> None:
    for damaged in (b"", b"{}", b"[1]", b"\xff", b'{"version": null}'):
        with pytest.raises(ValueError, match=r"."):
            from_canonical(damaged)


texts = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text.strip())
weights = st.decimals(min_value="0.001", max_value=1000, places=3)


@st.composite
def definitions(draw: st.DrawFn) -> Questionnaire:
    """Definitions of one section with every type of question."""
    levels = draw(st.integers(2, 11))
    scored = scale_question("aim", levels=levels, weight=draw(weights), key=draw(st.booleans()), help=draw(texts))
    number = question("members", "number", min=draw(st.decimals(-99, 0, places=2)), unit=draw(texts))
    others = [question("why"), question("who", "choice"), question("which", "choices", options=options("a", "b"))]
    shown = question("when", "date", show_if={"who": draw(st.sampled_from([["yes"], ["yes", "not-yet"]]))})
    whole = section("purpose", scored, number, *others, shown, weight=draw(weights), discuss=draw(st.lists(texts)))
    since = {2: {"renamed": {"goal": "aim"}, "retired": ["logo"]}}
    return definition(whole, title=draw(texts), version=2, since=since, minutes=draw(st.none() | st.integers(1, 240)))


@given(definitions())
def test_back_from_canonical_json_it_is_the_same_definition(made: Questionnaire) -> None:
    back = from_canonical(canonical_json(made))
    assert back == made
    assert canonical_json(back) == canonical_json(made)
    assert sha256(back) == sha256(made)


@given(definitions(), definitions())
def test_two_definitions_are_equal_if_and_only_if_their_hashes_are(one: Questionnaire, other: Questionnaire) -> None:
    assert (one == other) == (sha256(one) == sha256(other))

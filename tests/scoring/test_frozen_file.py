"""The frozen result as a file: canonical, exact, readable again, and old formats brought up to date."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a2p.scoring.answers import CoordinatorInput, EvidenceNote
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.frozen_file import (
    FrozenFileError,
    content_hash,
    frozen_json,
    read_frozen,
    upgraded,
    without_internal,
)
from tests.builders import definition, question, scale_question, section
from tests.scoring.made import one_each, question_in, respondent, round_of
from tests.scoring.random_rounds import random_rounds


def result(weight: str = "2.5") -> FrozenResult:
    asked = definition(
        section("purpose", scale_question("aim", weight=weight, levels=10), question("who", "choice")),
        bands=[{"id": "low", "label": "Dŵr", "from": 0}, {"id": "high", "label": "Tŷ", "from": 50}],
    )
    return round_of(asked, [respondent(f"r{k}", f"o{k}", aim=k + 1, who="yes") for k in range(4)])


@given(st.integers(min_value=0, max_value=10**9))
def test_a_result_read_back_is_the_same_and_writes_the_same_bytes(seed: int) -> None:
    before = next(random_rounds(seed, 1)).scored()
    after = read_frozen(frozen_json(before))
    assert after == before
    assert frozen_json(after) == frozen_json(before)


def test_levels_and_options_keep_their_order() -> None:
    after = read_frozen(frozen_json(result()))
    asked = after.definition.sections[0].scale_questions[0]
    order = [f"level-{k}" for k in range(1, 11)]
    assert list(question_in(after, "aim").levels) == order
    assert list(asked.levels) == order
    assert list(after.sections[0].values[0].options) == ["yes", "not-yet"]


def test_the_bytes_are_canonical_and_exact() -> None:
    data = frozen_json(result())
    document = json.loads(data)
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert data == canonical.encode()
    assert "Dŵr" in data.decode()
    assert document["score"] == "50/3"
    assert document["definition"]["sections"][0]["questions"][0]["weight"] == "2.5"


def test_a_weight_written_otherwise_gives_the_same_bytes() -> None:
    assert frozen_json(result("2.50")) == frozen_json(result("2.5"))


def test_erasing_a_rounds_people_leaves_the_content_hash_as_it_is() -> None:
    whole = result()
    assert whole.internal is not None
    assert without_internal(whole).internal is None
    assert content_hash(without_internal(whole)) == content_hash(whole)
    assert len(content_hash(whole)) == 64


def test_another_answer_gives_another_content_hash() -> None:
    asked = definition(section("purpose", scale_question("aim")))
    assert content_hash(round_of(asked, one_each("aim", [1]))) != content_hash(round_of(asked, one_each("aim", [2])))


def test_the_internal_part_holds_level_numbers_and_no_text() -> None:
    internal = result().internal
    assert internal is not None
    assert [(voice.organisation, voice.levels) for voice in internal] == [(f"o{k}", {"aim": k + 1}) for k in range(4)]


def test_a_file_of_format_1_stays_readable() -> None:
    kept = read_frozen((Path(__file__).parent / "frozen-format-1.json").read_bytes())
    assert kept.format == 1
    assert kept.score == Fraction(50, 3)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a frozen result"),
        (b"\xff", "not a frozen result"),
        (b"[1]", "it has no format number"),
        (b"{}", "it has no format number"),
        (b'{"format": 2}', "has format 2; this version of a2p reads 1 to 1"),
        (b'{"format": "x"}', "has format x"),
        (b'{"format": 1}', "not a whole frozen result: definition: Field required"),
        (b'{"format": 1, "sections": [3], "definition": 4}', "not a whole frozen result: definition"),
    ],
)
def test_what_is_not_a_frozen_result_is_refused_with_a_reason(data: bytes, message: str) -> None:
    with pytest.raises(FrozenFileError, match=message):
        read_frozen(data)


def test_a_changed_figure_that_is_no_fraction_is_refused() -> None:
    damaged = frozen_json(result()).replace(b'"50/3"', b'"50/0"', 1)
    with pytest.raises(FrozenFileError, match="not a whole frozen result"):
        read_frozen(damaged)


def test_old_formats_are_upgraded_step_by_step() -> None:
    steps = {1: lambda document: document | {"a": 1}, 2: lambda document: document | {"b": document["a"] + 1}}
    assert upgraded({"format": 1}, steps, newest=3) == {"format": 3, "a": 1, "b": 2}
    assert upgraded({"format": 3}, steps, newest=3) == {"format": 3}


def test_evidence_without_links_is_written_as_it_was_before_there_were_links() -> None:
    asked = definition(section("purpose", scale_question("aim")))
    for links in ((), ("https://example.org",)):
        given = CoordinatorInput({"aim": EvidenceNote("level-2", "A note.", links)})
        before = round_of(asked, one_each("aim", [1]), coordinator=given)
        assert (b'"links"' in frozen_json(before)) == bool(links)
        assert read_frozen(frozen_json(before)) == before

"""The rules that need more than one place of a definition to be seen."""

from __future__ import annotations

import pytest

from a2p.definition.history import vanished
from a2p.definition.loader import parse
from tests.builders import definition, question, scale_question, section
from tests.definition.yaml_texts import SMALL, problems_of, small_with

LEVELS = "levels: {not-yet: Nobody says so., working: Everybody says so.}"
SCALE = "    - {id: working, label: Working}\n"
FIVE = "  five: [{id: a, label: A}, {id: b, label: B}, {id: c, label: C}]\n"
ON_FIVE = "      - {id: other, ask: And?, scale: five, levels: {a: A., b: B., c: C.}}\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "id: reviewer",
            "id: purpose",
            "21:13: section purpose, question purpose, id: the id purpose is taken by a section",
        ),
        (
            "id: working, label",
            "id: not-yet, label",
            "11:12: scale maturity, level not-yet, id: the id not-yet is taken by",
        ),
        (
            "aim: [working]",
            "aim: [wrking]",
            "25:25: section purpose, question reviewer, show_if, aim 1: aim has no answer",
        ),
        (
            "aim: [working]",
            "purpose: [working]",
            "25:19: section purpose, question reviewer, show_if, purpose: no question",
        ),
        ("[launch 3.5]", "[launch 3.5, the launch]", "15:29: section purpose, stands_on 2: no source is called the"),
        (
            "[launch 3.5]",
            "[]\n    answered_by: [partners, partners]",
            "16:29: section purpose, answered_by 2: partners is",
        ),
        (
            "label: Not yet}",
            "label: Not yet, points: 0}",
            "10:5: scale maturity: either every level of a scale has points",
        ),
    ],
)
def test_a_broken_rule_is_located(old: str, new: str, expected: str) -> None:
    problems = problems_of(small_with(old, new))
    assert any(problem.startswith(expected) for problem in problems), problems


def test_points_may_stand_still_but_not_fall() -> None:
    definition(levels=3, points={3: [0, 0, 100]})
    text = small_with(
        SCALE, "    - {id: half, label: Half, points: 0}\n    - {id: working, label: Working, points: 100}\n"
    )
    text = text.replace("label: Not yet}", "label: Not yet, points: 0}").replace(
        "not-yet: Nobody", "half: H., not-yet: Nobody"
    )
    assert problems_of(text) == []


def test_an_unused_scale_is_told() -> None:
    assert problems_of(small_with("sections:\n", f"{FIVE}sections:\n")) == [
        "12:3: scale five: no question uses this scale"
    ]


def test_scales_of_different_length_need_bands() -> None:
    text = small_with("sections:\n", f"{FIVE}sections:\n") + ON_FIVE
    assert problems_of(text) == ["1:1: the file: bands is missing: the scales that questions use have 2 and 3 levels"]
    bands = "bands: [{id: a, label: A, from: 0}, {id: b, label: B, from: 62.5}]\n"
    assert problems_of(text.replace("sections:\n", f"{bands}sections:\n")) == []


def test_scales_of_the_same_length_need_no_bands() -> None:
    two = "  two: [{id: a, label: A}, {id: b, label: B}]\n"
    text = small_with("sections:\n", f"{two}sections:\n") + ON_FIVE.replace("five", "two").replace(", c: C.", "")
    assert problems_of(text) == []


def test_show_if_may_not_hang_on_what_other_people_are_asked() -> None:
    facts = """\
  - id: facts
    title: Facts
    answered_by: [coordinator]
    questions:
      - {id: plan, ask: Is there a plan?, type: date, show_if: {aim: [working]}}
"""
    assert problems_of(SMALL + facts) == [
        "30:65: section facts, question plan, show_if, aim: "
        "nobody who is asked this is asked aim, so it would never be shown"
    ]
    both = SMALL.replace("    stands_on: [launch 3.5]\n", "    answered_by: [partners, councillors]\n")
    assert problems_of(both + facts.replace("coordinator", "councillors")) == []


def test_key_has_no_meaning_among_facts() -> None:
    text = small_with("[launch 3.5]", "[]\n    answered_by: [coordinator]").replace(
        LEVELS, f"{LEVELS}\n        key: true"
    )
    assert problems_of(text) == [
        "22:9: section purpose, question aim, key: "
        "key has no meaning here: facts that the coordinator alone gives are not scored"
    ]


def test_a_mistake_in_a_scale_does_not_bring_errors_at_its_questions() -> None:
    assert problems_of(small_with("  maturity:\n", "  Maturity:\n").replace("scale: maturity", "scale: Maturity")) == [
        "9:3: scale Maturity: Maturity is not an id: small letters, digits and single hyphens, starting with a letter "
        "(did you mean maturity?)",
        "19:16: section purpose, question aim, scale: Maturity is not an id: small letters, digits and single hyphens, "
        "starting with a letter (did you mean maturity?)",
    ]


def with_versions(version: int, since: str) -> str:
    return small_with("version: 1", f"version: {version}") + f"since:\n{since}"


def test_every_version_after_the_first_says_what_it_changed() -> None:
    assert problems_of(with_versions(3, "  2: {}\n  3: {retired: [logo]}\n")) == []
    assert problems_of(with_versions(3, "  2: {}\n")) == [
        "27:3: since: version 3 is missing: say what it changed ({} if only wording)"
    ]
    assert problems_of(small_with("version: 1", "version: 2")) == [
        "1:1: since: version 2 is missing: say what it changed ({} if only wording)"
    ]


def test_a_name_may_change_twice_and_then_end() -> None:
    since = (
        "  2: {renamed: {why: goal}, changed_meaning: [goal]}\n  3: {renamed: {goal: aims}}\n  4: {retired: [aims]}\n"
    )
    assert problems_of(with_versions(4, since)) == []


def test_what_was_renamed_must_be_somewhere() -> None:
    assert problems_of(with_versions(2, "  2: {renamed: {why: aims}}\n")) == [
        "27:22: version 2, renamed, why: nothing is called aims (did you mean aim?)"
    ]


def test_a_slip_in_the_version_brings_no_millions_of_errors() -> None:
    assert len(problems_of(small_with("version: 1", "version: 20261122"))) < 1100


def test_an_id_vanishes_only_by_being_renamed_or_retired() -> None:
    published = definition(
        section("purpose", scale_question("why"), scale_question("logo"), question("members", "number"))
    )
    kept = section("purpose", scale_question("reason"))
    changed = definition(kept, version=2, since={2: {"renamed": {"why": "reason"}, "retired": ["logo"]}})
    assert vanished(changed, published) == ("members",)
    assert vanished(published, published) == ()


def test_keys_of_since_are_versions() -> None:
    assert parse(with_versions(2, "  2: {retired: [logo]}\n").encode(), "f").since[2].retired == ("logo",)
    assert problems_of(small_with("version: 1", "version: 1") + "since:\n  one: {}\n") == [
        '27:3: version one: a whole number is meant here, not the text "one"'
    ]

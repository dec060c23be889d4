"""What each questionnaire holds: counts, who answers, what every question and section brings with it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
import yaml

from a2p.definition import catalogue
from tests.questionnaires.texts import ALL, LONG, SHORT, definition, scored

each_one = pytest.mark.parametrize("name", ALL)


def raw_sections(name: str) -> list[dict[str, Any]]:
    """The sections as the file has them, without defaults."""
    sections: list[dict[str, Any]] = yaml.safe_load(catalogue.find(name).read_text(encoding="utf-8"))["sections"]
    return sections


def test_the_library_holds_these_questionnaires_and_no_others() -> None:
    assert {base.questionnaire for base in catalogue.all_definitions()} == set(ALL)


@pytest.mark.parametrize("name", LONG)
def test_a_long_questionnaire_has_16_to_22_scored_questions(name: str) -> None:
    assert 16 <= len(list(scored(name))) <= 22


def test_first_look_has_twelve_scored_questions_over_the_five_themes() -> None:
    assert len(list(scored(SHORT))) == 12
    assert len(definition(SHORT).sections) == 5


@pytest.mark.parametrize("name", LONG)
def test_one_section_of_at_most_eight_facts_is_put_to_the_coordinator_alone(name: str) -> None:
    facts = [section for section in definition(name).sections if section.is_facts]
    assert len(facts) == 1
    assert len(facts[0].questions) <= 8
    assert not facts[0].scale_questions


@each_one
def test_a_section_has_at_most_one_open_question(name: str) -> None:
    for section in definition(name).sections:
        assert Counter(question.type for question in section.questions)["text"] <= 1, section.id


@each_one
def test_numbers_dates_and_choices_are_asked_as_facts_only(name: str) -> None:
    for section in definition(name).sections:
        if not section.is_facts:
            assert {question.type for question in section.questions} <= {"scale", "text"}, section.id


@each_one
def test_every_scored_question_has_four_descriptors_and_evidence_to_look_for(name: str) -> None:
    for question in scored(name):
        assert list(question.levels) == ["not-yet", "starting", "working", "embedded"], question.id
        assert question.evidence, question.id


@each_one
def test_all_questionnaires_share_one_scale(name: str) -> None:
    levels = [(level.id, level.label) for level in definition(name).scales["maturity"]]
    assert levels == [
        ("not-yet", "Not yet"),
        ("starting", "Starting"),
        ("working", "Working"),
        ("embedded", "Embedded"),
    ]


@each_one
def test_every_section_says_what_it_stands_on_who_answers_and_where_it_leads(name: str) -> None:
    for section in raw_sections(name):
        for key in ("about", "stands_on", "answered_by", "support"):
            assert section.get(key), (section["id"], key)
        assert 3 <= len(section["discuss"]) <= 5, section["id"]


@each_one
def test_every_source_is_stood_on(name: str) -> None:
    used = {each.split()[0] for section in definition(name).sections for each in section.stands_on}
    assert used == set(definition(name).sources)


@each_one
def test_at_most_two_key_questions_stand_in_a_section(name: str) -> None:
    for section in definition(name).sections:
        assert sum(question.key for question in section.scale_questions) <= 2, section.id


@each_one
def test_no_question_or_section_is_weighted(name: str) -> None:
    base = definition(name)
    weights = {question.weight for question in scored(name)} | {section.weight for section in base.sections}
    assert weights == {Decimal(1)}


@each_one
def test_it_says_that_it_is_new_and_not_yet_tried_out(name: str) -> None:
    base = definition(name)
    about = " ".join((base.about or "").split())
    assert base.status == "unpiloted"
    assert "new questions" in about
    assert "not its original questions" in about or "not the programme's own questions" in about
    assert "not been piloted yet" in about or "no partnership has tried them out yet" in about


@each_one
def test_advice_is_for_those_who_have_not_reached_working(name: str) -> None:
    assert {advice.below for question in scored(name) for advice in question.advise} <= {"working"}


def test_only_two_tier_is_kept_from_a_place_with_one_council() -> None:
    assert [name for name in ALL if "unitary" not in definition(name).kinds] == ["two-tier"]


def test_not_applicable_is_offered_only_where_a_partnership_can_be_outside_the_question() -> None:
    # A place with one council has no second tier; not every county has councillors who sit on two councils.
    offered = {question.id for name in ALL for question in scored(name) if question.not_applicable}
    assert offered == {"each-others-work", "one-to-residents", "two-hats"}


def test_every_section_and_module_of_support_name_each_other() -> None:
    named = {
        (module, f"{name}/{section.id}")
        for name in ALL
        for section in definition(name).sections
        for module in section.support
    }
    assert named == {(module.id, served) for module in catalogue.support_modules() for served in module.serves}

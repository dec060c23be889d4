"""Every topic of the blueprint is asked, joined with another or dropped with a reason; no question is without one."""

from __future__ import annotations

import pytest
import yaml

from tests.questionnaires.mapping import filled, readme, topics
from tests.questionnaires.texts import ALL, HERE, LONG, SHORT, definition

BLUEPRINT: dict[str, dict[str, list[str]]] = yaml.safe_load((HERE / "topics.yaml").read_text(encoding="utf-8"))

each_one = pytest.mark.parametrize("name", ALL)


def question_ids(name: str) -> set[str]:
    return {question.id for section in definition(name).sections for question in section.questions}


def test_the_blueprint_lists_the_long_questionnaires() -> None:
    assert set(BLUEPRINT) == set(LONG)


@pytest.mark.parametrize("name", LONG)
def test_every_section_of_the_blueprint_is_there(name: str) -> None:
    assert set(BLUEPRINT[name]) == {section.id for section in definition(name).sections if not section.is_facts}


@pytest.mark.parametrize("name", LONG)
def test_every_topic_of_the_blueprint_is_mapped(name: str) -> None:
    mapped = {(each.section, each.topic) for each in topics(name)}
    wanted = {(section, topic) for section, listed in BLUEPRINT[name].items() for topic in listed}
    assert wanted - mapped == set()


def test_every_section_of_first_look_is_mapped() -> None:
    assert {each.section for each in topics(SHORT)} == {section.id for section in definition(SHORT).sections}


@each_one
def test_a_topic_is_asked_or_dropped_with_a_reason_and_not_both(name: str) -> None:
    for each in topics(name):
        assert bool(each.questions) != bool(each.dropped), each.topic
        assert not each.dropped or len(each.dropped.split()) >= 5, each.topic


@each_one
def test_a_topic_that_was_joined_names_another_one(name: str) -> None:
    known = {each.topic for each in topics(name)}
    for each in topics(name):
        assert not each.joined or each.joined in known - {each.topic}, each.topic


@each_one
def test_the_questions_that_a_topic_went_to_exist(name: str) -> None:
    assert {asked for each in topics(name) for asked in each.questions} <= question_ids(name)


@each_one
def test_every_question_is_there_for_a_topic(name: str) -> None:
    assert question_ids(name) <= {asked for each in topics(name) for asked in each.questions}


@each_one
def test_no_topic_is_mapped_twice(name: str) -> None:
    places = [(each.section, each.topic) for each in topics(name)]
    assert len(places) == len(set(places))


def test_the_tables_in_the_readme_are_those_of_the_files() -> None:
    """If this fails: python -m tests.questionnaires.mapping --write"""
    text = readme().read_text(encoding="utf-8")
    assert filled(text) == text

"""Descriptors and questions that differ from one another, and say something that could be seen."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
import yaml
from rapidfuzz import fuzz

from tests.questionnaires.reading import words
from tests.questionnaires.texts import ALL, HERE, definition, scored

# Likeness from 0 to 100 of the words of two texts, in whatever order (rapidfuzz, token_sort_ratio).
DESCRIPTORS_NEARLY_EQUAL = 85.0
ASKS_NEARLY_THE_SAME = 80.0
ASKS_TO_READ_SIDE_BY_SIDE = 72.0
LONGEST_TO_SHORTEST = 2.2  # words of the longest and the shortest of a question's four descriptors

REVIEWED: dict[str, dict[str, str]] = yaml.safe_load((HERE / "reviewed.yaml").read_text(encoding="utf-8"))

each_one = pytest.mark.parametrize("name", ALL)

GROUPS = {
    group: frozenset(listed.split())
    for group, listed in yaml.safe_load((HERE / "word_groups.yaml").read_text(encoding="utf-8")).items()
}


def plain(text: str) -> str:
    return " ".join(words(text.lower()))


def likeness(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(plain(one), plain(other))


def says_nothing(text: str) -> list[str]:
    """Clauses that rest on a vague word: beside it and the furniture of any sentence, fewer than three words stand."""
    clauses = re.split(r"[,.;:?]|\band\b|\bbut\b|\bor\b", text.lower())
    found = []
    for clause in clauses:
        said = words(clause)
        left = [word for word in said if not any(word in group for group in GROUPS.values())]
        if GROUPS["vague"].intersection(said) and len(left) < 3:
            found.append(clause.strip())
    return found


def test_no_descriptor_equals_or_nearly_equals_another() -> None:
    found = [
        (f"{name}/{question.id}/{level}", plain(text))
        for name in ALL
        for question in scored(name)
        for level, text in question.levels.items()
    ]
    alike = [
        (one, other)
        for (one, said), (other, also) in combinations(found, 2)
        if fuzz.token_sort_ratio(said, also, score_cutoff=DESCRIPTORS_NEARLY_EQUAL)
    ]
    assert alike == []


@each_one
def test_descriptors_differ_by_more_than_words_of_degree(name: str) -> None:
    for question in scored(name):
        left = [
            " ".join(w for w in words(text.lower()) if w not in GROUPS["degree"]) for text in question.levels.values()
        ]
        for one, other in combinations(left, 2):
            assert fuzz.token_sort_ratio(one, other) < DESCRIPTORS_NEARLY_EQUAL, question.id


@each_one
def test_the_four_descriptors_of_a_question_are_of_like_length(name: str) -> None:
    for question in scored(name):
        lengths = [len(words(text)) for text in question.levels.values()]
        assert max(lengths) <= LONGEST_TO_SHORTEST * min(lengths), question.id


@each_one
def test_no_descriptor_or_question_rests_on_a_vague_word(name: str) -> None:
    for question in scored(name):
        for text in (question.ask, *question.levels.values()):
            assert says_nothing(text) == [], question.id


@pytest.mark.parametrize(
    "empty",
    [
        "The partnership has effective arrangements.",
        "Robust processes are in place, and the board meets in public each May.",
        "Papers go out a week before, and partners ensure good working.",
        "Is the partnership successful?",
    ],
)
def test_a_clause_that_rests_on_a_vague_word_would_be_found(empty: str) -> None:
    assert says_nothing(empty)


@pytest.mark.parametrize(
    "full",
    [
        "The board meets in public each May.",
        "Streets where household incomes are low are shown on one map.",
        "The report says how many streets are clear of litter, and partners go and look.",
    ],
)
def test_a_vague_word_beside_something_to_see_is_left_alone(full: str) -> None:
    assert not says_nothing(full)


def asks() -> list[tuple[str, str]]:
    return [
        (f"{name}/{question.id}", question.ask)
        for name in ALL
        for section in definition(name).sections
        for question in section.questions
    ]


def pairs_of_two_questionnaires() -> list[tuple[str, float]]:
    return [
        (f"{one} {other}", likeness(said, also))
        for (one, said), (other, also) in combinations(asks(), 2)
        if one.split("/")[0] != other.split("/")[0]
    ]


def test_no_question_is_asked_in_two_questionnaires() -> None:
    assert [pair for pair in pairs_of_two_questionnaires() if pair[1] >= ASKS_NEARLY_THE_SAME] == []


def test_questions_alike_in_wording_were_read_side_by_side() -> None:
    """Each pair stands in reviewed.yaml with what tells the two apart, and none stands there that is not alike."""
    close = {pair for pair, how_alike in pairs_of_two_questionnaires() if how_alike >= ASKS_TO_READ_SIDE_BY_SIDE}
    assert close == set(REVIEWED["alike"])


@pytest.mark.parametrize("listed", ["alike", "near_in_meaning"])
def test_what_was_read_side_by_side_exists_and_says_what_tells_the_two_apart(listed: str) -> None:
    known = dict(asks())
    for pair, reason in REVIEWED[listed].items():
        one, other = pair.split()
        assert {one, other} <= set(known), pair
        assert one.split("/")[0] != other.split("/")[0], pair
        assert len(reason.split()) >= 5, pair


def test_no_question_to_discuss_is_put_twice() -> None:
    put = [
        (f"{name}/{section.id}", text)
        for name in ALL
        for section in definition(name).sections
        for text in section.discuss
    ]
    twice = [(one, other) for (one, said), (other, also) in combinations(put, 2) if likeness(said, also) >= 85]
    assert twice == []


@each_one
def test_a_descriptor_can_be_quoted_without_its_question(name: str) -> None:
    pointing = {"he", "she", "such", "that", "their", "these", "they", "this"}
    for question in scored(name):
        for level, text in question.levels.items():
            assert words(text.lower())[0] not in pointing, f"{question.id} {level}"

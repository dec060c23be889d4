"""The terms of 2008 are kept out of the base texts, and the local overlays put them back everywhere."""

from __future__ import annotations

import re

import pytest

from tests.questionnaires.texts import ALL, Placed, everything, in_local_words, texts

OF_2008 = re.compile(
    r"local strategic partnership|community strateg|local area agreement|comprehensive area assessment"
    r"|local development framework|\b(?:LSPs?|LAAs?|SCS|CAA|LDF)\b",
    re.IGNORECASE,
)
PLAIN = re.compile(r"shared strateg|delivery agreement", re.IGNORECASE)


def having(pattern: re.Pattern[str], found: tuple[Placed, ...]) -> list[str]:
    return [each.place for each in found if pattern.search(each.text)]


def test_no_base_text_uses_a_term_of_2008() -> None:
    assert having(OF_2008, everything()) == []


@pytest.mark.parametrize("name", ALL)
def test_under_the_local_words_no_plain_word_for_a_term_remains(name: str) -> None:
    assert having(PLAIN, texts(in_local_words(name))) == []


@pytest.mark.parametrize("name", ALL)
def test_the_local_words_say_which_partnership_is_meant(name: str) -> None:
    assert having(re.compile("Local Strategic Partnership"), texts(in_local_words(name)))


@pytest.mark.parametrize("term", ["community strategy", "Local Area Agreement", "comprehensive area assessment"])
def test_each_term_of_2008_is_put_back_somewhere(term: str) -> None:
    assert any(having(re.compile(term), texts(in_local_words(name))) for name in ALL)


def test_a_text_with_a_plain_word_would_be_found() -> None:
    assert having(PLAIN, (Placed("x", "Each of the shared strategies"),)) == ["x"]

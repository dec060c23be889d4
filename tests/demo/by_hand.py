"""A snapshot's figures worked out anew from the frozen results, by code that shares nothing with a2p."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

Json: TypeAlias = Any
Figures: TypeAlias = tuple[int, Fraction, tuple[Fraction, Fraction] | None, dict[str, int], int, int, int]
"""n, median, quartiles, partnerships in each band, below 50, divided, with a knowledge gap."""


def figures(documents: Iterable[str], section: str) -> Figures | None:
    """The figures of one section over these frozen results; None where none of them has a score there."""
    found = [part for each in documents if (part := _section(json.loads(each), section)) is not None]
    if not found:
        return None
    scores = sorted(Fraction(each["score"]) for each in found)
    half = len(scores) // 2
    return (
        len(scores),
        _middle(scores),
        (_middle(scores[:half]), _middle(scores[-half:])) if len(scores) >= 8 else None,
        dict(Counter(each["band"] for each in found)),
        sum(score < 50 for score in scores),
        sum((each["agreement"] or {}).get("label") == "wide" for each in found),
        sum(any(question["knowledge_gap"] for question in each["questions"]) for each in found),
    )


def _section(result: Json, section: str) -> Json | None:
    """The section, if it has a score and none of its questions was answered by too few."""
    found = next(each for each in result["sections"] if each["id"] == section)
    enough = result["together"] or all(
        each["answers"] + each["dont_know"] >= 5 and each["voices"] >= 3 for each in found["questions"]
    )
    return found if enough and found["score"] is not None and found["band"] is not None else None


def _middle(ordered: Sequence[Fraction]) -> Fraction:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2

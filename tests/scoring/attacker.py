"""Somebody who sees a disclosed result and works out what its withheld questions may have scored. Brute force, no a2p.

Knows the definition, how many answered each question, and the rules. For rounds whose withheld questions are few.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import prod
from typing import Any

from a2p.definition.model import Questionnaire, ScaleQuestion
from a2p.scoring.frozen import FrozenResult, QuestionResult, SectionResult

Guess = dict[str, tuple[int, Fraction | None]]
TOO_MANY = 3000


def possible_scores(seen: FrozenResult) -> dict[str, set[Fraction]] | None:
    """The scores that each withheld question may have, by id; None where there are too many cases to go through."""
    asked = {q.id: q for section in seen.sections for q in section.questions if q.withheld and q.answered}
    choices = [list(_choices(seen, question)) for question in asked.values()]
    if not asked or prod(len(choice) for choice in choices) > TOO_MANY:
        return None
    found: dict[str, set[Fraction]] = {id_: set() for id_ in asked}
    for combination in product(*choices):
        guess = dict(zip(asked, combination, strict=True))
        if _fits(seen, guess):
            for id_, (_, score) in guess.items():
                if score is not None:
                    found[id_].add(score)
    return found


def _choices(seen: FrozenResult, question: QuestionResult) -> Iterator[tuple[int, Fraction | None]]:
    """(voices, score) pairs that a question with so few answers may have."""
    definition = seen.definition
    section = next(s for s in definition.sections if question.id in [q.id for q in s.questions])
    asked = definition.question(question.id)
    assert isinstance(asked, ScaleQuestion)
    answered = question.answered or 0
    most = 4 if section.voices_are_councillors else (4 if answered < 5 else 2)
    points = _points(definition, asked)
    yield 0, None
    found = set()
    for voices in range(1, min(most, answered) + 1):
        for levels in combinations_with_replacement(points, voices):
            found.add((voices >= 3, sum(levels, Fraction(0)) / voices))
    for counts, score in found:
        yield 3 if counts else 1, score


def _points(definition: Questionnaire, asked: ScaleQuestion) -> list[Fraction]:
    levels = definition.scale_of(asked)
    if levels[0].points is not None:
        return [Fraction(level.points or 0) for level in levels]
    return [Fraction(100 * k, len(levels) - 1) for k in range(len(levels))]


def _fits(seen: FrozenResult, guess: Guess) -> bool:
    """Whether a guess gives every figure that is shown."""
    totals: list[tuple[Fraction, Fraction]] = []
    for part, section in zip(seen.definition.sections, seen.sections, strict=True):
        figures = _section(seen, part, section, guess)
        if section.band is not None and (section.band, section.capped) != (figures["band"], figures["capped"]):
            return False
        if section.score is not None and section.score != figures["score"]:
            return False
        if figures["score"] is not None:
            totals.append((figures["score"], Fraction(part.weight)))
    if not totals:
        return seen.score is None and seen.band is None
    total = sum((s * w for s, w in totals), Fraction(0)) / sum((w for _, w in totals), Fraction(0))
    if seen.score is not None and seen.score != total:
        return False
    return seen.band is None or seen.bands[_place(seen, total)].id == seen.band


def _place(seen: FrozenResult, score: Fraction) -> int:
    return max(place for place, band in enumerate(seen.bands) if band.start <= score)


def _section(seen: FrozenResult, part: Any, section: SectionResult, guess: Guess) -> dict[str, Any]:  # noqa: ANN401
    have: list[tuple[Fraction, Fraction]] = []
    scored = 0
    low, low_shown = False, False
    for asked, question in zip(part.scale_questions, section.questions, strict=True):
        voices, score = guess.get(question.id, (question.voices, question.score))
        if score is None:
            continue
        have.append((score, Fraction(asked.weight)))
        scored += voices >= 3
        if asked.key and voices >= 3 and score < Fraction(100, 3):
            low = True
            low_shown = low_shown or question.id not in guess
    if not have:
        return {"score": None, "band": None, "capped": False}
    score = sum((s * w for s, w in have), Fraction(0)) / sum((w for _, w in have), Fraction(0))
    if 10 * scored < 6 * section.shown_questions:
        return {"score": score, "band": None, "capped": False}
    place = _place(seen, score)
    held = low and place > 1
    return {"score": score, "band": seen.bands[1 if held else place].id, "capped": held and low_shown}

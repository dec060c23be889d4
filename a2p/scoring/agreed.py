"""Scores from the levels that a workshop agreed on (scoring rule 9). Always labelled as agreed; the survey's stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from a2p.definition.model import Section
from a2p.scoring.frozen import FrozenResult, SectionResult
from a2p.scoring.points import scale_points, weighted_mean
from a2p.scoring.sections import section_score


@dataclass(frozen=True, slots=True)
class AgreedLevel:
    """What the room settled on for a question, and why."""

    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgreedScores:
    """Agreed scores, 0-100, by question and section id; None where there is none or it would tell a withheld one."""

    questions: Mapping[str, Fraction | None]
    sections: Mapping[str, Fraction | None]
    score: Fraction | None


def agreed_scores(result: FrozenResult, agreed: Mapping[str, AgreedLevel]) -> AgreedScores:
    """Scores with agreed levels (by question id) where there are any and the voices' scores elsewhere.

    Takes a result as disclosed or whole. A section has none while a question of it is withheld and has no agreed level,
    for the others' agreed levels would give that one away. ValueError for a level that the scale doesn't have.
    """
    questions: dict[str, Fraction | None] = {}
    sections: dict[str, Fraction | None] = {}
    hidden = False
    for part, section in zip(result.definition.sections, result.sections, strict=True):
        scores = _question_scores(result, part, section, agreed)
        questions |= scores
        withheld = any(q.withheld and q.answered != 0 and q.id not in agreed for q in section.questions)
        hidden = hidden or withheld
        sections[part.id] = None if withheld else section_score(part, scores)
    weights = {part.id: Fraction(part.weight) for part in result.definition.sections}
    total = None if hidden else weighted_mean((score, weights[id_]) for id_, score in sections.items())
    return AgreedScores(questions, sections, total)


def _question_scores(
    result: FrozenResult, part: Section, section: SectionResult, agreed: Mapping[str, AgreedLevel]
) -> dict[str, Fraction | None]:
    scores: dict[str, Fraction | None] = {}
    for asked, question in zip(part.scale_questions, section.questions, strict=True):
        scores[question.id] = question.score
        if question.id in agreed:
            levels = result.definition.scale_of(asked)
            worth = dict(zip((level.id for level in levels), scale_points(levels), strict=True))
            if agreed[question.id].level not in worth:
                raise ValueError(f"question {question.id} has no level {agreed[question.id].level!r}")
            scores[question.id] = worth[agreed[question.id].level]
    return scores

"""What stands out in a result, chosen by stated rules: strong, weak, widest disagreement, knowledge gaps.

A question that disclosure withholds is never chosen, and neither is one with fewer than three voices (one, where the
partnership answered together). Ties stand in the questionnaire's order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from a2p.definition.model import ScaleQuestion, Section
from a2p.definition.numbering import question_numbers
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult, QuestionResult, SectionResult

STRONG = Fraction(200, 3)  # from here on a score is called strong
WEAK = Fraction(50)  # below this, the middle of the scale, it is called weak
FEWEST_TO_DISAGREE = 5


@dataclass(frozen=True, slots=True)
class Pick:
    """A question that stands out: its number in the document, what was asked, and its result."""

    number: str
    section: Section
    asked: ScaleQuestion
    result: QuestionResult

    @property
    def score(self) -> Fraction:
        """The question's score; a pick always has one, except a knowledge gap that nobody could judge."""
        return self.result.score if self.result.score is not None else Fraction(0)

    @property
    def levels(self) -> int:
        return len(self.result.levels)

    @property
    def spread(self) -> Fraction:
        """Average deviation in parts of the scale's length, so that scales of different length compare."""
        return self.result.agreement.ad / self.levels if self.result.agreement else Fraction(0)


@dataclass(frozen=True, slots=True)
class Picture:
    """The selection for the picture page, with how many there were to choose from.

    `strong_count` and `weak_count` are of all questions; `wide_count` those labelled wide; `withheld` those not
    shown, unscored ones too.
    """

    strong: tuple[Pick, ...]
    strong_count: int
    weak: tuple[Pick, ...]
    weak_count: int
    widest: tuple[Pick, ...]
    wide_count: int
    gaps: tuple[Pick, ...]
    scored: int
    withheld: int
    asked: int


def picture(disclosed: Disclosed, *, strong: int = 3, weak: int = 3, widest: int = 5) -> Picture:
    """Choose at most so many of each kind; knowledge gaps are all given, the largest share first."""
    result = disclosed.result
    picks = all_picks(result)
    judged = [p for p in picks if _enough(p, result)]
    high = _ranked([p for p in judged if p.score >= STRONG], lambda p: -p.score)
    low = _ranked([p for p in judged if p.score < WEAK], lambda p: p.score)
    apart = _ranked([p for p in picks if differs(p.result)], lambda p: -p.spread)
    gaps = _ranked([p for p in picks if p.result.knowledge_gap], lambda p: -(p.result.dont_know_share or 0))
    every = [q for s in result.sections for q in s.questions]
    return Picture(
        strong=tuple(high[:strong]),
        strong_count=len(high),
        weak=tuple(low[:weak]),
        weak_count=len(low),
        widest=tuple(apart[:widest]),
        wide_count=sum(is_wide(p.result) for p in picks),
        gaps=tuple(gaps),
        scored=len(judged),
        withheld=sum(q.withheld for q in every) + sum(v.withheld for s in result.sections for v in s.values),
        asked=sum(q.shown > 0 for q in every),
    )


def all_picks(result: FrozenResult) -> list[Pick]:
    """Every scale question that is not withheld, in order."""
    numbers = question_numbers(result.definition)
    return [
        Pick(numbers[question.id], section, asked, question)
        for section, outcome in pairs(result)
        for asked, question in zip(section.scale_questions, outcome.questions, strict=True)
        if not question.withheld
    ]


def pairs(result: FrozenResult) -> list[tuple[Section, SectionResult]]:
    """Each section of the definition with its result, in order."""
    return list(zip(result.definition.sections, result.sections, strict=True))


def is_wide(question: QuestionResult) -> bool:
    """Voices are labelled as far apart."""
    return question.agreement is not None and question.agreement.label == "wide"


def differs(question: QuestionResult) -> bool:
    """From five voices, further apart than one level and than a sixth of the scale: worth talking about."""
    agreement = question.agreement
    if agreement is None or question.voices < FEWEST_TO_DISAGREE:
        return False
    if "within-one-level" in agreement.patterns:
        return agreement.label == "wide"  # on a scale of two levels one level apart is all there is
    return agreement.label != "close" and 6 * agreement.ad > len(question.levels)


def _enough(pick: Pick, result: FrozenResult) -> bool:
    return pick.result.score is not None and pick.result.voices >= (1 if result.together else 3)


def _ranked(picks: list[Pick], by: Callable[[Pick], Fraction | int]) -> list[Pick]:
    return sorted(picks, key=by)

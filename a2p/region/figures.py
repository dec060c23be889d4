"""The figures of a group of results: of a section, and of questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from a2p.region.counted import HALF, QUESTIONS_BY_NAME, Counted
from a2p.region.ledger import Cohort
from a2p.region.snapshot import MINIMUM, QUARTILES_FROM, Figures, QuestionCell
from a2p.region.statistics import median, quartiles
from a2p.scoring.frozen import FrozenBand


def cohort_of(counted: Iterable[Counted], section: str) -> Cohort:
    """Those of the results that have a score of the section. Who has none is not protected: it is no figure."""
    return frozenset(each.result for each in counted if _score(each, section) is not None)


def section_figures_of(counted: Iterable[Counted], section: str, bands: Sequence[FrozenBand]) -> Figures:
    """The figures of the results that have a score of the section; at least one has. Whether they may be shown is
    decided elsewhere."""
    found = [figures for each in counted if (figures := each.section(section)) and figures.score is not None]
    scores = [figures.score for figures in found if figures.score is not None]
    in_bands = Counter(figures.band for figures in found)
    return Figures(
        n=len(found),
        median=median(scores),
        quartiles=quartiles(scores) if len(scores) >= QUARTILES_FROM else None,
        bands={band.id: in_bands[band.id] for band in bands},
        below_half=sum(score < HALF for score in scores),
        wide=sum(figures.wide is True for figures in found),
        gaps=sum(figures.gaps > 0 for figures in found),
    )


def question_cells(
    counted: Iterable[Counted], questions: Iterable[str], named: frozenset[int]
) -> tuple[QuestionCell, ...]:
    """Each question over the results whose question scores are shown by name."""
    by_name = [each for each in counted if each.level >= QUESTIONS_BY_NAME and each.result in named]
    return tuple(_question(question, by_name) for question in questions)


def _question(question: str, by_name: Sequence[Counted]) -> QuestionCell:
    scores = [each.questions[question] for each in by_name if question in each.questions]
    return QuestionCell(
        question=question,
        n=len(scores),
        median=median(scores) if len(scores) >= MINIMUM else None,
        quartiles=quartiles(scores) if len(scores) >= QUARTILES_FROM else None,
    )


def _score(counted: Counted, section: str) -> Fraction | None:
    figures = counted.section(section)
    return None if figures is None else figures.score

"""What each level of release lets out of a closed round, and nothing else does: one place, and a pure one.

A release is of a round, to one audience. Every level shows what the levels before it show. Figures come out of a
`Disclosed` alone, so what disclosure withholds is withheld at every level; and comments are in no figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from a2p.definition.model import Questionnaire
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult, QuestionResult, SectionResult

HISTOGRAM_FROM = 10
"""Voices from which on the public sees how they are spread over the levels."""


class To(StrEnum):
    """Whom a round is released to."""

    RESPONDENTS = "respondents"
    REGION = "region"
    PUBLIC = "public"


LEVELS: Mapping[To, tuple[str, ...]] = {
    To.RESPONDENTS: ("nothing", "summary", "all"),
    To.REGION: ("0", "T", "1", "2", "3", "4"),
    To.PUBLIC: ("nothing", "board"),
}
"""The levels of each audience, the lowest first: it is nothing."""


class Figures(IntEnum):
    """How much of a result's figures a level lets out; each has all that the ones before it have, but BOARD, which is
    the public's and lies between SECTIONS and WHOLE."""

    NONE = 0
    SECTIONS = 1
    """Section scores and bands."""
    BOARD = 2
    """Those, and whole sections in which every question has HISTOGRAM_FROM voices."""
    QUESTIONS = 3
    """Section scores and bands, and question scores."""
    WHOLE = 4
    """All that the coordinator sees."""


_FIGURES: Mapping[tuple[To, str], Figures] = {
    (To.RESPONDENTS, "summary"): Figures.SECTIONS,
    (To.RESPONDENTS, "all"): Figures.WHOLE,
    (To.REGION, "2"): Figures.SECTIONS,
    (To.REGION, "3"): Figures.QUESTIONS,
    (To.REGION, "4"): Figures.WHOLE,
    (To.PUBLIC, "board"): Figures.BOARD,
}


def rank(to: To, level: str) -> int:
    """How far a level goes, from 0. ValueError if the audience has no such level."""
    return LEVELS[to].index(level)


def shows_themes(to: To, level: str) -> bool:
    """Whether the partnership's own text is shown at this level."""
    return to is To.REGION and rank(to, level) >= rank(to, "T")


def figures_at(to: To, level: str) -> Figures:
    """The figures that a level lets out. ValueError if the audience has no such level."""
    rank(to, level)
    return _FIGURES.get((to, level), Figures.NONE)


def released_view(disclosed: Disclosed, figures: Figures) -> Disclosed | None:
    """What of a disclosed result is left at a level: the other figures are emptied. None where nothing is."""
    match figures:
        case Figures.NONE:
            return None
        case Figures.WHOLE:
            return disclosed
        case Figures.BOARD:
            return Disclosed(_reduced(disclosed.result, scores=False, whole=_widely_answered(disclosed.result)))
        case _:
            return Disclosed(_reduced(disclosed.result, scores=figures is Figures.QUESTIONS, whole=frozenset()))


def _reduced(result: FrozenResult, *, scores: bool, whole: frozenset[str]) -> FrozenResult:
    """The result with its sections' scores and bands; of `whole` sections, all; of the others' questions, with `scores`
    their scores. Who answered is left as a number of people and of organisations."""
    sections = tuple(
        _without_words(section) if section.id in whole else _section(section, scores) for section in result.sections
    )
    return result.model_copy(update={"sections": sections, "comparisons": (), "sectors": (), "started": 0})


def _without_words(section: SectionResult) -> SectionResult:
    """A whole section, but for the coordinator's evidence and answers that are no levels."""
    questions = tuple(question.model_copy(update={"evidence": None}) for question in section.questions)
    return section.model_copy(
        update={"questions": questions, "values": tuple(value.emptied() for value in section.values)}
    )


def _section(section: SectionResult, scores: bool) -> SectionResult:
    return SectionResult(
        id=section.id,
        score=section.score,
        band=section.band,
        capped=False,
        completeness=None,
        agreement=None,
        people=0,
        shown_questions=section.shown_questions,
        scored_questions=section.scored_questions,
        questions=tuple(_question(question, scores) for question in section.questions),
        values=tuple(value.emptied() for value in section.values),
        score_withheld=section.score_withheld,
    )


def _question(question: QuestionResult, scores: bool) -> QuestionResult:
    left = {"score": question.score, "withheld": question.withheld} if scores else {}
    return question.emptied().model_copy(update=left)


def _widely_answered(result: FrozenResult) -> frozenset[str]:
    """The sections in which every question has voices enough for its histogram, and stands on no answer that is not
    shown: from a section's score and all of its questions but one, the last one's could be worked out."""
    shown: set[str] = set()
    wide: set[str] = set()
    for part, section in zip(result.definition.sections, result.sections, strict=True):
        known = shown | {question.id for question in section.questions}
        if not part.is_facts and _all_wide(result.definition, section, known):
            wide.add(section.id)
            shown = known
    return frozenset(wide)


def _all_wide(definition: Questionnaire, section: SectionResult, known: set[str]) -> bool:
    conditions = {question.id: question.show_if.keys() for part in definition.sections for question in part.questions}
    return bool(section.questions) and all(
        question.voices >= HISTOGRAM_FROM and not question.withheld and conditions[question.id] <= known
        for question in section.questions
    )

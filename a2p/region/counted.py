"""What one partnership's released round brings to the region's figures of one questionnaire.

It is taken from what may be shown of the round (`Disclosed`), never from more: what is withheld from the partnership's
own coordinator counts nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from a2p.definition.model import Kind
from a2p.scoring.disclosure import Disclosed

HALF = Fraction(50)
"""A section scored below this counts as a need for support."""
BY_NAME = 2
"""The level of release from which a partnership's section scores and bands are shown by name."""
QUESTIONS_BY_NAME = 3
"""The level from which its question scores are too."""


@dataclass(frozen=True, slots=True)
class Place:
    """A partnership as the region compares it. `area` is the id of the partnership at the top of its county area: the
    county above a district, its own where nothing is above it."""

    id: int
    name: str
    kind: Kind
    area: int


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """A section of one result: score 0-100 and band id, None where there is none or it is withheld; whether voices
    disagree widely (None: no label is shown); and how many of its questions are knowledge gaps."""

    id: str
    score: Fraction | None
    band: str | None
    wide: bool | None
    gaps: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One released result. `result` is its id, the same in every snapshot that counts it: with a section's id it names
    a value that subtraction must not give away. `level` is 1 to 4. `questions` are scores by question id, of a result
    released at QUESTIONS_BY_NAME or above."""

    place: Place
    result: int
    sha256: str
    questionnaire: str
    version: int
    together: bool
    level: int
    closed: date
    sections: tuple[SectionFigures, ...]
    questions: Mapping[str, Fraction]

    def section(self, section: str) -> SectionFigures | None:
        """Its figures for a section; None where its version has no such section."""
        return next((each for each in self.sections if each.id == section), None)


def section_figures(shown: Disclosed) -> tuple[SectionFigures, ...]:
    """The figures of each section that is scored, in the questionnaire's order."""
    return tuple(
        SectionFigures(
            section.id,
            section.score,
            section.band,
            None if section.agreement is None else section.agreement.label == "wide",
            sum(question.knowledge_gap for question in section.questions),
        )
        for part, section in zip(shown.result.definition.sections, shown.result.sections, strict=True)
        if not part.is_facts
    )


def question_scores(shown: Disclosed) -> dict[str, Fraction]:
    """The scores of the questions that have one, by id."""
    return {
        question.id: question.score
        for section in shown.result.sections
        for question in section.questions
        if question.score is not None
    }

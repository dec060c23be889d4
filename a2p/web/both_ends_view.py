"""A county and its districts side by side, question by question: the table that the region's team sees, and those who
are in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask import request
from sqlalchemy.orm import Session

from a2p.definition.model import Questionnaire
from a2p.documents.regional_picture import heat
from a2p.documents.words import whole
from a2p.rounds.both_ends import Area, End, of_both_ends
from a2p.scoring.bands import bands_of

APART = 25
"""Points between the lowest and the highest from which a county and its districts are said to see it differently."""


@dataclass(frozen=True, slots=True)
class EndsRow:
    """A question as both ends see it: (score, class of its colour) of the county and each district, and how many points
    lie between the highest and the lowest, None where fewer than two have a score."""

    number: str
    ask: str
    cells: tuple[tuple[str, str], ...]
    between: Fraction | None

    @property
    def apart(self) -> bool:
        """Whether they see it differently."""
        return self.between is not None and self.between >= APART

    @property
    def said(self) -> str:
        """The points in between."""
        return whole(self.between) if self.between is not None else "–"


@dataclass(frozen=True, slots=True)
class EndsView:
    """The table: rows by section, or (`sort`) all in one list, those first that are seen most differently; and the
    bands' `labels` for its key."""

    asked: Questionnaire
    area: Area
    sections: list[tuple[str, list[EndsRow]]]
    labels: list[str]
    sort: str
    points: int = APART


def asked_of(session: Session) -> Questionnaire | None:
    """The questionnaire that the address asks for, or the first that is made for both ends."""
    every = of_both_ends(session)
    return next((each for each in every if each.questionnaire == request.args.get("of")), every[0] if every else None)


def ends_view(asked: Questionnaire, area: Area) -> EndsView:
    """The table of an area, in the order that the address asks for."""
    sort = "apart" if request.args.get("sort") == "apart" else ""
    return EndsView(asked, area, _sections(asked, area, sort), [band.label for band in bands_of(asked)], sort)


def _sections(asked: Questionnaire, area: Area, sort: str) -> list[tuple[str, list[EndsRow]]]:
    """The questions by section; sorted, all in one list, those first that are seen most differently."""
    sections = [
        (
            f"{number} {section.title}",
            [
                _row(asked, f"{number}.{nth}", each.id, each.ask, area.shown)
                for nth, each in enumerate(section.scale_questions, start=1)
            ],
        )
        for number, section in enumerate((each for each in asked.sections if not each.is_facts), start=1)
    ]
    if not sort:
        return sections
    rows = [row for _, ours in sections for row in ours]
    return [("", sorted(rows, key=lambda row: -1 if row.between is None else row.between, reverse=True))]


def _row(asked: Questionnaire, number: str, id_: str, ask: str, ends: Sequence[End]) -> EndsRow:
    scores = [end.scores.get(id_) for end in ends]
    known = [score for score in scores if score is not None]
    between = max(known) - min(known) if len(known) > 1 else None
    return EndsRow(number, ask, tuple(heat(score, bands_of(asked)) for score in scores), between)

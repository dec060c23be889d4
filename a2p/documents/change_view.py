"""The change between two rounds in words: a row for each section, scores whole, changes with their sign."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from a2p.definition.model import Questionnaire
from a2p.documents.language import gettext
from a2p.scoring.change import Change, RoundChange
from a2p.scoring.rounding import whole

NONE = "–"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A section, or the questionnaire: the score before and after, the change, and its parts where it is split."""

    title: str
    before: str
    after: str
    change: str
    same: str
    different: str
    questions: int


def change_rows(definition: Questionnaire, change: RoundChange) -> tuple[ChangeRow, ...]:
    """The sections in order, and all of them together last where there are several."""
    titles = {section.id: section.title for section in definition.sections}
    rows = [_row(titles[each.id], each.whole, len(each.questions)) for each in change.sections]
    if len(rows) > 1:
        rows.append(_row(gettext("All of these"), change.whole, sum(row.questions for row in rows)))
    return tuple(rows)


def is_split(rows: tuple[ChangeRow, ...]) -> bool:
    """Whether any row tells the same organisations from different ones."""
    return any(row.same != NONE for row in rows)


def _row(title: str, change: Change, questions: int) -> ChangeRow:
    parts = (change.same, change.different)
    same, different = (NONE if part is None else signed(part) for part in parts)
    return ChangeRow(
        title, whole(change.before), whole(change.after), signed(change.change), same, different, questions
    )


def signed(value: Fraction) -> str:
    """A change as a whole number with its sign: `"+12"`, `"−3"`, `"0"`."""
    number = round(value)
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"

"""What followed a round, as a report sets it: what was agreed beside the survey, and the change since the last."""

from __future__ import annotations

from dataclasses import dataclass

from a2p.documents.agreed_view import ScoreRow, WorkshopRow, workshop_view
from a2p.documents.change_view import ChangeRow, change_rows, is_split
from a2p.documents.known import Known
from a2p.documents.language import gettext, ngettext, noted
from a2p.documents.layout import ORDINARY
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult

WHY_NOT_COMPARED = (
    noted("A round answered together has one answer: it is compared with no other round."),
    noted("That round was answered together and this one apart: their scores do not compare."),
    noted(
        "One of the two rounds was opened again after its results, or somebody was erased from them. "
        "Comparing it would tell what single people said."
    ),
    noted("No question is shown in both rounds."),
)
"""Reasons that a2p/rounds/changes.py gives, as it gives them."""


@dataclass(frozen=True, slots=True)
class AgreedView:
    """The questions that a workshop talked about, in the questionnaire's order, and the agreed scores beside the
    survey's. `settled` of the rows have an agreed level; the others were left open."""

    rows: tuple[WorkshopRow, ...]
    scores: tuple[ScoreRow, ...]
    settled: int

    @property
    def lede(self) -> str:
        """How many questions were talked about, and on how many of them a level was agreed."""
        talked = len(self.rows)
        if not self.settled:
            return ngettext(
                "A workshop talked about %(num)s question.", "A workshop talked about %(num)s questions.", talked
            )
        if self.settled < talked:
            return ngettext(
                "A workshop talked about %(num)s question and agreed a level on %(settled)s.",
                "A workshop talked about %(num)s questions and agreed a level on %(settled)s.",
                talked,
                settled=self.settled,
            )
        return ngettext(
            "A workshop talked about %(num)s question and agreed a level on it.",
            "A workshop talked about %(num)s questions and agreed a level on all of them.",
            talked,
        )


@dataclass(frozen=True, slots=True)
class SinceView:
    """The change since the round called `earlier`; without rows, `reason` says why nothing is compared."""

    earlier: str
    rows: tuple[ChangeRow, ...]
    split: bool
    reason: str


def agreed_view(disclosed: Disclosed, known: Known) -> AgreedView | None:
    """None where nothing was talked about."""
    if not known.settled:
        return None
    view = workshop_view(disclosed, known.settled, ORDINARY)
    talked = sorted((row for row in view.rows if row.agreed), key=lambda row: _place(row.number))
    return AgreedView(tuple(talked), view.scores, view.settled)


def since_view(result: FrozenResult, known: Known) -> SinceView | None:
    """None where there was no round before."""
    since = known.since
    if since is None:
        return None
    rows = change_rows(result.definition, since.change) if since.change else ()
    reason = gettext(since.reason) if since.reason in WHY_NOT_COMPARED else since.reason
    return SinceView(since.earlier, rows, is_split(rows), reason)


def _place(number: str) -> tuple[int, ...]:
    """`2.10` comes after `2.9`."""
    return tuple(int(part) for part in number.split("."))

"""What is released of a round, read: the newest confirmed release of each audience counts, at every request.

A release is of the results there were when two people agreed to it. A round opened again gets other results at its next
closing: they are released only by a release of their own, and until then the pages show the ones that were. Where the
result that was released is destroyed, for somebody in it was erased, nothing takes its place: nobody agreed to show an
earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from a2p.scoring.releases import LEVELS, Figures, To, figures_at, rank, shows_themes
from a2p.store.outcome_tables import Release
from a2p.store.round_tables import DestroyedResult, QuestionnaireVersion, Result, Round, RoundReopening

Row = TypeVar("Row", Result, DestroyedResult)


@dataclass(frozen=True, slots=True)
class Released:
    """What one audience may see of a round. `agreed` is when two people agreed to show it, None where nothing is shown;
    with `earlier` the round was opened again since, so that only results from before `until` are meant."""

    to: To
    level: str
    themes: str = ""
    agreed: datetime | None = None
    until: datetime | None = None

    @property
    def anything(self) -> bool:
        """Whether anything is released at all."""
        return rank(self.to, self.level) > 0

    @property
    def earlier(self) -> bool:
        """Whether the round was opened again since this was released."""
        return self.until is not None

    @property
    def figures(self) -> Figures:
        """How much of the results is shown."""
        return figures_at(self.to, self.level)


class Decision(NamedTuple):
    """A confirmed release of a round to an audience, as far as it says what is shown."""

    level: str
    themes: str
    proposed: datetime
    decided: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """All that was decided on one round for an audience, and when the round was opened again, each in order."""

    to: To
    decisions: tuple[Decision, ...] = ()
    reopened: tuple[datetime, ...] = ()

    def released(self, at: datetime | None = None) -> Released:
        """What the audience may see now, or could see at an earlier moment."""
        if at is None:
            return _released(self.to, self.decisions, self.reopened)
        decisions = [each for each in self.decisions if each.decided <= at]
        return _released(self.to, decisions, [each for each in self.reopened if each <= at])


def released(session: Session, round_: Round, to: To) -> Released:
    """What an audience may see of a round now."""
    return released_of(session, [round_], to)[round_.id]


def released_of(session: Session, rounds: Sequence[Round], to: To) -> dict[int, Released]:
    """What an audience may see of each of these rounds, by their numbers, in two statements."""
    decided = decided_of(session, [round_.id for round_ in rounds], to)
    return {round_.id: decided.get(round_.id, Decided(to)).released() for round_ in rounds}


def decided_of(session: Session, rounds: Sequence[int] | Select[int], to: To) -> dict[int, Decided]:
    """What was decided on rounds, by their numbers, in two statements; nothing of a round on which nothing was."""
    columns = (Release.round_id, Release.level, Release.themes, Release.proposed, Release.decided)
    confirmed = (Release.audience == to) & (Release.state == "confirmed") & Release.decided.is_not(None)
    found: dict[int, list[Decision]] = {}
    rows = select(*columns).where(Release.round_id.in_(rounds), confirmed).order_by(Release.decided, Release.id)
    for round_id, level, themes, proposed, decided in session.execute(rows):
        found.setdefault(round_id, []).append(Decision(level, themes, proposed, decided or proposed))
    opened: dict[int, list[datetime]] = {}
    openings = select(RoundReopening.round_id, RoundReopening.at).where(RoundReopening.round_id.in_(rounds))
    for round_id, at in session.execute(openings.order_by(RoundReopening.at)):
        opened.setdefault(round_id, []).append(at)
    return {
        round_id: Decided(to, tuple(decisions), tuple(opened.get(round_id, ())))
        for round_id, decisions in found.items()
    }


def is_lowering(row: Release | Decision) -> bool:
    """Whether one person lowered the release, who needs nobody's word for it: it is decided as it is made."""
    return row.decided is not None and row.decided == row.proposed


def _released(to: To, confirmed: Sequence[Decision], reopened: Sequence[datetime]) -> Released:
    """From the confirmed releases and the openings of the round, each in order. Lowering leaves what is meant as it
    was: it is never the reason why the results of a later closing are shown."""
    if not confirmed or rank(to, confirmed[-1].level) == 0:
        return Released(to, LEVELS[to][0])
    newest = confirmed[-1]
    raised = [row.decided for row in confirmed if not is_lowering(row)]
    if not raised:
        return Released(to, LEVELS[to][0])
    until = next((at for at in reopened if at >= raised[-1]), None)
    return Released(to, newest.level, newest.themes if shows_themes(to, newest.level) else "", raised[-1], until)


def released_result(session: Session, round_: Round, version: QuestionnaireVersion, shown: Released) -> Result | None:
    """The result of a questionnaire that is meant by what is released: the newest that is shown and was there. None
    where no figures are released, and where that result is gone."""
    if shown.figures is Figures.NONE:
        return None
    found = session.scalar(_newest_then(Result, round_, version, shown).where(Result.shown))
    gone = session.scalar(_newest_then(DestroyedResult, round_, version, shown))
    if found is not None and gone is not None and gone.edition > found.edition:
        return None
    return found


def _newest_then(of: type[Row], round_: Round, version: QuestionnaireVersion, shown: Released) -> Select[Row]:
    """The newest result of the closings that a release is of, kept or destroyed."""
    found = select(of).where(
        of.partnership_id == round_.partnership_id, of.round_id == round_.id, of.version_id == version.id
    )
    if shown.until is not None:
        found = found.where(of.frozen < shown.until)
    return found.order_by(of.edition.desc()).limit(1)

"""The closed rounds of a region with their results and what was ever released of them, in a few statements.

No documents are read: where a result stands is in its row of scores.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple, cast

from sqlalchemy import Select, select, true
from sqlalchemy.orm import Session

from a2p.definition.model import Kind
from a2p.region.counted import BY_NAME, Place
from a2p.region.named import Spell
from a2p.scoring.releases import To
from a2p.store.base import LONDON
from a2p.store.region_tables import ResultScore
from a2p.store.releases import Decided, Released, decided_of
from a2p.store.round_tables import DestroyedResult, QuestionnaireVersion, Round
from a2p.store.tables import Partnership

NOTHING = Decided(To.REGION)
NOTHING_PUBLIC = Decided(To.PUBLIC)


class Edition(NamedTuple):
    """A result of one closing: its number (None: it was never counted anywhere), whether it is shown, whether it is
    kept or was destroyed. Worked out again without somebody it is there twice, destroyed and kept."""

    number: int | None
    edition: int
    frozen: datetime
    shown: bool
    kept: bool
    partial: bool = False
    sha256: str = ""


@dataclass(frozen=True)
class Asked:
    """One questionnaire of one closed round: its results, and what was decided on showing them to the region, and to
    the public."""

    round_id: int
    partnership_id: int
    version_id: int
    questionnaire: str
    together: bool
    closed: datetime
    editions: list[Edition]
    decided: Decided = NOTHING
    public: Decided = NOTHING_PUBLIC

    @cached_property
    def released(self) -> Released:
        """What the region may see now."""
        return self.decided.released()

    @cached_property
    def level(self) -> int:
        """1 to 4, or 0 where nothing but themes is released."""
        return level_of(self.released)

    @cached_property
    def meant(self) -> Edition | None:
        """The result that is released: the newest that is shown and was there. None where that is destroyed."""
        return _meant(self.editions, self.released)

    def day(self, edition: Edition) -> date:
        """The day on which the round was closed with this result, in Europe/London."""
        is_newest = len(self.editions) == 1 or edition.edition == max(each.edition for each in self.editions)
        moment = self.closed if is_newest else edition.frozen
        return moment.astimezone(LONDON).date()

    def spells(self) -> Iterator[Spell]:
        """Every time in which one of the results was released to the region, counted at least, in order; and every time
        in which a board paper of one was public."""
        for decided in (self.decided, self.public):
            for result, level, since, until in self._times(decided):
                yield Spell(result, level, since, until, decided.to is To.PUBLIC)

    def _times(self, decided: Decided) -> Iterator[tuple[int, int, datetime, datetime | None]]:
        """Number of a result, level, from when and until when."""
        if not decided.decisions:
            return
        moments = {each.decided for each in decided.decisions} | {*decided.reopened}
        if len(self.editions) > 1 or decided.reopened:
            moments |= {each.frozen for each in self.editions}
        begun: tuple[int, int, datetime] | None = None
        for at in sorted(moments):
            state = self._at(decided, at)
            if begun is not None and state != begun[:2]:
                yield *begun, at
                begun = None
            if begun is None and state is not None:
                begun = (*state, at)
        if begun is not None:
            yield *begun, None

    def _at(self, decided: Decided, moment: datetime) -> tuple[int, int] | None:
        """The number of the result that was released at a moment, and the level."""
        then = decided.released(moment)
        level = level_of(then)
        # one that was frozen later can only be meant if it is the only one: a clock that ran behind
        there = [each for each in self.editions if each.frozen <= moment or len(self.editions) == 1]
        meant = _meant(there, then, gone=False) if level else None
        return None if meant is None or meant.number is None else (meant.number, level)


def level_of(released: Released) -> int:
    """1 to 4, or 0 where nothing but themes is released; of a board paper BY_NAME."""
    if released.to is To.PUBLIC:
        return BY_NAME if released.anything else 0
    return int(released.level) if released.level.isdigit() else 0


def _meant(editions: Sequence[Edition], released: Released, *, gone: bool = True) -> Edition | None:
    """The newest shown result of those that a release is of. Of one that is destroyed nothing is left to show; what it
    was (`gone` is False) counts only where it is asked what somebody saw."""
    if len(editions) == 1 and released.until is None:
        (only,) = editions
        return only if only.shown and (only.kept or not gone) else None
    meant = [
        each for each in editions if each.shown and (released.until is None or each.frozen < released.until)
    ]  # the order of SQL: a destroyed result that was worked out again is there, under its number
    if not meant:
        return None
    newest = max(meant, key=lambda each: (each.edition, each.kept))
    return newest if newest.kept or not gone else None


def places_of(session: Session, region_id: int, still: date) -> list[Place]:
    """The partnerships of a region that had not ended before a day, by name."""
    columns = (Partnership.id, Partnership.name, Partnership.kind, Partnership.above_id, Partnership.ended)
    found = session.execute(select(*columns).where(Partnership.region_id == region_id).order_by(Partnership.name)).all()
    above = {row.id: row.above_id for row in found}
    return [
        Place(row.id, row.name, cast("Kind", row.kind), _top(row.id, above))
        for row in found
        if row.ended is None or row.ended >= still
    ]


def place_of(partnership: Partnership) -> Place:
    """One partnership as the region compares it."""
    top = partnership
    while top.above is not None and top.above.region_id == partnership.region_id:
        top = top.above
    return Place(partnership.id, partnership.name, cast("Kind", partnership.kind), top.id)


def _top(id_: int, above: dict[int, int | None]) -> int:
    """The partnership at the top: above it is none, or none of this region."""
    seen = {id_}
    while (upper := above[id_]) is not None and upper in above and upper not in seen:
        seen.add(upper)
        id_ = upper
    return id_


def closed_rounds(session: Session, region_id: int, questionnaires: Collection[str] | None = None) -> list[Asked]:
    """What was asked in the region's rounds that were ever closed, of some questionnaires or (None) of all."""
    decided, public = (decided_of(session, _rounds_of(region_id), to) for to in (To.REGION, To.PUBLIC))
    found: dict[tuple[int, int], Asked] = {}
    for statement, kept in ((_kept(region_id), True), (_destroyed(region_id), False)):
        these = true() if questionnaires is None else QuestionnaireVersion.questionnaire.in_(questionnaires)
        rows = session.execute(statement.where(these))
        for round_id, place, version, questionnaire, together, closed, *edition in rows:
            asked = found.get((round_id, version))
            if asked is None:
                said = decided.get(round_id, NOTHING), public.get(round_id, NOTHING_PUBLIC)
                asked = Asked(round_id, place, version, questionnaire, together, closed or edition[2], [], *said)
                found[round_id, version] = asked
            asked.editions.append(_edition(kept, *edition))
    return list(found.values())


def _edition(
    kept: bool,
    number: int | None,
    edition: int,
    frozen: datetime,
    shown: bool = True,
    partial: bool | None = None,
    sha256: str = "",
) -> Edition:
    return Edition(number, edition, frozen, shown, kept, bool(partial), sha256)


_ASKED = (
    *(Round.id, Round.partnership_id, QuestionnaireVersion.id, QuestionnaireVersion.questionnaire),
    *(Round.together, Round.closed),
)


def _kept(region_id: int) -> Select[*tuple[Any, ...]]:
    score = ResultScore
    columns = (score.result_id, score.edition, score.frozen, score.shown, score.partial, score.sha256)
    return (
        select(*_ASKED, *columns)
        .join_from(Partnership, Round, Round.partnership_id == Partnership.id)
        .join(score, score.round_id == Round.id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == score.version_id)
        .where(Partnership.region_id == region_id)
    )


def _destroyed(region_id: int) -> Select[*tuple[Any, ...]]:
    gone = DestroyedResult
    return (
        select(*_ASKED, gone.result_id, gone.edition, gone.frozen)
        .join_from(gone, Round, (Round.partnership_id == gone.partnership_id) & (Round.id == gone.round_id))
        .join(QuestionnaireVersion, QuestionnaireVersion.id == gone.version_id)
        .where(gone.round_id.in_(_rounds_of(region_id)))
    )


def _rounds_of(region_id: int) -> Select[int]:
    places = Partnership.id == Round.partnership_id
    return select(Round.id).join(Partnership, places).where(Partnership.region_id == region_id)


def versions_by_id(session: Session, ids: Collection[int]) -> dict[int, QuestionnaireVersion]:
    """Questionnaire versions by their numbers."""
    found = session.scalars(select(QuestionnaireVersion).where(QuestionnaireVersion.id.in_(ids)))
    return {version.id: version for version in found}

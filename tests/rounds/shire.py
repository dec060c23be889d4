"""A region of many partnerships for tests: released results with their rows of scores, and nothing behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.definition.model import Kind, Questionnaire
from a2p.region.snapshot import Scope
from a2p.scoring.releases import To
from a2p.store.definitions import publish
from a2p.store.outcome_tables import Release
from a2p.store.region_tables import QuestionScore, ResultScore, SectionScore
from a2p.store.round_tables import QuestionnaireVersion, Result, Round, RoundQuestionnaire
from a2p.store.tables import Installation, Partnership, Region
from tests.builders import definition, scale_question, section

CLOSED = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SCORES = ("40", "100/3", "75", "50", "200/3", "25", "90", "61", "10", "83")


def asked() -> Questionnaire:
    """Two sections, for every kind but local partnerships."""
    kinds: dict[str, Any] = {"for": ["county", "district", "unitary"]}
    return definition(
        section("purpose", scale_question("aim"), scale_question("limits")),
        section("voice", scale_question("heard")),
        **kinds,
    )


@dataclass(frozen=True)
class Shire:
    """A region, and the version that everybody in it is asked."""

    region: Region
    version: QuestionnaireVersion

    @property
    def questionnaire(self) -> str:
        return self.version.questionnaire

    def scope(
        self,
        since: date = date(2026, 1, 1),
        until: date = date(2026, 12, 31),
        kind: Kind | None = None,
        area: int | None = None,
    ) -> Scope:
        """What to count; of the year in which rounds closed, unless said otherwise."""
        return Scope(questionnaires=(self.questionnaire,), since=since, until=until, kind=kind, area=area)


def shire(session: Session, name: str = "Shire") -> Shire:
    """An empty region."""
    if session.scalar(select(Installation.id)) is None:
        session.add(Installation(demo=False))
    region = Region(name=name)
    session.add(region)
    session.flush()
    return Shire(region, publish(session, asked()))


def place(
    session: Session, of: Shire, name: str, kind: str = "district", above: Partnership | None = None
) -> Partnership:
    """A partnership of the region."""
    made = Partnership(region_id=of.region.id, name=name, kind=kind, above=above)
    session.add(made)
    session.flush()
    return made


def closed_round(
    session: Session, of: Shire, at: Partnership, closed: datetime = CLOSED, *, together: bool = False
) -> Round:
    """A closed round, without a result yet."""
    opened = closed - 30 * DAY
    number = session.scalar(select(func.count()).where(Round.partnership_id == at.id))
    made = Round(partnership_id=at.id, name=f"Round {number}", together=together, opened=opened, closed=closed)
    session.add(made)
    session.flush()
    session.add(RoundQuestionnaire(round_id=made.id, version_id=of.version.id, partnership_id=at.id, position=0))
    session.flush()
    return made


def freeze(
    session: Session,
    of: Shire,
    round_: Round,
    scores: Mapping[str, str | None],
    *,
    frozen: datetime | None = None,
    edition: int = 1,
    shown: bool = True,
    partial: bool = False,
) -> Result:
    """A result of a round with these section scores; its document is empty, so that nobody can read it."""
    ids = {"partnership_id": round_.partnership_id, "round_id": round_.id, "version_id": of.version.id}
    frozen = frozen or cast("datetime", round_.closed)
    result = Result(
        **ids, edition=edition, sha256=f"hash {round_.id}/{edition}", document="{}", frozen=frozen, shown=shown
    )
    session.add(result)
    session.flush()
    own = {"result_id": result.id, "partnership_id": round_.partnership_id}
    whole = {"edition": edition, "sha256": result.sha256, "frozen": frozen, "shown": shown, "partial": partial}
    session.add(ResultScore(**ids, **whole, result_id=result.id, score=None, band=None))
    for position, (section_id, score) in enumerate(scores.items()):
        band = None if score is None else "level-2"
        session.add(
            SectionScore(**own, section=section_id, position=position, score=score, band=band, wide=True, gaps=1)
        )
        if score is not None:
            asked_of = {"purpose": "aim", "voice": "heard"}[section_id]
            session.add(QuestionScore(**own, section=section_id, question=asked_of, score=score, points=0, gap=False))
    session.flush()
    return result


def release(
    session: Session,
    round_: Round,
    level: str,
    at: datetime | None = None,
    *,
    lowered: bool = False,
    to: To = To.REGION,
) -> None:
    """Release a round, to the region and five days after it closed unless said otherwise."""
    at = at or cast("datetime", round_.closed) + 5 * DAY
    session.add(
        Release(
            partnership_id=round_.partnership_id,
            round_id=round_.id,
            audience=to.value,
            level=level,
            themes="Themes" if to is To.REGION and level != "0" else "",
            state="confirmed",
            proposed=at if lowered else at - DAY,
            decided=at,
        )
    )
    session.flush()


def released(
    session: Session, of: Shire, at: Partnership, level: str = "1", number: int = 0, closed: datetime = CLOSED
) -> Result:
    """A closed round, its result and its release."""
    round_ = closed_round(session, of, at, closed)
    scores = {"purpose": SCORES[number % len(SCORES)], "voice": SCORES[(number + 3) % len(SCORES)]}
    result = freeze(session, of, round_, scores)
    release(session, round_, level)
    return result


def many(session: Session, of: Shire, levels: Sequence[str], kind: str = "district") -> list[Result]:
    """As many partnerships as levels, each with a round released so."""
    there = session.scalar(select(func.count()).where(Partnership.region_id == of.region.id)) or 0
    return [
        released(session, of, place(session, of, f"{kind.capitalize()} {there + n:03}", kind), level, there + n)
        for n, level in enumerate(levels)
    ]

"""Opening a round: what is asked, how, and until when. A round is fixed by these choices before the first answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.store.base import now
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.round_tables import QuestionnaireVersion, Round, RoundQuestionnaire
from a2p.store.tables import Partnership


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a coordinator chose. `closes` is the last day on which answers are taken, in Europe/London."""

    name: str
    versions: Sequence[QuestionnaireVersion]
    together: bool
    attribution: Literal["private", "open"] = "private"
    message: str = ""
    closes: date | None = None


class RoundClosed(Exception):
    """The round is closed, or past its last day; nothing was changed."""


class NameTaken(Exception):
    """The partnership has a round of this name already."""


def versions_for(session: Session, partnership: Partnership, *, local: bool = False) -> list[QuestionnaireVersion]:
    """The newest published version of each questionnaire that applies to the partnership's kind, in local words if
    asked for and there are any."""
    newest = newest_versions(session, local=local)
    return [version for version in newest if partnership.kind in definition_of(version).kinds]


def open_round(session: Session, partnership: Partnership, plan: RoundPlan, *, at: datetime | None = None) -> Round:
    """Open a round, now unless `at` says otherwise. NameTaken if another of the partnership's rounds has its name.

    ValueError for a questionnaire that is not for the partnership's kind.
    """
    for version in plan.versions:
        if partnership.kind not in definition_of(version).kinds:
            raise ValueError(f"{version.questionnaire} is not for {partnership.kind} partnerships")
    taken = select(Round.id).where(Round.partnership_id == partnership.id, Round.name == plan.name)
    if session.scalar(taken) is not None:
        raise NameTaken(plan.name)
    opened = Round(
        partnership_id=partnership.id,
        name=plan.name,
        together=plan.together,
        attribution=plan.attribution,
        message=plan.message,
        opened=at or now(),
        closes=plan.closes,
    )
    session.add(opened)
    session.flush()
    for position, version in enumerate(plan.versions):
        session.add(
            RoundQuestionnaire(
                round_id=opened.id, version_id=version.id, partnership_id=partnership.id, position=position
            )
        )
    session.flush()
    return opened


def lock(session: Session, round_: Round, *, alone: bool) -> None:
    """Read a round afresh and hold it as it is until the commit: savers together, who closes it `alone`.

    So nothing is saved beside a closing that would not count. SQLite has one writer at a time and needs no more.
    """
    session.refresh(round_, ["closed", "closes"], with_for_update={"read": not alone, "of": Round})


def is_open(round_: Round, on: date) -> bool:
    """Whether answers are still taken on this day."""
    return round_.closed is None and (round_.closes is None or on <= round_.closes)

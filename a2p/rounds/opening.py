"""Opening a round: what is asked, how, from when and until when. A round is fixed by these choices before the first
answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from a2p.store.audit import SYSTEM, Actor, record
from a2p.store.base import LONDON, now, today
from a2p.store.definitions import definition_of, languages_by_base, newest_versions
from a2p.store.letter_tables import RoundReminder
from a2p.store.round_tables import QuestionnaireVersion, Round, RoundQuestionnaire
from a2p.store.tables import Partnership


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a coordinator chose. `opens` is the day from which answers are taken (None: at once) and `closes` the last
    one, both in Europe/London; on `reminders` those who have not submitted are written to."""

    name: str
    versions: Sequence[QuestionnaireVersion]
    together: bool
    attribution: Literal["private", "open"] = "private"
    message: str = ""
    closes: date | None = None
    opens: date | None = None
    reminders: Sequence[date] = ()


class Standing(StrEnum):
    """Where a round stands on a day."""

    PLANNED = "planned"
    OPEN = "open"
    PAST = "past its last day"
    CLOSED = "closed"


class RoundClosed(Exception):
    """The round takes no answers: it is closed, past its last day or not open yet; nothing was changed."""


class PartnershipEnded(Exception):
    """The partnership has had its last day: no round is opened in it."""


class NameTaken(Exception):
    """The partnership has a round of this name already."""


def versions_for(
    session: Session, partnership: Partnership, *, local: bool = False, language: str = ""
) -> list[QuestionnaireVersion]:
    """The newest published version of each questionnaire that applies to the partnership's kind, in local words and in
    a language if asked for and there are any."""
    newest = newest_versions(session, local=local, language=language)
    return [version for version in newest if partnership.kind in definition_of(version).kinds]


@dataclass(frozen=True, slots=True)
class OfferedLanguage:
    """A language other than their own in which some of a partnership's questionnaires can be asked."""

    language: str
    versions: tuple[QuestionnaireVersion, ...]


def languages_for(session: Session, partnership: Partnership) -> list[OfferedLanguage]:
    """The languages that a round can be asked in beside those in which questionnaires are written, each with what is
    there in it."""
    own = {version.questionnaire: version for version in versions_for(session, partnership)}
    there = languages_by_base(session)
    others = {language for each in own.values() for language in there[each.base_sha256] - {each.language}}
    asked = {language: versions_for(session, partnership, language=language) for language in sorted(others)}
    return [
        OfferedLanguage(language, tuple(each for each in versions if each.id != own[each.questionnaire].id))
        for language, versions in asked.items()
    ]


def name_is_taken(session: Session, partnership: Partnership, name: str) -> bool:
    """Whether one of the partnership's rounds has this name."""
    taken = select(Round.id).where(Round.partnership_id == partnership.id, Round.name == name)
    return session.scalar(taken) is not None


def has_ended(partnership: Partnership) -> bool:
    """Whether the partnership has had its last day."""
    return partnership.ended is not None and partnership.ended < today()


def as_planned(partnership: Partnership, plan: RoundPlan, *, at: datetime | None = None) -> Round:
    """The round that a plan would make, kept nowhere: to show what partners will be told of it."""
    return Round(
        partnership_id=partnership.id,
        name=plan.name,
        together=plan.together,
        attribution=plan.attribution,
        message=plan.message,
        opened=at or _opening(plan.opens),
        closes=plan.closes,
    )


def open_round(
    session: Session, partnership: Partnership, plan: RoundPlan, *, at: datetime | None = None, by: Actor = SYSTEM
) -> Round:
    """Open a round, as planned unless `at` says otherwise. NameTaken if another of the partnership's rounds has its
    name; PartnershipEnded. ValueError for a questionnaire that is not for the partnership's kind."""
    # held until the commit: nobody ends the partnership beside it
    session.flush()
    session.refresh(partnership, ["ended"], with_for_update={"of": Partnership})
    if has_ended(partnership):
        raise PartnershipEnded(partnership.name)
    for version in plan.versions:
        if partnership.kind not in definition_of(version).kinds:
            raise ValueError(f"{version.questionnaire} is not for {partnership.kind} partnerships")
    if name_is_taken(session, partnership, plan.name):
        raise NameTaken(plan.name)
    opened = as_planned(partnership, plan, at=at)
    session.add(opened)
    session.flush()
    for position, version in enumerate(plan.versions):
        session.add(
            RoundQuestionnaire(
                round_id=opened.id, version_id=version.id, partnership_id=partnership.id, position=position
            )
        )
    session.flush()
    remind_on(session, opened, plan.reminders)
    done = "planned a round" if is_planned(opened, today()) else "opened a round"
    record(session, done, by=by, of=f"round {opened.id}", partnership_id=partnership.id, detail=_choices(plan))
    return opened


def remind_on(session: Session, round_: Round, days: Iterable[date]) -> None:
    """The days on which those who have not submitted are reminded; they take the place of those chosen before."""
    session.execute(delete(RoundReminder).where(RoundReminder.round_id == round_.id))
    for day in sorted(set(days)):
        session.add(RoundReminder(round_id=round_.id, day=day, partnership_id=round_.partnership_id))
    session.flush()


def reminder_days(session: Session, round_: Round) -> list[date]:
    """The round's reminder days, the first first."""
    found = select(RoundReminder.day).where(RoundReminder.round_id == round_.id).order_by(RoundReminder.day)
    return list(session.scalars(found))


def lock(session: Session, round_: Round, *, alone: bool) -> None:
    """Read a round afresh and hold it as it is until the commit: savers together, who closes it `alone`.

    So nothing is saved beside a closing that would not count. SQLite has one writer at a time and needs no more.
    """
    fresh = ["opened", "closed", "closes"]
    session.refresh(round_, fresh, with_for_update={"read": not alone, "of": Round})


def standing(round_: Round, on: date) -> Standing:
    """Where the round stands on this day."""
    if round_.closed is not None:
        return Standing.CLOSED
    if on < opening_day(round_):
        return Standing.PLANNED
    return Standing.PAST if round_.closes is not None and round_.closes < on else Standing.OPEN


def is_open(round_: Round, on: date) -> bool:
    """Whether answers are taken on this day."""
    return standing(round_, on) is Standing.OPEN


def is_planned(round_: Round, on: date) -> bool:
    """Whether the round is still to open, seen from this day."""
    return standing(round_, on) is Standing.PLANNED


def opening_day(round_: Round) -> date:
    """The first day of the round, in Europe/London."""
    return round_.opened.astimezone(LONDON).date()


def _opening(day: date | None) -> datetime:
    """This moment, or the start of a day that is still to come."""
    if day is None or day <= today():
        return now()
    return datetime.combine(day, time.min, LONDON)


def _choices(plan: RoundPlan) -> dict[str, str | int]:
    return {
        "questionnaires": ", ".join(version.questionnaire for version in plan.versions),
        "language": ", ".join(sorted({version.language for version in plan.versions})),
        "answered": "together" if plan.together else "apart",
        "attribution": plan.attribution,
        "last day": plan.closes.isoformat() if plan.closes else "",
    }

"""Take-up in a region: how many partnerships were asked, answer, have closed and released, by questionnaire and over
time; and what is due. Counts of partnerships, rounds and their days: never an answer.

A few statements, however many partnerships there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from a2p.rounds.regional_rounds import NOTHING
from a2p.rounds.retention import months_after
from a2p.scoring.releases import To, rank
from a2p.store.base import LONDON, today
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.releases import Decided, decided_of
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Round, RoundQuestionnaire
from a2p.store.tables import Partnership

SOON = timedelta(days=14)
A_YEAR = 12
"""Months after which a partnership is asked again."""
AHEAD = timedelta(days=60)
"""How long before that it is said to be due."""
Step: TypeAlias = Literal["month", "quarter"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Partnerships: that somebody was invited in, with a round that takes answers, that closed one, that released
    anything of one to the region, be it themes."""

    invited: int
    open: int
    closed: int
    released: int


@dataclass(frozen=True, slots=True)
class OfQuestionnaire:
    """A questionnaire's take-up until now: of the `partnerships` that it is for and that have not ended, how many were
    ever asked it and so on; `open` and `released` are at present."""

    questionnaire: str
    title: str
    partnerships: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Period:
    """A month or quarter of the calendar, both days included, with what happened in it: partnerships whose round opened
    in it with somebody invited, took answers in it, closed in it, and that released something in it."""

    first: date
    last: date
    counts: Counts


@dataclass(frozen=True, slots=True)
class DueRound:
    """An open round of a partnership that ends soon, or has passed its last day and waits to be closed."""

    partnership_id: int
    partnership: str
    round_id: int
    round: str
    closes: date


@dataclass(frozen=True, slots=True)
class DuePartnership:
    """A partnership that has no open or planned round, and the day on which its newest one closed, if there was one;
    from `again` on it is time for the next."""

    partnership_id: int
    partnership: str
    last_closed: date | None
    again: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """What is due in a region: rounds that end soon; partnerships without a round for a year; and those whose next
    round is due before long, a year after the last."""

    closing: tuple[DueRound, ...]
    without: tuple[DuePartnership, ...]
    again: tuple[DuePartnership, ...]


Stage: TypeAlias = Literal["none", "planned", "open", "closed", "released"]
"""How far a partnership ever came with a questionnaire: a round that opens later is planned."""


class _Held(NamedTuple):
    """A round that asks a questionnaire; once for each. Days are in Europe/London; `released` those on which something
    was released."""

    place: int
    questionnaire: str
    opened: date
    closed: date | None
    invited: bool
    released: tuple[date, ...]
    is_released: bool


Rounds: TypeAlias = tuple[_Held, ...]


def read_rounds(session: Session, region_id: int) -> Rounds:
    """A region's rounds, for a page that tells take-up in several ways and reads them once."""
    return tuple(_held(session, region_id))


def by_questionnaire(session: Session, region_id: int, rounds: Rounds | None = None) -> tuple[OfQuestionnaire, ...]:
    """Take-up of each questionnaire that is offered or was asked, by title; of `rounds` that were read already."""
    of_region = (Partnership.region_id == region_id) & Partnership.ended.is_(None)
    kinds = session.scalars(select(Partnership.kind).where(of_region)).all()
    held = _held(session, region_id) if rounds is None else rounds
    offered = {version.questionnaire: definition_of(version) for version in newest_versions(session)}
    asked = {each.questionnaire for each in held} - offered.keys()
    for version in session.scalars(select(QuestionnaireVersion).where(QuestionnaireVersion.questionnaire.in_(asked))):
        offered.setdefault(version.questionnaire, definition_of(version))
    return tuple(
        OfQuestionnaire(
            id_,
            definition.title,
            sum(kind in definition.kinds for kind in kinds),
            _now([each for each in held if each.questionnaire == id_]),
        )
        for id_, definition in sorted(offered.items(), key=lambda item: item[1].title)
    )


def over_time(
    session: Session,
    region_id: int,
    step: Step = "quarter",
    questionnaire: str | None = None,
    rounds: Rounds | None = None,
) -> tuple[Period, ...]:
    """Take-up of all questionnaires or of one, by the months or quarters from the first round until today; the oldest
    first, those in which nothing happened too."""
    every = _held(session, region_id) if rounds is None else rounds
    held = [each for each in every if questionnaire in (None, each.questionnaire)]
    begun = [each.opened for each in held if each.opened <= today()]
    return tuple(
        Period(first, last, _in_period(held, first, last))
        for first, last in (_periods(min(begun), step) if begun else ())
    )


def stages(session: Session, region_id: int) -> dict[tuple[int, str], Stage]:
    """How far each partnership ever came, by its number and the questionnaire's id; not there where it has no round."""
    found: dict[tuple[int, str], Stage] = {}
    order = ("none", "planned", "open", "closed", "released")
    for each in _held(session, region_id):
        key = each.place, each.questionnaire
        found[key] = max(_stage(each), found.get(key, "none"), key=order.index)
    return found


def _stage(held: _Held) -> Stage:
    if held.is_released:
        return "released"
    if held.closed is not None:
        return "closed"
    return "open" if held.opened <= today() else "planned"


def due(session: Session, region_id: int) -> Due:
    """What is due today."""
    rows: Iterable[tuple[int, str, int | None, str, date | None, datetime | None]] = session.execute(
        select(Partnership.id, Partnership.name, Round.id, Round.name, Round.closes, Round.closed)
        .join_from(Partnership, Round, Round.partnership_id == Partnership.id, isouter=True)
        .where(Partnership.region_id == region_id, Partnership.ended.is_(None))
        .order_by(Partnership.name, Partnership.id, Round.id)
    )
    closing: list[DueRound] = []
    names: dict[int, str] = {}
    newest: dict[int, date] = {}
    busy: set[int] = set()
    for place, name, round_id, round_name, closes, closed in rows:
        names[place] = name
        if closed is not None:
            newest[place] = max(newest.get(place, date.min), _day(closed))
        elif round_id is not None:
            busy.add(place)
            if closes is not None and closes <= today() + SOON:
                closing.append(DueRound(place, name, round_id, round_name, closes))
    free = [_due_again(place, name, newest.get(place)) for place, name in names.items() if place not in busy]
    late = tuple(each for each in free if each.again is None or each.again <= today())
    soon = tuple(each for each in free if each.again is not None and today() < each.again <= today() + AHEAD)
    return Due(tuple(sorted(closing, key=lambda each: (each.closes, each.partnership))), late, soon)


def _due_again(place: int, name: str, last: date | None) -> DuePartnership:
    return DuePartnership(place, name, last, months_after(last, A_YEAR) if last else None)


def _held(session: Session, region_id: int) -> list[_Held]:
    """Every round of the region, once for each questionnaire that it asks."""
    of_region = select(Round.id).join(Partnership, Partnership.id == Round.partnership_id)
    decided = decided_of(session, of_region.where(Partnership.region_id == region_id), To.REGION)
    invited = exists().where(Invitation.round_id == Round.id, Invitation.withdrawn.is_(None))
    rows = session.execute(
        select(
            *(Round.id, Round.partnership_id, QuestionnaireVersion.questionnaire),
            *(Round.opened, Round.closed, invited.label("invited")),
        )
        .join_from(Partnership, Round, Round.partnership_id == Partnership.id)
        .join(RoundQuestionnaire, RoundQuestionnaire.round_id == Round.id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == RoundQuestionnaire.version_id)
        .where(Partnership.region_id == region_id)
    )
    return [
        _Held(
            place,
            questionnaire,
            _day(opened),
            None if closed is None else _day(closed),
            asked or closed is not None,
            *_releases(decided.get(round_id, NOTHING)),
        )
        for round_id, place, questionnaire, opened, closed, asked in rows
    ]


def _releases(decided: Decided) -> tuple[tuple[date, ...], bool]:
    """When something was released, and whether anything is now."""
    days = (_day(each.decided) for each in decided.decisions if rank(To.REGION, each.level) > 0)
    return tuple(days), decided.released().anything


def _now(held: Sequence[_Held]) -> Counts:
    opened = [each for each in held if each.opened <= today()]
    return Counts(
        _places_where(opened, lambda each: each.invited),
        _places_where(opened, lambda each: each.closed is None),
        _places_where(held, lambda each: each.closed is not None),
        _places_where(held, lambda each: each.is_released),
    )


def _in_period(held: Sequence[_Held], first: date, last: date) -> Counts:
    until = min(last, today())

    def within(day: date | None) -> bool:
        return day is not None and first <= day <= until

    return Counts(
        _places_where(held, lambda each: each.invited and within(each.opened)),
        _places_where(held, lambda each: each.opened <= until and (each.closed is None or each.closed >= first)),
        _places_where(held, lambda each: within(each.closed)),
        _places_where(held, lambda each: any(map(within, each.released))),
    )


def _places_where(held: Iterable[_Held], is_so: Callable[[_Held], bool]) -> int:
    return len({each.place for each in held if is_so(each)})


def _periods(since: date, step: Step) -> Iterator[tuple[date, date]]:
    months = 1 if step == "month" else 3
    first = date(since.year, since.month - (since.month - 1) % months, 1)
    while first <= today():
        following = months_after(first, months)
        yield first, following - timedelta(days=1)
        first = following


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()

"""The region's calendar: open and planned rounds, and when bodies that sit in many partnerships are asked by several.

Partnerships, questionnaires, days and sectors only: never a person, an organisation or an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from a2p.rounds.opening import opening_day
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Organisation, Partnership

SHARED_SECTORS = ("police", "fire", "health", "county-council")
SEVERAL = 3
WITHOUT_LAST_DAY = timedelta(days=28)
AHEAD = timedelta(days=366)  # a last day may be mistyped by a thousand years
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Entry:
    """A round in the calendar. `closes` is None where no last day is set; `sectors` are those of who is asked, or of
    the partnership's organisations while nobody is invited."""

    partnership: Partnership
    titles: tuple[str, ...]
    opens: date
    closes: date | None
    sectors: frozenset[str]

    def runs(self, first: date, last: date) -> bool:
        """Whether answers are taken on some day from `first` to `last`."""
        return self.opens <= last and first <= self.end

    @property
    def end(self) -> date:
        """The last day; without one, four weeks on are taken for it."""
        return self.closes or max(self.opens, today()) + WITHOUT_LAST_DAY


@dataclass(frozen=True, slots=True)
class Month:
    """A month (its first day) with the rounds that run in it."""

    first: date
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many partnerships ask one sector in the weeks from the Monday `first` to the Monday `last`."""

    sector: str
    first: date
    last: date
    partnerships: tuple[str, ...]


def calendar_of(session: Session, region_id: int) -> tuple[Entry, ...]:
    """The region's rounds that take answers or will, by their first day and their partnership's name."""
    rounds = session.scalars(
        select(Round)
        .join(Partnership, Partnership.id == Round.partnership_id)
        .where(Partnership.region_id == region_id, Partnership.ended.is_(None), Round.closed.is_(None))
        .where(or_(Round.closes.is_(None), Round.closes >= today()))
        .options(joinedload(Round.partnership), selectinload(Round.versions))
    ).all()
    asked = _sectors_asked(session, [round_.id for round_ in rounds])
    there = sectors_of(session, {round_.partnership_id for round_ in rounds})
    entries = (_entry(round_, asked.get(round_.id) or there.get(round_.partnership_id, set())) for round_ in rounds)
    return tuple(sorted(entries, key=lambda entry: (entry.opens, entry.partnership.name)))


def sectors_of(session: Session, partnerships: Iterable[int]) -> dict[int, set[str]]:
    """The sectors of the partnerships' organisations, by partnership id."""
    rows = session.execute(
        select(Organisation.partnership_id, Organisation.sector)
        .where(Organisation.partnership_id.in_(list(partnerships)), Organisation.merged_into_id.is_(None))
        .distinct()
    )
    return _gathered((row.partnership_id, row.sector) for row in rows)


def by_month(entries: Sequence[Entry]) -> tuple[Month, ...]:
    """The rounds under every month in which they run, from this month on and for a year."""
    if not entries:
        return ()
    months, first, end = [], today().replace(day=1), min(max(entry.end for entry in entries), today() + AHEAD)
    while first <= end:
        following = (first + timedelta(days=32)).replace(day=1)
        months.append(Month(first, tuple(each for each in entries if each.runs(first, following - timedelta(days=1)))))
        first = following
    return tuple(month for month in months if month.entries)


def crowds(entries: Sequence[Entry]) -> tuple[Crowd, ...]:
    """Where at least three partnerships ask the same sector in one week, from this week on and for a year; weeks alike
    are joined."""
    found = (crowd for sector in SHARED_SECTORS for crowd in _crowds(sector, entries))
    return tuple(sorted(found, key=lambda crowd: (crowd.first, -len(crowd.partnerships))))


def _crowds(sector: str, entries: Sequence[Entry]) -> Iterator[Crowd]:
    asking = [entry for entry in entries if sector in entry.sectors]
    monday = today() - timedelta(days=today().weekday())
    end = min(max((each.end for each in asking), default=date.min), today() + AHEAD)
    running: Crowd | None = None
    while monday <= end:
        names = sorted({each.partnership.name for each in asking if each.runs(max(monday, today()), monday + 6 * DAY)})
        if running and tuple(names) == running.partnerships:
            running = Crowd(sector, running.first, monday, running.partnerships)
        else:
            if running:
                yield running
            running = Crowd(sector, monday, monday, tuple(names)) if len(names) >= SEVERAL else None
        monday += WEEK
    if running:
        yield running


def _entry(round_: Round, sectors: Iterable[str]) -> Entry:
    titles = tuple(definition_of(version).title for version in round_.versions)
    return Entry(round_.partnership, titles, opening_day(round_), round_.closes, frozenset(sectors))


def _sectors_asked(session: Session, rounds: Sequence[int]) -> dict[int, set[str]]:
    rows = session.execute(
        select(Invitation.round_id, Organisation.sector)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.round_id.in_(rounds), Invitation.withdrawn.is_(None))
        .distinct()
    )
    return _gathered((row.round_id, row.sector) for row in rows)


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for key, sector in pairs:
        found.setdefault(key, set()).add(sector)
    return found

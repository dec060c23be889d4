"""The audit log as people read it: sentences with the names looked up now, since the log itself holds none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, String, Table, cast, func, select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.store.audit import BOARD_MEMBER, FIRST, first_broken
from a2p.store.base import LONDON, table_of
from a2p.store.letter_tables import AuditEvent
from a2p.store.round_tables import Invitation, QuestionnaireVersion, Response, Result, Round
from a2p.store.tables import Contact, Grant, Organisation, Partnership, Person, Region

PAGE = 50
# The last words of actions that a name follows; after others it stands behind a colon.
_LEAD_ON = frozenset(
    {
        *("to", "of", "for", "from", "the", "round", "person", "partnership", "region", "questionnaire"),
        *("organisation", "coordinator", "invitation"),
    }
)
_NUMBERED = re.compile(r"(.+) ([0-9]+)")
_VERSION = QuestionnaireVersion.questionnaire + " version " + cast(QuestionnaireVersion.version, String)
# How the names of each kind of object are found, and the table that its numbers are of.
_KINDS: Mapping[str, tuple[Table, Select[int, str]]] = {
    "person": (table_of(Person), select(Person.id, Person.name)),
    "partnership": (table_of(Partnership), select(Partnership.id, Partnership.name)),
    "region": (table_of(Region), select(Region.id, Region.name)),
    "version": (table_of(QuestionnaireVersion), select(QuestionnaireVersion.id, _VERSION)),
    "round": (table_of(Round), select(Round.id, Round.name)),
    "invitation": (table_of(Invitation), select(Invitation.id, Invitation.name)),
    "organisation": (table_of(Organisation), select(Organisation.id, Organisation.name)),
    "contact": (table_of(Contact), select(Contact.id, Contact.name)),
    "grant": (table_of(Grant), select(Grant.id, Person.name).join(Person, Person.id == Grant.person_id)),
    "result": (table_of(Result), select(Result.id, Round.name).join(Round, Round.id == Result.round_id)),
    "response": (
        table_of(Response),
        select(Response.id, Invitation.name).join(Invitation, Invitation.id == Response.invitation_id),
    ),
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events: of a partnership (None: of all), with an action, on a day in London; the page from 1."""

    partnership_id: int | None = None
    action: str = ""
    day: date | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """An event in words: who (and what they were) did what to what, in which partnership ("" in none)."""

    number: int
    at: datetime
    who: str
    role: str
    action: str
    about: str
    place: str
    details: tuple[tuple[str, str | date], ...]

    @property
    def sentence(self) -> str:
        """Such as: Carys Marsh (coordinator) closed the round Spring 2026."""
        role = f" ({self.role})" if self.role else ""
        if not self.about:
            return f"{self.who}{role} {self.action}"
        leads_on = self.action.rsplit(" ", 1)[-1] in _LEAD_ON
        return f"{self.who}{role} {self.action}{' ' if leads_on else ': '}{self.about}"


@dataclass(frozen=True, slots=True)
class Chain:
    """How many events there are, the hash of the last, and the first that doesn't follow (None: the chain is whole)."""

    events: int
    head: str
    broken: int | None


def chain(session: Session) -> Chain:
    """Read every event and follow the chain. The head's hash, kept elsewhere, shows later if the end was cut off."""
    head = session.scalar(select(AuditEvent.hash).order_by(AuditEvent.id.desc()).limit(1))
    return Chain(
        session.scalar(select(func.count()).select_from(AuditEvent)) or 0, head or FIRST, first_broken(session)
    )


def actions(session: Session) -> list[str]:
    """Every action that is in the log, by the alphabet."""
    return list(session.scalars(select(AuditEvent.action).distinct().order_by(AuditEvent.action)))


def lines(session: Session, asked: Asked) -> tuple[list[Line], int]:
    """A page of events, newest first, and how many there are in all."""
    found = _found(asked)
    number = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    newest_first = found.order_by(AuditEvent.id.desc()).limit(PAGE).offset(PAGE * (asked.page - 1))
    return _told(session, session.scalars(newest_first).all(), asked.partnership_id), number


def every_line(session: Session, partnership_id: int | None = None) -> Iterator[Line]:
    """Every event, oldest first, read in parts."""
    after = 0
    while True:
        found = _found(Asked(partnership_id)).where(AuditEvent.id > after).order_by(AuditEvent.id).limit(500)
        told = _told(session, session.scalars(found).all(), partnership_id)
        if not told:
            return
        yield from told
        after = told[-1].number


def _found(asked: Asked) -> Select[AuditEvent]:
    found = select(AuditEvent)
    if asked.partnership_id is not None:
        found = found.where(AuditEvent.partnership_id == asked.partnership_id)
    if asked.action:
        found = found.where(AuditEvent.action == asked.action)
    if asked.day is not None:
        begin = datetime.combine(asked.day, time(), LONDON)
        end = datetime.combine(asked.day + timedelta(days=1), time(), LONDON)
        found = found.where(AuditEvent.at >= begin, AuditEvent.at < end)
    return found


def _told(session: Session, events: Sequence[AuditEvent], partnership_id: int | None) -> list[Line]:
    names = _Names(session, partnership_id)
    names.look_up("person", {each.person_id for each in events if each.person_id is not None})
    names.look_up("partnership", {each.partnership_id for each in events if each.partnership_id is not None})
    for kind, number in map(_numbered, events):
        names.wanted.setdefault(kind, set()).add(number)
    for kind, numbers in names.wanted.items():
        names.look_up(kind, numbers)
    return [_line(each, names) for each in events]


def _numbered(event: AuditEvent) -> tuple[str, int]:
    """The kind and number of an event's object; ("", 0) for one without."""
    found = _NUMBERED.fullmatch(event.object)
    return (found[1], int(found[2])) if found else ("", 0)


def _line(event: AuditEvent, names: _Names) -> Line:
    about = names.of(*_numbered(event)) or event.object
    who, role = _who(event, names, about)
    place = names.of("partnership", event.partnership_id or 0)
    return Line(
        event.id,
        event.at,
        who,
        role,
        event.action,
        "" if who == about else about,
        place,
        tuple((key, _value(value)) for key, value in json.loads(event.detail).items()),
    )


def _who(event: AuditEvent, names: _Names, about: str) -> tuple[str, str]:
    if event.person_id is not None:
        return names.of("person", event.person_id) or f"person {event.person_id}", event.actor
    if event.actor == Role.RESPONDENT:
        is_theirs = event.object.startswith(("invitation ", "response "))
        return (about, "respondent") if is_theirs and about != event.object else ("A respondent", "")
    if event.actor == BOARD_MEMBER.role:
        return "A board member by a mailed link", ""
    return "The site itself", ""


def _value(value: str | int) -> str | date:
    return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else str(value)


class _Names:
    """Names by kind and number, looked up a kind at a time; for one partnership's log within that partnership."""

    def __init__(self, session: Session, partnership_id: int | None) -> None:
        self.session = session
        self.partnership_id = partnership_id
        self.wanted: dict[str, set[int]] = {}
        self.found: dict[tuple[str, int], str] = {}

    def of(self, kind: str, number: int) -> str:
        """The name, or ""."""
        return self.found.get((kind, number), "")

    def look_up(self, kind: str, numbers: set[int]) -> None:
        """Find the names of these numbers of a kind, in one statement."""
        if kind not in _KINDS:
            return
        table, names = _KINDS[kind]
        found = names.where(table.c.id.in_([each for each in numbers if (kind, each) not in self.found]))
        if self.partnership_id is not None and "partnership_id" in table.c:
            found = found.where(table.c.partnership_id == self.partnership_id)
        for number, name in self.session.execute(found):
            self.found[kind, number] = name

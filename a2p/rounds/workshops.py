"""The workshops that were held on a closed round: the day, the place, who came, a note, and what was left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from a2p.rounds.opening import lock
from a2p.scoring.partners import name_key
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.outcome_tables import Attendee, Workshop
from a2p.store.round_tables import Round


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who came, and where the workshop's record is to be sent, if anywhere. `email` is normal, or ""."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is kept of a workshop. `people` is how many came (None: not said), of whom some may be `attendees`.

    `organisations` are names, each once, in their order (see `in_order`).
    """

    held: date
    place: str = ""
    organisations: tuple[str, ...] = ()
    people: int | None = None
    attendees: tuple[Named, ...] = ()
    note: str = ""
    unsettled: str = ""


class Clash(Exception):
    """Somebody else changed the workshop meanwhile; `workshop` is as it stands now."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__()
        self.workshop = workshop


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Names of organisations, each once, by the alphabet."""
    found = {name_key(name): name for name in names}
    return tuple(found[key] for key in sorted(found))


def workshops_of(session: Session, round_: Round) -> list[Workshop]:
    """The workshops held on a round, the first first."""
    found = select(Workshop).where(Workshop.round_id == round_.id)
    return list(session.scalars(found.order_by(Workshop.held, Workshop.id)))


def meeting_of(session: Session, workshop: Workshop) -> Meeting:
    """What is kept of a workshop, with the attendees by name."""
    return Meeting(
        workshop.held,
        workshop.place,
        tuple(workshop.organisations.splitlines()),
        workshop.people,
        _by_name(Named(each.name, each.email) for each in _attendees(session, workshop)),
        workshop.note,
        workshop.unsettled,
    )


def add_workshop(session: Session, round_: Round, meeting: Meeting, by: Actor) -> Workshop:
    """Record a workshop. One that is recorded already, in every word, is not recorded twice."""
    lock(session, round_, alone=True)
    for known in workshops_of(session, round_):
        if _same(meeting_of(session, known), meeting):
            return known
    added = Workshop(partnership_id=round_.partnership_id, round_id=round_.id, edition=0, held=meeting.held)
    session.add(added)
    _write(session, added, meeting, by, "recorded a workshop")
    return added


def change_workshop(session: Session, workshop: Workshop, meeting: Meeting, seen: int, by: Actor) -> bool:
    """Change a workshop that was seen at the edition `seen`; False if there was nothing to change.

    Clash, with nothing written, if it stands otherwise by now.
    """
    session.refresh(workshop, with_for_update=True)
    if _same(meeting_of(session, workshop), meeting):
        return False
    if workshop.edition != seen:
        raise Clash(workshop)
    _write(session, workshop, meeting, by, "changed a workshop")
    return True


def differences(mine: Meeting, stored: Meeting) -> Sequence[str]:
    """The names of what differs between two accounts of a workshop."""
    mine = _sorted(mine)
    return [each.name for each in fields(Meeting) if getattr(mine, each.name) != getattr(stored, each.name)]


def _same(stored: Meeting, given: Meeting) -> bool:
    return not differences(given, stored)


def _sorted(meeting: Meeting) -> Meeting:
    return replace(meeting, organisations=in_order(meeting.organisations), attendees=_by_name(meeting.attendees))


def _by_name(attendees: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(sorted(attendees, key=lambda each: (name_key(each.name), each.email)))


def _attendees(session: Session, workshop: Workshop) -> Sequence[Attendee]:
    return session.scalars(select(Attendee).where(Attendee.workshop_id == workshop.id)).all()


def _write(session: Session, workshop: Workshop, meeting: Meeting, by: Actor, what: str) -> None:
    workshop.held, workshop.place, workshop.people = meeting.held, meeting.place, meeting.people
    workshop.organisations = "\n".join(in_order(meeting.organisations))
    workshop.note, workshop.unsettled = meeting.note, meeting.unsettled
    workshop.edition, workshop.at, workshop.person_id = workshop.edition + 1, now(), by.person_id
    session.flush()
    session.execute(delete(Attendee).where(Attendee.workshop_id == workshop.id))
    session.add_all(
        Attendee(partnership_id=workshop.partnership_id, workshop_id=workshop.id, name=each.name, email=each.email)
        for each in meeting.attendees
    )
    detail: dict[str, str | int] = {"round": workshop.round_id}
    record(session, what, by=by, of=f"workshop {workshop.id}", partnership_id=workshop.partnership_id, detail=detail)

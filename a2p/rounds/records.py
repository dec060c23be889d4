"""The record of a workshop, sent to those who came and left an address: for correction, then final; a version once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from a2p.store.audit import Actor, record
from a2p.store.letter_tables import Letter
from a2p.store.letters import Draft, write_letter
from a2p.store.outcome_tables import Attendee, Workshop

PURPOSE = "record"
DRAFT, FINAL = "draft", "final"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a record: a draft or final, the hash of what it is made from, the jobs that make its documents."""

    draft: bool
    digest: str
    jobs: tuple[int, ...]

    @property
    def name(self) -> str:
        """`draft` or `final`."""
        return DRAFT if self.draft else FINAL


def addresses_of(session: Session, workshop: Workshop) -> tuple[str, ...]:
    """Where the record goes: the addresses of those who came, each once."""
    given = select(Attendee.email).where(Attendee.workshop_id == workshop.id, Attendee.email != "")
    return tuple(sorted(set(session.scalars(given))))


def send_record(session: Session, workshop: Workshop, version: Version, by: Actor) -> int:
    """Write a letter with this version to everybody who came and left an address, but for those who have it already.
    Returns how many were written. `by` is a person: replies go to them."""
    if by.person_id is None:
        raise ValueError("a record is sent by a person")
    options: dict[str, str | int] = {
        "workshop_id": workshop.id,
        "by": by.person_id,
        "draft": int(version.draft),
        "jobs": ",".join(str(job) for job in version.jobs),
    }
    written = 0
    for address in addresses_of(session, workshop):
        key = f"{_key(workshop.id)}{version.name}/{version.digest[:16]}/{_short(address)}"
        draft = Draft(PURPOSE, key, address, workshop.partnership_id, options=options)
        written += write_letter(session, draft) is not None
    if written:
        record(
            session,
            "sent the record of a workshop",
            by=by,
            of=f"workshop {workshop.id}",
            partnership_id=workshop.partnership_id,
            detail={"letters": written, "as": version.name},
        )
    return written


def letters_of(session: Session, workshop: Workshop) -> Sequence[Letter]:
    """The letters with a workshop's record that were not erased, the newest first."""
    return session.scalars(select(Letter).where(of_workshop(workshop.id)).order_by(Letter.id.desc())).all()


def is_draft(letter: Letter) -> bool:
    """Whether a letter brought the record as a draft."""
    return letter.key.split("/")[2] == DRAFT


def of_workshop(workshop_id: int) -> ColumnElement[bool]:
    """The letters that brought a workshop's record."""
    return (Letter.purpose == PURPOSE) & Letter.key.startswith(_key(workshop_id), autoescape=True)


def _key(workshop_id: int) -> str:
    return f"{PURPOSE}/{workshop_id}/"


def _short(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:16]

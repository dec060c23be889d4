"""Somebody about whom the site holds everything it can hold: for the tests of erasing and of what a person may see."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from a2p.access import sessions
from a2p.store.access_tables import SignInLink
from a2p.store.base import now
from a2p.store.erasures import ErasureList
from a2p.store.letter_tables import Letter
from a2p.store.outcome_tables import ActionItem, Attendee, Release, Workshop
from a2p.store.region_tables import Associate, Introduction
from a2p.store.round_tables import AnswerRow, Invitation
from a2p.store.tables import Contact
from a2p.store.tokens import new_token, token_hash
from tests.ordered import order_report
from tests.site import Place

EMAIL = "Ben.Ashby@example.org"
NAME = "Ben Ashby"
LONG_AFTER = date(2999, 1, 1)


def make_known(session: Session, place: Place, email: str = EMAIL, name: str = NAME) -> list[Invitation]:
    """Make the first invited of both rounds this person, with a contact, letters, a link, an opened browser, an
    action, a release to confirm, a workshop they came to, and days that they offer as an associate.

    Returns the invitations: to the closed round, where they answered, and to the open one, where they began to.
    """
    invitations = [place.answered[0], place.invited[0].invitation]
    contact = Contact(
        partnership_id=place.partnership.id, organisation_id=invitations[0].organisation_id, name=name, email=email
    )
    session.add(contact)
    session.flush()
    for number, invitation in enumerate(invitations):
        invitation.name, invitation.contact_id = name, contact.id
        invitation.email = email.lower() if number else email.upper()
        letter = Letter(
            key=f"invitation/{email}/{invitation.id}",
            purpose="invitation",
            address=email,
            partnership_id=place.partnership.id,
            invitation_id=invitation.id,
            state="queued" if number else "sent",
            answer=f"250 {email} is welcome",
        )
        session.add(letter)
        sessions.bind_invitation(session, None, invitation)
    expires = now() + timedelta(minutes=20)
    session.add(
        SignInLink(email=email, token_hash=token_hash(new_token()), code_hash=token_hash(new_token()), expires=expires)
    )
    session.add(
        ActionItem(
            partnership_id=place.partnership.id,
            round_id=place.closed.id,
            what=f"{place.mark}: publish the aims",
            owner=name,
            owner_email=email,
            due=LONG_AFTER,
        )
    )
    session.add(
        Release(
            partnership_id=place.partnership.id,
            round_id=place.closed.id,
            audience="region",
            level="2",
            confirmer=name,
            confirmer_email=email,
            token_hash=token_hash(new_token()),
        )
    )
    workshop = Workshop(partnership_id=place.partnership.id, round_id=place.closed.id, held=LONG_AFTER)
    session.add(workshop)
    session.flush()
    for address in (email, ""):
        session.add(Attendee(partnership_id=place.partnership.id, workshop_id=workshop.id, name=name, email=address))
    _make_associate(session, place, email, name)
    session.flush()
    return invitations


def _make_associate(session: Session, place: Place, email: str, name: str) -> None:
    region = place.partnership.region_id
    associate = Associate(
        region_id=region,
        name=name,
        email=email,
        organisation=f"{name}'s practice",
        days=5,
        about=f"{name} chaired one",
        sections='["aspire/purpose"]',
        token_hash=token_hash(new_token()),
        agreed=now(),
    )
    session.add(associate)
    session.flush()
    section = "aspire/purpose"
    session.add(
        Introduction(region_id=region, section=section, asker_id=place.partnership.id, associate_id=associate.id)
    )


def list_in(folder: Path) -> ErasureList:
    """The erasure list of a data folder, with a secret key of the tests."""
    return ErasureList(folder / "erased.jsonl", "s" * 40)


def finished_report(session: Session, place: Place, documents: Path) -> Path:
    """A finished report of the closed round's result."""
    documents.mkdir(exist_ok=True)
    job = order_report(session, place.result, place.coordinator.id, documents)
    job.state, job.file = "done", "report.pdf"
    session.flush()
    (documents / "report.pdf").write_bytes(b"%PDF")
    return documents / "report.pdf"


def everything(session: Session) -> str:
    """All that the database says, in one text, to look for what should not be there any more."""
    metadata = AnswerRow.metadata
    rows = (row for table in metadata.sorted_tables for row in session.execute(table.select()))
    return "\n".join(str(tuple(row)) for row in rows)

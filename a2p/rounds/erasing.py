"""Erasing a person who asks for it, and doing erasures again in a database that was restored from before them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from a2p.rounds.belongings import Belongings, of_address, of_erasure
from a2p.rounds.blanking import (
    NAME,
    blank_associates,
    blank_confirmers,
    blank_invitations,
    blank_letters,
    forget_attendees,
    forget_names,
)
from a2p.rounds.opening import lock
from a2p.rounds.retention import erase_round_again
from a2p.rounds.successors import Replaced, replace_results
from a2p.store.access_tables import Session as BrowserSession
from a2p.store.access_tables import SignInLink
from a2p.store.audit import SYSTEM, Actor, record
from a2p.store.base import now, today
from a2p.store.erasures import ERASED_A_PERSON, Erasure, ErasureList, unseen
from a2p.store.letter_tables import Letter
from a2p.store.outcome_tables import Release
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Contact, Grant, Person


class NothingHeld(Exception):
    """Nothing is held about this address."""


class LastAdministrator(Exception):
    """The person is the installation's only administrator: somebody else has to be made one first."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased. `files` lie in the documents folder and are to be removed there after the commit."""

    account: bool
    contacts: int
    invitations: int
    answers: int
    letters: int
    recomputed: int
    destroyed: int
    files: tuple[str, ...]


def refuse_last_administrator(session: Session, person: Person | None) -> None:
    """LastAdministrator if nobody else could administer this installation."""
    in_force = select(Grant.person_id).where(
        Grant.role == "administrator",
        Grant.confirmed.is_not(None),
        Grant.ended.is_(None),
        Grant.starts <= today(),
        or_(Grant.ends.is_(None), Grant.ends >= today()),
    )
    if person is not None and set(session.scalars(in_force)) == {person.id}:
        raise LastAdministrator


def erase_person(session: Session, email: str, erasures: ErasureList, *, by: Actor = SYSTEM) -> Erased:
    """Erase all that is held about an address. Commit at once, then remove the files.

    NothingHeld if there is nothing; LastAdministrator if that is who it is. Results that count the person are computed
    again without them. The erasure list has its line before this returns.
    """
    theirs = of_address(session, email)
    if not theirs:
        raise NothingHeld
    refuse_last_administrator(session, theirs.person)
    line = erasures.of_person(
        email,
        theirs.person.id if theirs.person else None,
        [contact.id for contact in theirs.contacts],
        [invitation.id for invitation in theirs.invitations],
    )
    erased = _erase(session, theirs, line, by)
    erasures.add(line)
    return erased


def replay(session: Session, erasures: ErasureList) -> list[Erased]:
    """Do again what the list has and this database knows nothing of. Returns what was erased of each person."""
    done = []
    for line in unseen(session, erasures.read()):
        if line.round is not None:
            erase_round_again(session, line)
        else:
            done.append(_erase(session, of_erasure(session, line, erasures.hash_of), line, SYSTEM))
    return done


def _erase(session: Session, theirs: Belongings, line: Erasure, by: Actor) -> Erased:
    rounds = _locked_rounds(session, theirs.invitations)
    forget_names(session, theirs.names, theirs.partnership_ids)
    blank_confirmers(session, Release.id.in_(theirs.releases))
    forget_attendees(session, theirs.attendees)
    blank_associates(session, theirs.associates)
    letters = blank_letters(session, Letter.id.in_([letter.id for letter in theirs.letters]))
    blanked = blank_invitations(session, theirs.invitations, withdraw=True)
    replaced = [_without(session, round_, theirs.invitations, by, line) for round_ in rounds]
    _delete_contacts(session, [contact.id for contact in theirs.contacts])
    _forget_the_owner(theirs)
    links = [link.id for link in theirs.sign_in_links]
    session.execute(delete(SignInLink).where(SignInLink.id.in_(links)))
    if theirs.person is not None:
        _close_account(session, theirs.person)
    erased = Erased(
        account=theirs.person is not None,
        contacts=len(theirs.contacts),
        invitations=blanked.invitations,
        answers=blanked.answers,
        letters=letters + blanked.letters,
        recomputed=sum(each.recomputed for each in replaced),
        destroyed=sum(each.destroyed for each in replaced),
        files=(*blanked.files, *(file for each in replaced for file in each.files)),
    )
    _tell(session, erased, theirs.person, by, line)
    session.flush()
    return erased


def _locked_rounds(session: Session, invitations: Collection[Invitation]) -> list[Round]:
    """The rounds in the order of their numbers, so that two who erase never wait for each other in a circle."""
    rounds = sorted({invitation.round for invitation in invitations}, key=lambda round_: round_.id)
    for round_ in rounds:
        lock(session, round_, alone=True)
    return rounds


def _without(
    session: Session, round_: Round, invitations: Collection[Invitation], by: Actor, line: Erasure
) -> Replaced:
    gone = [invitation.id for invitation in invitations if invitation.round_id == round_.id and not round_.together]
    return replace_results(session, round_, gone, by=by, erasure=line.id)


def _delete_contacts(session: Session, ids: Collection[int]) -> None:
    session.execute(update(Invitation).where(Invitation.contact_id.in_(ids)).values(contact_id=None))
    session.execute(delete(Contact).where(Contact.id.in_(ids)))


def _forget_the_owner(theirs: Belongings) -> None:
    """Actions are the partnership's and stay, without whose they were."""
    for action in theirs.actions:
        action.owner, action.owner_email = NAME, ""


def _close_account(session: Session, person: Person) -> None:
    """The row stays, for the audit log names people by number; nobody can sign in by it."""
    person.name, person.email = NAME, f"erased-{person.id}@erased.invalid"
    person.second_factor = person.single_sign_on = None
    person.second_factor_used = 0
    session.execute(update(Grant).where(Grant.person_id == person.id, Grant.ended.is_(None)).values(ended=now()))
    session.execute(delete(BrowserSession).where(BrowserSession.person_id == person.id))


def _tell(session: Session, erased: Erased, person: Person | None, by: Actor, line: Erasure) -> None:
    detail: dict[str, str | int] = {
        "erasure": line.id,
        "contacts": erased.contacts,
        "invitations": erased.invitations,
        "answers": erased.answers,
        "results": erased.recomputed + erased.destroyed,
    }
    record(session, ERASED_A_PERSON, by=by, of=f"person {person.id}" if person else "", detail=detail)

"""Passing an invitation to a deputy, who answers afresh by a link of their own; the one who passes it on is out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.rounds.inviting import AnsweredTogether, withdraw
from a2p.rounds.opening import RoundClosed, is_open, lock
from a2p.store.audit import RESPONDENT, record
from a2p.store.base import today
from a2p.store.letters import Draft, write_letter
from a2p.store.round_tables import Invitation, InvitationQuestionnaire, Response


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who is to answer instead: their name, and their e-mail address in small letters."""

    name: str
    email: str


class AlreadySubmitted(Exception):
    """What was submitted is counted: it can't be passed on any more."""


class AddressTaken(Exception):
    """The deputy can't be asked in this round: they are invited to it already."""


class PassedOnAlready(Exception):
    """The invitation is not in force any more: it was passed on, or withdrawn, a moment ago."""


def refuse_unless_passable(session: Session, invitation: Invitation) -> None:
    """RoundClosed, AnsweredTogether or AlreadySubmitted, if this invitation can't be passed on."""
    if not is_open(invitation.round, today()):
        raise RoundClosed
    if invitation.round.together:
        raise AnsweredTogether
    submitted = select(Response.id).where(Response.invitation_id == invitation.id, Response.submitted.is_not(None))
    if session.scalar(submitted.limit(1)) is not None:
        raise AlreadySubmitted


def pass_on(session: Session, invitation: Invitation, deputy: Deputy) -> Invitation:
    """Invite the deputy for the same organisation and questionnaires, and withdraw this invitation with its answers.

    Their link goes to them by letter. Also AddressTaken, and PassedOnAlready the second time.
    """
    lock(session, invitation.round, alone=True)
    session.refresh(invitation, ["withdrawn"])
    if invitation.withdrawn is not None:
        raise PassedOnAlready
    refuse_unless_passable(session, invitation)
    if _is_invited(session, invitation, deputy.email):
        raise AddressTaken
    fresh = _invite_instead(session, invitation, deputy)
    invitation.passed_to_id = fresh.id
    withdraw(session, invitation, RESPONDENT)
    write_letter(
        session, Draft("deputy", f"deputy {fresh.id}", deputy.email, invitation.partnership_id, invitation_id=fresh.id)
    )
    record(
        session,
        "passed an invitation to a deputy",
        by=RESPONDENT,
        of=f"invitation {invitation.id}",
        partnership_id=invitation.partnership_id,
        detail={"round": invitation.round_id, "deputy": fresh.id},
    )
    return fresh


def _is_invited(session: Session, invitation: Invitation, email: str) -> bool:
    found = select(Invitation.id).where(
        Invitation.partnership_id == invitation.partnership_id,
        Invitation.round_id == invitation.round_id,
        Invitation.email == email,
        Invitation.withdrawn.is_(None),
    )
    return session.scalar(found.limit(1)) is not None


def _invite_instead(session: Session, invitation: Invitation, deputy: Deputy) -> Invitation:
    fresh = Invitation(
        partnership_id=invitation.partnership_id,
        round_id=invitation.round_id,
        organisation_id=invitation.organisation_id,
        name=deputy.name,
        email=deputy.email,
        councillor=invitation.councillor,
        layer=invitation.layer,
    )
    session.add(fresh)
    session.flush()
    for version in invitation.only:
        session.add(
            InvitationQuestionnaire(
                invitation_id=fresh.id,
                version_id=version.id,
                partnership_id=fresh.partnership_id,
                round_id=fresh.round_id,
            )
        )
    session.flush()
    return fresh

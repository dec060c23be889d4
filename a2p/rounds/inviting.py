"""Inviting people to answer: one invitation a person, one secret link each, told once and kept as a hash."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from a2p.rounds.opening import RoundClosed
from a2p.rounds.partners import find_organisation
from a2p.scoring.answers import Councillor, Layer, Sector
from a2p.store.access_tables import SessionInvitation
from a2p.store.base import now
from a2p.store.letters import cancel_letters
from a2p.store.round_tables import Invitation, Round
from a2p.store.tables import Organisation
from a2p.store.tokens import new_token, token_hash

TOGETHER_NAME = "The partnership together"


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to invite: their name, the organisation they answer for and its sector."""

    name: str
    organisation: str
    sector: Sector
    councillor: Councillor | None = None
    layer: Layer | None = None


class SectorDiffers(Exception):
    """The organisation is known in this partnership with another sector."""

    def __init__(self, known: str) -> None:
        self.known = known
        super().__init__(known)


class AnsweredTogether(Exception):
    """The partnership answers this round together, by one link: nobody is invited apart."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation and the token of its link, which is not kept and can't be shown again."""

    invitation: Invitation
    token: str


def invite(session: Session, round_: Round, invitee: Invitee) -> Invited:
    """Invite one person. SectorDiffers if their organisation stands in the partnership with another sector.

    RoundClosed after the round is closed; AnsweredTogether if the round has one link for all.
    """
    if round_.closed is not None:
        raise RoundClosed
    if round_.together:
        raise AnsweredTogether
    organisation = _organisation(session, round_.partnership_id, invitee)
    return _add(session, round_, invitee.name, organisation, invitee.councillor, invitee.layer)


def invite_together(session: Session, round_: Round) -> Invited:
    """The one link of a round that the partnership answers together."""
    return _add(session, round_, TOGETHER_NAME, None, None, None)


def renew_link(session: Session, invitation: Invitation) -> str:
    """Make a fresh link; the old one and every browser that used it are shut out at once.

    Returns the token. RoundClosed after the round is closed.
    """
    if invitation.round.closed is not None:
        raise RoundClosed
    token = new_token()
    invitation.token_hash = token_hash(token)
    invitation.code_hash = invitation.bound = None
    session.execute(delete(SessionInvitation).where(SessionInvitation.invitation_id == invitation.id))
    return token


def withdraw(session: Session, invitation: Invitation) -> None:
    """Withdraw an invitation: its link opens nothing, and its answers do not count. RoundClosed after closing."""
    if invitation.round.closed is not None:
        raise RoundClosed
    invitation.withdrawn = now()
    cancel_letters(session, invitation_id=invitation.id)
    session.execute(delete(SessionInvitation).where(SessionInvitation.invitation_id == invitation.id))


def by_token(session: Session, token: str) -> Invitation | None:
    """The invitation a link belongs to, unless it was withdrawn. Reading it uses nothing up."""
    return session.scalar(
        select(Invitation).where(Invitation.token_hash == token_hash(token), Invitation.withdrawn.is_(None))
    )


def _organisation(session: Session, partnership_id: int, invitee: Invitee) -> Organisation:
    found = find_organisation(session, partnership_id, invitee.organisation)
    if found is None:
        found = Organisation(partnership_id=partnership_id, name=invitee.organisation, sector=invitee.sector)
        session.add(found)
        session.flush()
    elif found.sector != invitee.sector:
        raise SectorDiffers(found.sector)
    return found


def _add(
    session: Session,
    round_: Round,
    name: str,
    organisation: Organisation | None,
    councillor: Councillor | None,
    layer: Layer | None,
) -> Invited:
    token = new_token()
    invitation = Invitation(
        partnership_id=round_.partnership_id,
        round_id=round_.id,
        organisation_id=organisation.id if organisation else None,
        name=name,
        councillor=councillor,
        layer=layer,
        token_hash=token_hash(token),
    )
    session.add(invitation)
    session.flush()
    return Invited(invitation, token)

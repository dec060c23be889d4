"""Inviting people to answer: one invitation a person, one secret link each, told once and kept as a hash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from a2p.rounds.opening import RoundClosed, lock
from a2p.rounds.partners import find_organisation
from a2p.scoring.answers import Councillor, Layer, Sector
from a2p.store import audit
from a2p.store.access_tables import SessionInvitation
from a2p.store.audit import SYSTEM, Actor
from a2p.store.base import now
from a2p.store.letters import cancel_letters
from a2p.store.round_tables import Invitation, InvitationQuestionnaire, QuestionnaireVersion, Round
from a2p.store.tables import Contact, Organisation
from a2p.store.tokens import new_token, token_hash

TOGETHER_NAME = "The partnership together"


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to invite: their name, the organisation they answer for and its sector.

    With an `email` (as scoring.partners makes it normal) they get a letter, without one the coordinator passes their
    link on. `contact` is who they are on the list of partners; `only` are the round's questionnaires put to them, all
    of them if there are none.
    """

    name: str
    organisation: str
    sector: Sector
    councillor: Councillor | None = None
    layer: Layer | None = None
    email: str = ""
    contact: Contact | None = None
    only: Sequence[QuestionnaireVersion] = ()


class SectorDiffers(Exception):
    """The organisation is known in this partnership with another sector."""

    def __init__(self, known: str) -> None:
        self.known = known
        super().__init__(known)


class AnsweredTogether(Exception):
    """The partnership answers this round together, by one link: nobody is invited apart."""


class AlreadyInvited(Exception):
    """Somebody with this e-mail address is invited to the round."""

    def __init__(self, invitation: Invitation) -> None:
        self.invitation = invitation
        super().__init__(invitation.id)


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation and the token of its link, which is not kept and can't be shown again.

    The token is "" where the link goes by e-mail: it is made when the letter is sent, and nobody else is shown it.
    """

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A person of the list who is to be invited, and the round's questionnaires put to them (none: all of them)."""

    contact: Contact
    only: Sequence[QuestionnaireVersion] = ()


def invite(session: Session, round_: Round, invitee: Invitee, by: Actor = SYSTEM) -> Invited:
    """Invite one person. SectorDiffers if their organisation stands in the partnership with another sector;
    AlreadyInvited if their address was invited. RoundClosed after the round is closed; AnsweredTogether if the round
    has one link for all; ValueError for a questionnaire that the round doesn't ask.
    """
    _refuse(session, round_)
    known = by_address(session, round_).get(invitee.email) if invitee.email else None
    if known is not None:
        raise AlreadyInvited(known)
    organisation = _organisation(session, round_.partnership_id, invitee)
    made = _add(session, round_, organisation, invitee)
    _note(session, round_, 1, by)
    return made


def invite_contacts(session: Session, round_: Round, chosen: Sequence[Chosen], by: Actor) -> list[Invited]:
    """Invite people of the partnership's list. Those who are invited already are passed over.

    RoundClosed, AnsweredTogether and ValueError as for `invite`.
    """
    _refuse(session, round_)
    there = invited_contacts(session, round_, [each.contact for each in chosen])
    fresh = {each.contact.id: each for each in chosen if each.contact.id not in there}
    made = [_add(session, round_, each.contact.organisation, _invitee(each)) for each in fresh.values()]
    if made:
        _note(session, round_, len(made), by)
    return made


def invited_contacts(session: Session, round_: Round, contacts: Iterable[Contact]) -> frozenset[int]:
    """Who of these people is invited to the round, by their own entry or by their address; not if it was withdrawn."""
    addresses = by_address(session, round_)
    entries = set(
        session.scalars(
            select(Invitation.contact_id).where(Invitation.round_id == round_.id, Invitation.withdrawn.is_(None))
        )
    )
    return frozenset(each.id for each in contacts if each.id in entries or (each.email and each.email in addresses))


def by_address(session: Session, round_: Round) -> dict[str, Invitation]:
    """The round's invitations by e-mail address, without those that were withdrawn."""
    found = session.scalars(
        select(Invitation).where(
            Invitation.round_id == round_.id, Invitation.email != "", Invitation.withdrawn.is_(None)
        )
    )
    return {each.email: each for each in found}


def invite_together(session: Session, round_: Round) -> Invited:
    """The one link of a round that the partnership answers together."""
    return _add(session, round_, None, Invitee(TOGETHER_NAME, "", "other-public"))


def renew_link(session: Session, invitation: Invitation, by: Actor = SYSTEM) -> str:
    """Make a fresh link; the old one and every browser that used it are shut out at once.

    Returns the token. RoundClosed after the round is closed.
    """
    if invitation.round.closed is not None:
        raise RoundClosed
    token = new_token()
    invitation.token_hash = token_hash(token)
    invitation.code_hash = invitation.bound = None
    session.execute(delete(SessionInvitation).where(SessionInvitation.invitation_id == invitation.id))
    _note_one(session, "made a new link", invitation, by)
    return token


def withdraw(session: Session, invitation: Invitation, by: Actor = SYSTEM) -> None:
    """Withdraw an invitation: its link opens nothing, and its answers do not count. RoundClosed after closing."""
    if invitation.round.closed is not None:
        raise RoundClosed
    invitation.withdrawn = now()
    cancel_letters(session, invitation_id=invitation.id)
    session.execute(delete(SessionInvitation).where(SessionInvitation.invitation_id == invitation.id))
    _note_one(session, "withdrew an invitation", invitation, by)


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


def _refuse(session: Session, round_: Round) -> None:
    """Hold the round, so that nobody is invited twice, and refuse if it can't be."""
    lock(session, round_, alone=True)
    if round_.closed is not None:
        raise RoundClosed
    if round_.together:
        raise AnsweredTogether


def _invitee(chosen: Chosen) -> Invitee:
    who = chosen.contact
    return Invitee(
        who.name,
        who.organisation.name,
        cast("Sector", who.organisation.sector),
        cast("Councillor | None", who.councillor),
        cast("Layer | None", who.layer),
        who.email,
        who,
        chosen.only,
    )


def _add(session: Session, round_: Round, organisation: Organisation | None, invitee: Invitee) -> Invited:
    token = "" if invitee.email else new_token()
    invitation = Invitation(
        partnership_id=round_.partnership_id,
        round_id=round_.id,
        organisation_id=organisation.id if organisation else None,
        name=invitee.name,
        councillor=invitee.councillor,
        layer=invitee.layer,
        email=invitee.email,
        contact_id=invitee.contact.id if invitee.contact else None,
        token_hash=token_hash(token) if token else None,
    )
    session.add(invitation)
    session.flush()
    _put_to(session, round_, invitation, invitee.only)
    return Invited(invitation, token)


def _put_to(session: Session, round_: Round, invitation: Invitation, only: Sequence[QuestionnaireVersion]) -> None:
    """Keep which questionnaires are put to somebody; nothing is kept where they are all of the round's."""
    if not only:
        return
    wanted, asked = {version.id for version in only}, {version.id for version in round_.versions}
    if not wanted <= asked:
        raise ValueError("a questionnaire that the round does not ask")
    for version_id in sorted(wanted) if wanted != asked else ():
        session.add(
            InvitationQuestionnaire(
                invitation_id=invitation.id,
                version_id=version_id,
                partnership_id=round_.partnership_id,
                round_id=round_.id,
            )
        )
    session.flush()


def _note(session: Session, round_: Round, people: int, by: Actor) -> None:
    audit.record(
        session,
        "invited people",
        by=by,
        of=f"round {round_.id}",
        partnership_id=round_.partnership_id,
        detail={"people": people},
    )


def _note_one(session: Session, action: str, invitation: Invitation, by: Actor) -> None:
    audit.record(session, action, by=by, of=f"invitation {invitation.id}", partnership_id=invitation.partnership_id)

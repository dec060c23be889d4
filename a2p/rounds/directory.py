"""Who and what there is: a partnership's rounds, a round's people and how far they are. Never any answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from a2p.store.round_tables import Invitation, Response, Round
from a2p.store.tables import Partnership


class Status(StrEnum):
    """How far an invited person has got."""

    INVITED = "invited"
    OPENED = "opened the link"
    STARTED = "started"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Invitee:
    """An invitation with its status over the questionnaires put to this person: submitted means all of them.

    `passed_to` is the name of the deputy to whom it was passed on, if it was.
    """

    invitation: Invitation
    status: Status
    passed_to: str = ""


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of those still invited have submitted, in people and in organisations."""

    invited: int
    submitted: int
    organisations: int
    organisations_submitted: int


def turnout(people: Iterable[Invitee]) -> Turnout:
    """Counts over the people still invited; an organisation has submitted once one of its people has."""
    invited = [one for one in people if one.status is not Status.WITHDRAWN]
    submitted = [one for one in invited if one.status is Status.SUBMITTED]
    return Turnout(
        len(invited),
        len(submitted),
        len({one.invitation.organisation_id for one in invited}),
        len({one.invitation.organisation_id for one in submitted}),
    )


def rounds_of(session: Session, partnership: Partnership) -> list[Round]:
    """A partnership's rounds, newest first."""
    found = session.scalars(
        select(Round).where(Round.partnership_id == partnership.id).order_by(Round.opened.desc(), Round.id.desc())
    )
    return list(found)


def people_of(session: Session, round_: Round) -> list[Invitee]:
    """The round's invitations with their status, by organisation and name."""
    invitations = session.scalars(
        select(Invitation)
        .where(Invitation.round_id == round_.id)
        .options(selectinload(Invitation.organisation), selectinload(Invitation.only))
    ).all()
    names = {each.id: each.name for each in invitations}
    responses: dict[int, list[Response]] = {}
    for response in session.scalars(
        select(Response).where(Response.round_id == round_.id, Response.invitation_id.is_not(None))
    ):
        responses.setdefault(response.invitation_id or 0, []).append(response)
    all_asked = frozenset(version.id for version in round_.versions)
    listed = [
        Invitee(each, _status(each, responses.get(each.id, []), all_asked), names.get(each.passed_to_id or 0, ""))
        for each in invitations
    ]
    return sorted(listed, key=lambda one: (_organisation_name(one.invitation).lower(), one.invitation.name.lower()))


def _status(invitation: Invitation, responses: Iterable[Response], all_asked: frozenset[int]) -> Status:
    if invitation.withdrawn:
        return Status.WITHDRAWN
    asked = frozenset(version.id for version in invitation.only) or all_asked
    begun = {response.version_id: response.submitted for response in responses if response.version_id in asked}
    if len(begun) == len(asked) and all(begun.values()):
        return Status.SUBMITTED
    if begun:
        return Status.STARTED
    return Status.OPENED if invitation.opened else Status.INVITED


def _organisation_name(invitation: Invitation) -> str:
    return invitation.organisation.name if invitation.organisation else ""

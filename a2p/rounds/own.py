"""What one person was asked to answer, over all partnerships and rounds: for who has several invitations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from a2p.rounds.directory import Status, people_of
from a2p.rounds.opening import is_open, is_planned
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Invitation, Round


@dataclass(frozen=True, slots=True)
class OwnInvitation:
    """An invitation with the questionnaires put to its person, by title, and how far they are. Neither `open` nor
    `planned`: the round is over."""

    invitation: Invitation
    titles: tuple[str, ...]
    status: Status
    open: bool
    planned: bool


def own_invitations(session: Session, ids: Iterable[int]) -> list[OwnInvitation]:
    """The invitations with these ids that were not withdrawn: open ones first, the last day that comes first first."""
    found = session.scalars(
        select(Invitation)
        .where(Invitation.id.in_(list(ids)), Invitation.withdrawn.is_(None))
        .options(
            joinedload(Invitation.round).options(joinedload(Round.partnership), joinedload(Round.versions)),
            selectinload(Invitation.only),
        )
    ).unique()
    return sorted((_own(session, each) for each in found), key=_order)


def _own(session: Session, invitation: Invitation) -> OwnInvitation:
    status = next(one.status for one in people_of(session, invitation.round) if one.invitation.id == invitation.id)
    titles = tuple(definition_of(version).title for version in invitation.versions)
    return OwnInvitation(
        invitation, titles, status, is_open(invitation.round, today()), is_planned(invitation.round, today())
    )


def _order(own: OwnInvitation) -> tuple[bool, date, str, int]:
    round_ = own.invitation.round
    return (not own.open, round_.closes or date.max, round_.partnership.name, own.invitation.id)

"""Offering a fresh link where one was used up, without showing whose it is: the page holds a signed number, and the
address masked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from a2p.access.signing_in import masked
from a2p.store.access_tables import SignInLink
from a2p.store.round_tables import Invitation


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page's button posts, and the address as far as it is shown."""

    signed: str
    masked: str


@dataclass(frozen=True, slots=True)
class Offered:
    """Where a fresh link goes: the whole address, and the page to go on to."""

    address: str
    destination: str


def for_link(link: SignInLink) -> Offer:
    """A fresh link to the address of a sign-in link."""
    return Offer(_serializer().dumps(["link", link.id]), masked(link.email))


def for_invitation(invitation: Invitation) -> Offer:
    """A fresh link to the address of an invitation, which leads to its own page."""
    return Offer(_serializer().dumps(["invitation", invitation.id]), masked(invitation.email))


def offered(session: Session, signed: str) -> Offered | None:
    """What was offered, from what the button posted; None if it was not made here or is gone."""
    try:
        kind, number = _serializer().loads(signed)
    except BadSignature:
        return None
    if kind == "link":
        link = session.get(SignInLink, number)
        return Offered(link.email, link.destination) if link else None
    invitation = session.get(Invitation, number)
    if invitation is None or invitation.withdrawn is not None or not invitation.email:
        return None
    return Offered(invitation.email, url_for("answer.start", invitation_id=invitation.id))


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="fresh link")

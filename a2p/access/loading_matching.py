"""Loading a region's plans, introductions and associates; an associate also by the mailed link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.loading import Loaded, partnership, region
from a2p.access.policy import Facts
from a2p.store.region_tables import Associate, Introduction, SupportPlan
from a2p.store.tables import Partnership, Region
from a2p.store.tokens import token_hash


@dataclass(frozen=True, slots=True)
class RegionPlan:
    """A plan of support with its region."""

    region: Region
    plan: SupportPlan


@dataclass(frozen=True, slots=True)
class RegionIntroduction:
    """An introduction with its region."""

    region: Region
    introduction: Introduction


@dataclass(frozen=True, slots=True)
class OwnIntroduction:
    """An introduction with the partnership on one of its sides."""

    partnership: Partnership
    introduction: Introduction


@dataclass(frozen=True, slots=True)
class RegionAssociate:
    """An associate with the region that asked them."""

    region: Region
    associate: Associate


@dataclass(frozen=True, slots=True)
class AssociateLink:
    """Whose a mailed link is: None if there is a newer one, or they withdrew."""

    token: str
    associate: Associate | None


@dataclass(frozen=True, slots=True)
class AssociateIntroduction:
    """An introduction with the associate who is to answer it, by their link."""

    token: str
    introduction: Introduction


def region_plan(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A RegionPlan by `region_id` and `plan_id`."""
    loaded, found = region(session, args), session.get(SupportPlan, args["plan_id"])
    if loaded is None or found is None or found.region_id != loaded.object.id:
        return None
    return Loaded(RegionPlan(loaded.object, found), loaded.facts)


def region_introduction(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A RegionIntroduction by `region_id` and `introduction_id`."""
    loaded, found = region(session, args), session.get(Introduction, args["introduction_id"])
    if loaded is None or found is None or found.region_id != loaded.object.id:
        return None
    return Loaded(RegionIntroduction(loaded.object, found), loaded.facts)


def own_introduction(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An OwnIntroduction by `partnership_id` and `introduction_id`."""
    loaded, found = partnership(session, args), session.get(Introduction, args["introduction_id"])
    if loaded is None or found is None or loaded.object.id not in (found.asker_id, found.helper_id):
        return None
    return Loaded(OwnIntroduction(loaded.object, found), loaded.facts)


def region_associate(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """A RegionAssociate by `region_id` and `associate_id`."""
    loaded, found = region(session, args), session.get(Associate, args["associate_id"])
    if loaded is None or found is None or found.region_id != loaded.object.id:
        return None
    return Loaded(RegionAssociate(loaded.object, found), loaded.facts)


def associate_link(session: Session, args: Mapping[str, Any]) -> Loaded:
    """An AssociateLink by `token`. Who has the link may use it."""
    wanted = select(Associate).where(Associate.token_hash == token_hash(args["token"]), Associate.withdrawn.is_(None))
    return Loaded(AssociateLink(args["token"], session.scalar(wanted)), Facts())


def associate_introduction(session: Session, args: Mapping[str, Any]) -> Loaded | None:
    """An AssociateIntroduction by `token` and `introduction_id`."""
    link: AssociateLink = associate_link(session, args).object
    found = session.get(Introduction, args["introduction_id"])
    if link.associate is None or found is None or found.associate_id != link.associate.id:
        return None
    return Loaded(AssociateIntroduction(link.token, found), Facts())

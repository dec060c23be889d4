"""What a region's programme manager has done in the demo: practitioner associates, support that was run, and a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.demo.staff import address_of
from a2p.region.planner import Capacity
from a2p.rounds import associates
from a2p.rounds.associates import Offer
from a2p.rounds.support_demand import demand_of
from a2p.rounds.support_plans import Question, keep_plan, planned
from a2p.rounds.support_runs import Account, record_run
from a2p.store.audit import Actor
from a2p.store.base import now, today
from a2p.store.tables import Grant, Partnership, Region


@dataclass(frozen=True, slots=True)
class _Asked:
    """Somebody who was asked so many days ago, and what they offered, if they answered."""

    name: str
    days_ago: int
    offer: Offer | None = None


_ASKED = (
    _Asked(
        "Harriet Sallow",
        70,
        Offer(
            "Harriet Sallow",
            "Invented Borough Council",
            4,
            "Invented: ten years of running a partnership’s board, and of seeing that what it decided was done.",
            ("aspire/decisions", "aspire/membership", "first-look/governance"),
        ),
    ),
    _Asked(
        "Desmond Achebe",
        65,
        Offer(
            "Desmond Achebe",
            "",
            2,
            "Invented: led the community network of a county, and trains councillors.",
            ("aspire/behaviour", "member-engagement/influence", "place-shaping/community-voice"),
        ),
    ),
    _Asked("Ottoline Fairweather", 8),
)
RUN = "governance-workshop"
HELD_AGO = timedelta(days=40)
PLAN = "Support this year (invented)"
CAN_BE_RUN = Question({"workshop": Capacity(2, 6), "peer-visit": Capacity(3, 1)})


def tell_support(session: Session, region: Region) -> None:
    """Of a region whose partnerships have told their outcomes. An associate who hasn't answered has their letter, so
    that a visitor can answer as they would."""
    manager = session.scalars(select(Grant.person_id).where(Grant.region_id == region.id)).first()
    by = Actor(manager, Role.MANAGER)
    for each in _ASKED:
        _ask(session, region, each, by)
    places = select(Partnership.id).where(Partnership.region_id == region.id).order_by(Partnership.id)
    took_part = session.scalars(places.limit(3)).all()
    note = "Invented note: half a day, and a second one was asked for."
    record_run(session, region, Account(RUN, today() - HELD_AGO, frozenset(took_part), note), by)
    wanted = demand_of(session, region.id, None)
    keep_plan(session, region, PLAN, CAN_BE_RUN, planned(wanted, CAN_BE_RUN), by)


def _ask(session: Session, region: Region, asked: _Asked, by: Actor) -> None:
    row = associates.ask(session, region, asked.name, address_of(asked.name), by)
    if asked.offer is not None:
        associates.agree(session, row, asked.offer, row.edition)
        row.agreed = now() - timedelta(days=asked.days_ago - 3)
    row.invited = now() - timedelta(days=asked.days_ago)

"""What became of a closed round in the demo: comments read over, levels agreed, actions, releases, and wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.rounds.actions import About, Plan, add_action
from a2p.rounds.both_ends import answer
from a2p.rounds.comments import finish
from a2p.rounds.confirmers import confirmers
from a2p.rounds.gathering import gather
from a2p.rounds.partners import organisations_of
from a2p.rounds.releasing import Wish, confirm, propose
from a2p.rounds.support import make_wish
from a2p.rounds.workshop import Given, settle_question
from a2p.rounds.workshops import Meeting, Named, add_workshop, in_order
from a2p.scoring.releases import To
from a2p.store.audit import Actor
from a2p.store.base import LONDON, now, today
from a2p.store.round_tables import Result, Round
from a2p.store.tables import Grant, Organisation, Partnership

AGREED = {
    "challenge": Given("starting", "We say the hard things after the meeting, not in it.", 9),
    "follow-through": Given("starting", "Actions are noted, and nobody asks for them at the next meeting.", 12),
    "reason": Given("working", "The reason is written down; new members hear it late.", 2),
}
RELEASED = (
    Wish(To.RESPONDENTS, "all", "They gave the answers, so they see what came of them."),
    Wish(To.REGION, "3", "The programme plans its workshops by it.", "We meet well, and follow through badly."),
    Wish(To.PUBLIC, "board", "The board’s papers are public."),
)
SIDE_BY_SIDE = Wish(To.REGION, "3", "Invented reason: county and districts want to see where they differ.", "")


def tell_outcomes(session: Session, round_: Round) -> None:
    """A round whose partnership went the whole way: it asks one questionnaire, is closed, and has all its staff."""
    (version,) = round_.versions
    (result,) = session.scalars(select(Result).where(Result.round_id == round_.id))
    place = round_.partnership
    facilitator = _holder(session, Role.FACILITATOR, Grant.round_id == round_.id)
    coordinator, chair = (
        _holder(session, role, Grant.partnership_id == place.id) for role in (Role.COORDINATOR, Role.CHAIR)
    )
    gather(session, result)
    finish(session, result, by=facilitator)
    for question, given in AGREED.items():
        settle_question(session, round_, version, question, given, 0, facilitator)
    add_workshop(session, round_, _meeting(round_, organisations_of(session, place.id)), facilitator)
    for question, plan in _plans():
        add_action(session, round_, replace(plan, about=About(version.id, question)), facilitator)
    for wish in RELEASED:
        word = next(each for each in confirmers(session, place, coordinator.person_id) if each.person_id)
        confirm(session, propose(session, round_, wish, word, coordinator), chair)
    make_wish(session, place, "ask", "aspire/decisions", "Somebody who has cured this.", coordinator)
    make_wish(session, place, "request", "governance-workshop", "In the spring, if there is room.", coordinator)


def tell_both_ends(session: Session, places: Sequence[Partnership]) -> None:
    """Partnerships of a county area that released question scores by name, and agreed to see them side by side."""
    for place in places:
        coordinator, chair = (
            _holder(session, role, Grant.partnership_id == place.id) for role in (Role.COORDINATOR, Role.CHAIR)
        )
        (round_,) = session.scalars(select(Round).where(Round.partnership_id == place.id))
        word = next(each for each in confirmers(session, place, coordinator.person_id) if each.person_id)
        confirm(session, propose(session, round_, SIDE_BY_SIDE, word, coordinator), chair)
        for by in (coordinator, chair):
            answer(session, place, by, agreed=True)


def _plans() -> tuple[tuple[str, Plan], ...]:
    """What the partnership will do, by the question it is about; one of it is late."""
    return (
        (
            "follow-through",
            Plan(
                "Begin every board meeting with the actions of the last one.",
                cause="No list is kept, so nobody can ask for it.",
                owner="Marian Holt",
                owner_email="marian.holt@example.org",
                due=today() + timedelta(days=60),
                measure="Nine of ten actions have an answer by the next meeting.",
                status="under-way",
            ),
        ),
        (
            "challenge",
            Plan(
                "Have another partner chair every third meeting.",
                owner="Ruth Ellery",
                cost="None",
                due=today() - timedelta(days=10),
                measure="Partners say in the next round that they can disagree in the room.",
            ),
        ),
    )


def _meeting(round_: Round, organisations: Sequence[Organisation]) -> Meeting:
    """The workshop on the round: six weeks after it closed, with most of its organisations in the room."""
    closed = round_.closed or now()
    return Meeting(
        held=closed.astimezone(LONDON).date() + timedelta(days=42),
        place="The Corn Exchange, Sedgeland",
        organisations=in_order(each.name for each in organisations[:-2]),
        people=14,
        attendees=(
            Named("Marian Holt", "marian.holt@example.org"),
            Named("Ruth Ellery", "ruth.ellery@example.org"),
            Named("Sir Hugh Tolland"),
        ),
        note="Half a day. Most of it went on how decisions are followed up; the room agreed that this comes first.",
        unsettled="Who speaks for the partnership in public: the councils and the health bodies see it differently. "
        "Back to the board in its next meeting.",
    )


def _holder(session: Session, role: Role, over: ColumnElement[bool]) -> Actor:
    """Who has this role over it."""
    found = select(Grant.person_id).where(Grant.role == role.value, Grant.confirmed.is_not(None), over)
    return Actor(session.scalars(found.order_by(Grant.id)).first(), role)

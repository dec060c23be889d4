"""A kept plan names those who may be named when it is read, and no others."""

from __future__ import annotations

from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.region.planner import FIXED_IN, Capacity, Edits
from a2p.rounds.support import make_wish, withdraw_wish
from a2p.rounds.support_demand import RegionDemand, demand_of
from a2p.rounds.support_plans import KeptModule, Question, keep_plan, kept, planned
from a2p.store.audit import Actor
from a2p.store.outcome_tables import SupportWish
from a2p.store.region_tables import SupportPlan
from tests import site
from tests.site import Site

WORKSHOP = "governance-workshop"


def a_plan(session: Session, built: Site, edits: Edits) -> tuple[SupportPlan, SupportWish]:
    """A plan with one workshop, for a partnership that requested it."""
    own = built.own
    by = Actor(own.staff[Role.MANAGER].id, Role.MANAGER)
    wish = make_wish(session, own.partnership, "request", WORKSHOP, "", by)
    question = Question({"workshop": Capacity(1, 6)}, edits=edits)
    wanted = now_wanted(session, built)
    return keep_plan(session, own.region, "This year", question, planned(wanted, question), by), wish


def now_wanted(session: Session, built: Site) -> RegionDemand:
    return demand_of(session, built.own.region.id, None)


def only(session: Session, built: Site, row: SupportPlan) -> KeptModule:
    (module,) = kept(row, now_wanted(session, built)).chosen
    return module


def test_whose_need_is_shown_no_more_is_counted_and_not_named(session: Session) -> None:
    built = site.build(session)
    row, wish = a_plan(session, built, Edits())
    before = only(session, built, row)
    assert [(each.place.name, each.why) for each in before.invite] == [("Fenland Partnership", ("requested it",))]
    withdraw_wish(session, wish, Actor(built.own.coordinator.id, "coordinator"))
    after = only(session, built, row)
    assert (after.invite, after.unnamed, before.unnamed) == ((), 1, 0)
    assert "requested" not in row.chosen


def test_who_was_fixed_in_stays_named_as_that_alone(session: Session) -> None:
    built = site.build(session)
    row, wish = a_plan(session, built, Edits(invite=frozenset({(built.own.partnership.id, WORKSHOP)})))
    withdraw_wish(session, wish, Actor(built.own.coordinator.id, "coordinator"))
    assert [each.why for each in only(session, built, row).invite] == [(FIXED_IN,)]

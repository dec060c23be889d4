"""A kept plan names those who may be named when it is read, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.access.policy import Role
from a2p.region.chosen_plan import Choice
from a2p.region.planner import FIXED_IN, Capacity, Edits
from a2p.rounds.support import make_wish, withdraw_wish
from a2p.rounds.support_demand import RegionDemand, demand_of
from a2p.rounds.support_plan_changes import Draft, PlanClash, change_plan, choices_of, differences
from a2p.rounds.support_plans import KeptModule, PlanRefused, Question, keep_plan, kept, planned
from a2p.store.audit import Actor
from a2p.store.letter_tables import AuditEvent
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


def draft_of(session: Session, built: Site, row: SupportPlan) -> Draft:
    wanted = now_wanted(session, built)
    held = kept(row, wanted)
    return Draft(row.name, held.question, choices_of(held, wanted))


def change(session: Session, built: Site, row: SupportPlan, draft: Draft, seen: int) -> bool:
    by = Actor(built.own.staff[Role.MANAGER].id, Role.MANAGER)
    return change_plan(session, built.own.region, row, now_wanted(session, built), draft, seen, by)


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


def test_a_plan_that_is_renamed_keeps_who_was_chosen_and_is_named_no_more(session: Session) -> None:
    built = site.build(session)
    row, wish = a_plan(session, built, Edits())
    withdraw_wish(session, wish, Actor(built.own.coordinator.id, "coordinator"))
    same = draft_of(session, built, row)
    assert change(session, built, row, replace(same, name="Next year"), 1)
    assert (row.name, row.edition, only(session, built, row).unnamed) == ("Next year", 2, 1)
    assert not change(session, built, row, replace(same, name="Next year"), 1), "the same again is no clash"
    twice = replace(same.question, capacity={"workshop": Capacity(2, 6)})
    assert change(session, built, row, replace(same, question=twice), 2)
    assert only(session, built, row).unnamed == 0


def test_the_second_of_two_who_change_a_plan_is_told_and_a_name_is_one_plans_alone(session: Session) -> None:
    built = site.build(session)
    row, _ = a_plan(session, built, Edits())
    by, wanted = Actor(built.own.staff[Role.MANAGER].id, Role.MANAGER), now_wanted(session, built)
    before = draft_of(session, built, row)
    keep_plan(session, built.own.region, "Another", before.question, planned(wanted, before.question), by)
    with pytest.raises(PlanRefused):
        change(session, built, row, replace(before, name="Another"), 1)
    change(session, built, row, replace(before, choices={}), 1)
    with pytest.raises(PlanClash):
        change(session, built, row, before, 1)
    assert differences(before, kept(row, wanted), wanted) == ("chosen",)
    changed = session.scalars(select(AuditEvent).where(AuditEvent.action == "changed a plan of support")).all()
    assert [each.detail for each in changed] == [f'{{"region": {built.own.region.id}}}']


def test_what_is_changed_by_hand_holds_when_the_plan_is_proposed_again(session: Session) -> None:
    built = site.build(session)
    row, _ = a_plan(session, built, Edits())
    here, before = built.own.partnership.id, draft_of(session, built, row)
    change(session, built, row, replace(before, choices={"data-sharing": Choice(1, frozenset({here}))}), 1)
    held = kept(row, now_wanted(session, built))
    assert held.question.edits == Edits(
        run={"data-sharing": 1}, leave_out=frozenset({WORKSHOP}), invite=frozenset({(here, "data-sharing")})
    )
    again = planned(now_wanted(session, built), held.question)
    assert [each.module.id for each in again.modules] == ["data-sharing"]
    change(session, built, row, replace(before, choices={"data-sharing": Choice(1)}), 2)
    assert kept(row, now_wanted(session, built)).question.edits.do_not_invite == {(here, "data-sharing")}

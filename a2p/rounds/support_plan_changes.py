"""Changing a plan of support by hand: what need it then reaches beside the best there could be, and keeping it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from a2p.region.chosen_plan import Choice, reached
from a2p.region.planner import Edits, Plan, plan
from a2p.rounds.region_lock import hold_region
from a2p.rounds.support_demand import RegionDemand
from a2p.rounds.support_plans import KeptPlan, Question, asked_text, chosen_text, kept, refuse_name
from a2p.store.audit import Actor, record
from a2p.store.base import now
from a2p.store.region_tables import SupportPlan
from a2p.store.tables import Region

Choices = Mapping[str, Choice]


class PlanClash(Exception):
    """Somebody else changed the plan meanwhile; `row` is as it stands now."""

    def __init__(self, row: SupportPlan) -> None:
        super().__init__()
        self.row = row


@dataclass(frozen=True, slots=True)
class Reach:
    """What was chosen by hand, and the best set within what can be run, if nothing were fixed in or left out."""

    chosen: Plan
    best: Plan

    @property
    def short(self) -> int:
        """The points by which the best reaches more."""
        return self.best.points - self.chosen.points


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan as it is to be: its name, what can be run, and what is chosen of it, by module."""

    name: str
    question: Question
    choices: Choices


def choices_of(held: KeptPlan, wanted: RegionDemand) -> dict[str, Choice]:
    """What a kept plan chose of the modules on offer now, and of the partnerships that may be named now."""
    offered = {each.module.id for each in wanted.modules}
    return {
        each.module: Choice(each.sessions, frozenset(need.place.id for need in each.invite))
        for each in held.chosen
        if each.module in offered
    }


def reach_of(wanted: RegionDemand, draft: Draft) -> Reach:
    """What a draft reaches, beside the best. DoesNotFit where it can't be had."""
    asked = draft.question
    chosen = reached(wanted.modules, asked.capacity, draft.choices, asked.most_each, wanted.places)
    return Reach(chosen, plan(wanted.modules, asked.capacity, None, asked.most_each))


def change_plan(
    session: Session, region: Region, row: SupportPlan, wanted: RegionDemand, draft: Draft, seen: int, by: Actor
) -> bool:
    """Keep a draft in the place of a plan that was seen at the edition `seen`; False if there was nothing to change.
    Where the name alone is another, all that was chosen stays, and who is named no more with it.

    DoesNotFit, PlanRefused, or PlanClash with nothing written if it stands otherwise by now.
    """
    made = reach_of(wanted, draft).chosen
    hold_region(session, region)
    session.refresh(row)
    asked, chosen = row.capacities, row.chosen
    if set(differences(draft, kept(row, wanted), wanted)) - {"name"}:
        edits = edits_after(kept(row, wanted), draft.choices)
        asked, chosen = asked_text(replace(draft.question, edits=edits)), chosen_text(made)
    if (row.name, row.capacities, row.chosen) == (draft.name, asked, chosen):
        return False
    if row.edition != seen:
        raise PlanClash(row)
    refuse_name(session, region.id, draft.name, row.id)
    row.name, row.capacities, row.chosen = draft.name, asked, chosen
    row.edition, row.made, row.person_id = row.edition + 1, now(), by.person_id
    record(session, "changed a plan of support", by=by, of=f"plan {row.id}", detail={"region": region.id})
    session.flush()
    return True


def differences(draft: Draft, held: KeptPlan, wanted: RegionDemand) -> tuple[str, ...]:
    """In what a draft differs from a plan that is kept: its "name", what is "asked" for, what is "chosen"."""
    asked = (draft.question.capacity, draft.question.most_each)
    differs = {
        "name": draft.name != held.row.name,
        "asked": asked != (held.question.capacity, held.question.most_each),
        "chosen": draft.choices != choices_of(held, wanted),
    }
    return tuple(name for name, otherwise in differs.items() if otherwise)


def edits_after(held: KeptPlan, choices: Choices) -> Edits:
    """What was fixed in and left out, once these are chosen in the place of what was kept: what is added is fixed in,
    what is taken out is left out, and of the rest what was said before. Who is named no more is not left out by name.
    """
    old, before = held.question.edits, {each.module for each in held.chosen}
    named = {(need.place.id, each.module) for each in held.chosen for need in each.invite}
    chosen = {(place, module) for module, choice in choices.items() for place in choice.invite}
    run = {module: min(old.run.get(module, 1), choice.sessions) for module, choice in choices.items()}
    return Edits(
        run={module: many for module, many in run.items() if module in old.run or module not in before},
        leave_out=(old.leave_out | before) - choices.keys(),
        invite=frozenset((old.invite & chosen) | (chosen - named)),
        do_not_invite=frozenset(pair for pair in (old.do_not_invite | named) - chosen if pair[1] in choices),
    )

"""How the minutes of a workshop are shared, by stated rules; they add up exactly to its length.

Opening, picture, vote, break, actions and close have their fixed minutes. The rest is the pool. It goes, in the order
of the length's plan, to what this result has: topics, strengths, knowledge gaps, gaps between groups. What is left of
it lengthens the topics, then the gaps, then the strengths, each up to its most, and in the end the actions. Topics that
the facilitator chose come before all else in the pool, and are shortened, down to a least, so that more of them fit.
Where there is nothing to talk about, the pool goes to answering the questions in the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from a2p.documents.pack.options import Length

Kind: TypeAlias = Literal[
    "opening", "picture", "strengths", "topic", "gaps", "groups", "answer", "vote", "break", "actions", "close"
]
_POOLED: tuple[Kind, ...] = ("strengths", "topic", "gaps", "groups", "answer")
_LENGTHENED: tuple[Kind, ...] = ("topic", "gaps", "groups", "strengths", "answer")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the agenda: from `start` minutes on, for `minutes`. `topic` counts the topics from 0."""

    kind: Kind
    minutes: int
    start: int = 0
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Have:
    """What a result gives to talk about: topics (`chosen` by the facilitator or not), and whether there is the rest."""

    topics: int
    chosen: bool = False
    strengths: bool = True
    gaps: bool = False
    groups: bool = False


@dataclass(frozen=True, slots=True)
class _Plan:
    """Minutes before and after the pool, the pool's order, and for what stands in it: usual and most minutes."""

    total: int
    before: tuple[tuple[Kind, int], ...]
    after: tuple[tuple[Kind, int], ...]
    order: tuple[Kind, ...]
    usual: dict[Kind, int]
    most: dict[Kind, int]
    least: int
    step: int
    rest: int = 0

    @property
    def pool(self) -> int:
        return self.total - self.rest - sum(minutes for _, minutes in (*self.before, *self.after))


_PLANS: dict[Length, _Plan] = {
    "board": _Plan(
        total=20,
        before=(("picture", 4),),
        after=(("actions", 5), ("close", 1)),
        order=("topic", "topic", "gaps", "groups", "strengths"),
        usual={"topic": 5, "gaps": 4, "groups": 4, "strengths": 2},
        most={"topic": 8, "gaps": 6, "groups": 6, "strengths": 5, "answer": 10},
        least=3,
        step=1,
    ),
    "ninety": _Plan(
        total=90,
        before=(("opening", 5), ("picture", 10)),
        after=(("vote", 10), ("actions", 20), ("close", 5)),
        order=("topic", "strengths", "topic", "gaps", "topic", "groups", "topic"),
        usual={"topic": 10, "gaps": 5, "groups": 5, "strengths": 5},
        most={"topic": 15, "gaps": 15, "groups": 10, "strengths": 10, "answer": 40},
        least=6,
        step=5,
    ),
    "half-day": _Plan(
        total=180,
        before=(("opening", 10), ("picture", 15)),
        after=(("vote", 15), ("actions", 35), ("close", 10)),
        order=("topic", "strengths", "topic", "topic", "gaps", "topic", "groups", "topic"),
        usual={"topic": 10, "gaps": 10, "groups": 10, "strengths": 10},
        most={"topic": 20, "gaps": 20, "groups": 15, "strengths": 15, "answer": 80},
        least=8,
        step=5,
        rest=15,
    ),
}


def agenda(length: Length, have: Have) -> tuple[Item, ...]:
    """The lines of the agenda in order, with their minutes and when they start."""
    plan = _PLANS[length]
    pooled = _lengthened(plan, _pooled(plan, have))
    spare = plan.pool - sum(item.minutes for item in pooled)
    after = [Item(kind, minutes + (spare if kind == "actions" else 0)) for kind, minutes in plan.after]
    lines = [*(Item(kind, minutes) for kind, minutes in plan.before), *pooled, *after]
    return _timed(_with_break(lines, plan))


def total(length: Length) -> int:
    """How many minutes the workshop has."""
    return _PLANS[length].total


def _pooled(plan: _Plan, have: Have) -> list[Item]:
    """What the pool is spent on, in the order of the day, at its usual minutes."""
    if not have.topics and not (have.strengths or have.gaps or have.groups):
        return [Item("answer", plan.pool)]
    usual, order = dict(plan.usual), plan.order
    if have.chosen:
        usual["topic"] = min(usual["topic"], max(plan.least, plan.pool // have.topics))
        topics: list[Kind] = ["topic"] * have.topics
        order = (*topics, *(kind for kind in order if kind != "topic"))
    left, found = plan.pool, []
    for kind in _there(order, have):
        if usual[kind] <= left:
            found.append(Item(kind, usual[kind]))
            left -= usual[kind]
    return _numbered(sorted(found, key=lambda item: _POOLED.index(item.kind)))


def _there(order: Sequence[Kind], have: Have) -> list[Kind]:
    """The kinds of the order that this result has, as many topics as it has."""
    there = {"strengths": have.strengths, "gaps": have.gaps, "groups": have.groups}
    topics = 0
    found: list[Kind] = []
    for kind in order:
        topics += kind == "topic"
        if topics <= have.topics if kind == "topic" else there[kind]:
            found.append(kind)
    return found


def _numbered(items: Sequence[Item]) -> list[Item]:
    topics = iter(range(len(items)))
    return [replace(item, topic=next(topics)) if item.kind == "topic" else item for item in items]


def _lengthened(plan: _Plan, items: list[Item]) -> list[Item]:
    """The items, longer by turns while the pool has a step left and one of them may have it."""
    made = list(items)
    for kind in _LENGTHENED:
        mine = [k for k, item in enumerate(made) if item.kind == kind]
        grown = True
        while grown:
            grown = False
            for k in mine:
                longer = made[k].minutes + plan.step
                if longer <= plan.most[kind] and sum(item.minutes for item in made) + plan.step <= plan.pool:
                    made[k] = replace(made[k], minutes=longer)
                    grown = True
    return made


def _with_break(items: list[Item], plan: _Plan) -> list[Item]:
    """A break, where the plan has one, after the item that ends nearest to the middle."""
    if not plan.rest:
        return items
    ends = [sum(item.minutes for item in items[: k + 1]) for k in range(len(items) - 1)]
    after = min(range(len(ends)), key=lambda k: abs(2 * ends[k] + plan.rest - plan.total))
    return [*items[: after + 1], Item("break", plan.rest), *items[after + 1 :]]


def _timed(items: Sequence[Item]) -> tuple[Item, ...]:
    made: list[Item] = []
    start = 0
    for item in items:
        made.append(replace(item, start=start))
        start += item.minutes
    return tuple(made)

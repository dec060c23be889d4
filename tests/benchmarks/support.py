"""The support planner and the matching of helpers for 400 partnerships, against the seconds they may take."""

from __future__ import annotations

from random import Random

from a2p.region.matching import match
from a2p.region.planner import Capacity, Format, plan
from tests.benchmarks.measure import RUNS, Figure, cpu_seconds
from tests.region.needs import random_asks, random_demands, random_helpers

LIMIT = 5.0
"""Seconds."""


def figures() -> list[Figure]:
    """match_400 and plan_400, each run on other wishes, as a share of LIMIT."""
    match_400 = tuple(_matched(Random(run)) / LIMIT for run in range(RUNS))
    plan_400 = tuple(_planned(Random(run)) / LIMIT for run in range(RUNS))
    return [
        Figure("match_400", match_400, "<= 1.0", "processor time of the best matches of 400 partnerships / 5 s"),
        Figure("plan_400", plan_400, "<= 1.0", "processor time of the best plan for 400 partnerships / 5 s"),
    ]


def _matched(random: Random) -> float:
    asks = random_asks(random, 400, sections=26, most=4)
    helpers = random_helpers(random, 400, associates=40, sections=26)
    return cpu_seconds(lambda: match(asks, helpers))


def _planned(random: Random) -> float:
    demands = random_demands(random, places=400, modules=12)
    capacity: dict[Format, Capacity] = {
        "workshop": Capacity(20, 6),
        "peer-visit": Capacity(40, 1),
        "mentoring": Capacity(30, 1),
    }
    return cpu_seconds(lambda: plan(demands, capacity))

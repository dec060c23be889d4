"""Nobody works out what the region may not show, whatever they received: over random histories, and with the rule
broken on purpose to see that they would."""

from collections.abc import Iterator
from random import Random

import pytest

from a2p.region import between, make
from a2p.region.atoms import FRESH, Atoms
from a2p.region.named import _Layer
from tests.region.attacker import Seen, pinned, small_sum
from tests.region.histories import Region
from tests.region.regions import SECTIONS

HISTORIES = 1500
SMALL_HISTORIES = 150


def _regions(count: int, sizes: tuple[int, int], steps: int, seed: int = 0) -> Iterator[Region]:
    for number in range(count):
        chance = Random(f"{seed}/{number}")
        yield Region(chance, chance.randint(*sizes), steps=steps)


def _linear(region: Region) -> tuple[int, ...] | None:
    """What a manager works out from counts: of scores, and of what only whole results tell."""
    for section in SECTIONS:
        for known in (region.scores, region.whole):
            if found := small_sum(region.received[section], known):
                return found
    return None


def _pinned(region: Region) -> tuple[int, ...] | None:
    """What a manager works out from all figures, where worlds are few enough."""
    for section in SECTIONS:
        seen = region.received[section]
        known = {result: region.score(result, section) for result in region.scores if _has(region, result, section)}
        if seen and (found := pinned(seen, known)):
            return found
    return None


def _has(region: Region, result: int, section: str) -> bool:
    figures = region.results[result].section(section)
    return figures is not None and figures.score is not None


def _pinned_beside(region: Region, attack: bool = True) -> tuple[int, ...] | None:
    """What a coordinator works out from the figures beside their own; were counts shown there, from them too."""
    for member in region.members:
        for section in SECTIONS:
            own = {each.result: region.score(each.result, section) for each in member.results if _has(region, each.result, section)}
            seen: list[Seen] = list(region.seen_beside(member, section))
            if found := small_sum(seen, own):
                return found
            if attack and seen and (found := pinned(seen, own)):
                return found
    return None

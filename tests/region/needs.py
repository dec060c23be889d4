"""Invented needs, wishes and helpers for trying demand, planner and matching: small ones by hand, others by seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

from a2p.definition.model import KINDS, Kind
from a2p.definition.support import Module
from a2p.region.counted import Counted, Place, SectionFigures
from a2p.region.demand import Demand, Wish, demand
from a2p.region.matching import Ask, Helper
from a2p.region.snapshot import Figures, Group, Picture, Scope, SectionCell, Snapshot, Titled, Withheld

DAY = date(2026, 3, 1)
SECTIONS = tuple(f"sample/s{number}" for number in range(6))


def place(number: int, kind: Kind = "district", area: int = 1) -> Place:
    """A partnership; its name sorts by its number."""
    return Place(number, f"Partnership {number:03}", kind, area)


def module(key: str, *serves: str, format: str = "workshop") -> Module:  # noqa: A002 - the module's own word
    """A support module that serves these sections."""
    values: dict[str, Any] = {"id": key, "title": key.capitalize(), "summary": "What it is.", "length": "A day"}
    return Module.model_validate(values | {"format": format, "serves": serves})


def figures(section: str, score: int | None = 60, *, wide: bool | None = False, gaps: int = 0) -> SectionFigures:
    """A section's figures in one result."""
    return SectionFigures(section, None if score is None else Fraction(score), None, wide, gaps)


def result(of: Place, *sections: SectionFigures, number: int = 1) -> Counted:
    """A result of the questionnaire `sample` that is shown by name."""
    return Counted(of, number, "0" * 64, "sample", 1, False, 2, DAY, sections, {})


def snapshot(*cells: SectionCell, together: bool = False) -> Snapshot:
    """A snapshot of the questionnaire `sample` with these sections of all its partnerships."""
    group = Group(by="all", id="", title="All", n=10, sections=cells)
    titles = tuple(Titled(id=cell.section, title=cell.section.capitalize()) for cell in cells)
    picture = Picture(
        questionnaire="sample",
        title="Sample",
        version=1,
        together=together,
        bands=(),
        sections=titles,
        questions=(),
        counted=10,
        groups=(group,),
    )
    scope = Scope(questionnaires=("sample",), since=DAY, until=DAY)
    return Snapshot(
        region="East", name="Spring", made=DAY, scope=scope, partnerships=12, pictures=(picture,), left_out=()
    )


def cell(section: str, below: int = 0, wide: int = 0, gaps: int = 0) -> SectionCell:
    """A section that is shown."""
    shown = Figures(n=10, median=Fraction(50), quartiles=None, bands={}, below_half=below, wide=wide, gaps=gaps)
    return SectionCell(section=section, n=10, figures=shown)


def withheld(section: str) -> SectionCell:
    """A section that is withheld because too few have a score."""
    return SectionCell(section=section, n=3, withheld=Withheld.FEW)


def random_demands(random: Random, places: int, modules: int, *, wishes: int = 2, shown: float = 0.5) -> list[Demand]:
    """The demand in an invented region in which each partnership makes up to so many wishes."""
    formats = ("workshop", "peer-visit", "mentoring")
    offered = [
        module(f"m{number}", *random.sample(SECTIONS, 2), format=formats[number % len(formats)])
        for number in range(modules)
    ]
    known = [place(number, random.choice(KINDS), random.randrange(5)) for number in range(1, places + 1)]
    named = [
        result(each, *(_figures(random, section) for section in SECTIONS), number=each.id)
        for each in known
        if random.random() < shown
    ]
    made = [_wish(random, each, offered) for each in known for _ in range(random.randrange(wishes + 1))]
    cells = [
        cell(section.partition("/")[2], random.randrange(places), random.randrange(places)) for section in SECTIONS
    ]
    return list(demand(offered, snapshot(*cells), named, made))


def _figures(random: Random, section: str) -> SectionFigures:
    score = random.choice([None, *range(20, 100, 10)])
    return figures(section.partition("/")[2], score, wide=random.choice([True, False, None]), gaps=random.randrange(2))


def _wish(random: Random, by: Place, offered: Sequence[Module]) -> Wish:
    if random.random() < 0.5:
        return Wish(by, "request", random.choice(offered).id)
    return Wish(by, "ask", random.choice(SECTIONS))


def random_asks(random: Random, places: int, sections: int = 6, most: int = 2) -> list[Ask]:
    """Asks of up to so many sections a partnership."""
    found: list[Ask] = []
    for number in range(1, places + 1):
        asks = place(number, random.choice(KINDS), random.randrange(1, 4))
        for section in random.sample(range(sections), random.randrange(min(most, sections) + 1)):
            found.append(Ask(len(found) + 1, asks, f"sample/s{section}"))
    return found


def random_helpers(random: Random, places: int, associates: int = 1, sections: int = 6) -> list[Helper]:
    """Partnerships that offer help, with their numbers among those that ask, and associates."""
    found = [
        Helper("partnership", number, f"Partnership {number:03}", None, _offered(random, sections), random.randrange(4))
        for number in range(1, places + 1)
    ]
    offering = [replace(each, place=place(each.id, random.choice(KINDS), random.randrange(1, 4))) for each in found]
    return offering + [
        Helper("associate", number, f"Associate {number}", None, _offered(random, sections), random.randrange(3))
        for number in range(1, associates + 1)
    ]


def _offered(random: Random, sections: int) -> dict[str, str]:
    offered = random.sample(range(sections), random.randrange(min(3, sections) + 1))
    return {f"sample/s{section}": "it scores 67 or more there" for section in offered}

"""Which support modules are needed most: ranked by what a snapshot shows and what partnerships wish for by name. Pure.

A snapshot's counts say how many partnerships could use a module, and never which; whom to invite is said only of those
that released their figures by name, asked, or requested. A module's points are the partnerships that requested it,
those that asked for help on a section it serves, and, in that of its sections where there are most of them, those below
50, those with wide disagreement and those with a knowledge gap, each times its worth in POINTS. So a module gets no
points for serving many sections.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from a2p.definition.support import Module
from a2p.region.counted import HALF, Counted, Place, SectionFigures
from a2p.region.snapshot import Snapshot, Withheld

WishKind: TypeAlias = Literal["ask", "offer", "request"]


class Points(NamedTuple):
    """What one partnership's need of each sort is worth."""

    request: int
    ask: int
    below: int
    wide: int
    gaps: int


POINTS = Points(request=3, ask=2, below=2, wide=1, gaps=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a partnership wishes for by name. `about` is `questionnaire/section`, of a request a module's id."""

    place: Place
    kind: WishKind
    about: str


@dataclass(frozen=True, slots=True)
class SectionDemand:
    """What a snapshot shows of one section for all partnerships, answered in one way. The counts are None where they
    are withheld, for the reason given."""

    section: str
    title: str
    together: bool
    n: int | None
    below: int | None
    wide: int | None
    gaps: int | None
    withheld: Withheld | None


@dataclass(frozen=True, slots=True)
class Need:
    """That a partnership, by name, needs a module: how much in points, and why in words."""

    place: Place
    module: str
    points: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """A module with its need. `below`, `wide` and `gaps` are the most in any one section it serves, None where nothing
    is shown of any. `unnamed` is how many of `below` are beyond those named in that section: that many more may come,
    and nobody can say who. `invite` are those named, the greatest need first."""

    module: Module
    points: int
    requests: tuple[Place, ...]
    asks: tuple[Place, ...]
    below: int | None
    wide: int | None
    gaps: int | None
    unnamed: int
    sections: tuple[SectionDemand, ...]
    invite: tuple[Need, ...]
    why: tuple[str, ...]


def demand(
    modules: Sequence[Module], snapshot: Snapshot | None, named: Sequence[Counted], wishes: Sequence[Wish]
) -> tuple[Demand, ...]:
    """The modules, the most needed first, alike ones by title. `named` are the results that are shown by name now."""
    known = _by_place(named, wishes)
    found = [_of_module(module, snapshot, named, wishes, known) for module in modules]
    return tuple(sorted(found, key=lambda each: (-each.points, -len(each.requests), each.module.title, each.module.id)))


def needs_of(module: Module, named: Sequence[Counted], wishes: Sequence[Wish]) -> tuple[Need, ...]:
    """Who needs a module, by name: the greatest need first, then by the partnerships' names."""
    return _needs(module, _by_place(named, wishes))


@dataclass(slots=True)
class _Known:
    """What is known of one partnership by name: its figures by questionnaire/section, and its wishes."""

    place: Place
    figures: list[tuple[str, SectionFigures]]
    wishes: list[Wish]


def _by_place(named: Sequence[Counted], wishes: Sequence[Wish]) -> list[_Known]:
    known: dict[int, _Known] = {}
    for result in named:
        of_place = known.setdefault(result.place.id, _Known(result.place, [], []))
        of_place.figures += [(f"{result.questionnaire}/{each.id}", each) for each in result.sections]
    for wish in wishes:
        known.setdefault(wish.place.id, _Known(wish.place, [], [])).wishes.append(wish)
    return sorted(known.values(), key=lambda each: (each.place.name, each.place.id))


def _needs(module: Module, known: Sequence[_Known]) -> tuple[Need, ...]:
    needed = [need for need in (_need(module, each) for each in known) if need.points]
    return tuple(sorted(needed, key=lambda need: -need.points))


def _need(module: Module, known: _Known) -> Need:
    figures = [each for section, each in known.figures if section in module.serves]
    counted = (
        (POINTS.request, _requests(module, known.wishes), "requested it"),
        (POINTS.ask, _asks(module, known.wishes), "asked for help on a section it serves"),
        (POINTS.below, any(_is_below(each) for each in figures), "scores below 50 in a section it serves"),
        (POINTS.wide, any(each.wide for each in figures), "its partners disagree widely in a section it serves"),
        (POINTS.gaps, any(each.gaps for each in figures), "has a knowledge gap in a section it serves"),
    )
    points = sum(worth for worth, holds, _ in counted if holds)
    return Need(known.place, module.id, points, tuple(words for _, holds, words in counted if holds))


def _of_module(
    module: Module,
    snapshot: Snapshot | None,
    named: Sequence[Counted],
    wishes: Sequence[Wish],
    known: Sequence[_Known],
) -> Demand:
    sections = tuple(_sections(module, snapshot))
    requests, asks = _requests(module, wishes), _asks(module, wishes)
    below, wide, gaps = (_most(sections, of) for of in ("below", "wide", "gaps"))
    counted = (
        (POINTS.request, len(requests), "requested it"),
        (POINTS.ask, len(asks), "asked for help on a section it serves"),
        (POINTS.below, below or 0, "below 50 in the section where most are"),
        (POINTS.wide, wide or 0, "with wide disagreement in the section where most are"),
        (POINTS.gaps, gaps or 0, "with a knowledge gap in the section where most are"),
    )
    return Demand(
        module=module,
        points=sum(worth * many for worth, many, _ in counted),
        requests=requests,
        asks=asks,
        below=below,
        wide=wide,
        gaps=gaps,
        unnamed=_unnamed(sections, named),
        sections=sections,
        invite=_needs(module, known),
        why=tuple(f"{many} {words}: {many} × {worth} points" for worth, many, words in counted if many),
    )


def _sections(module: Module, snapshot: Snapshot | None) -> Iterator[SectionDemand]:
    for picture in snapshot.pictures if snapshot else ():
        titles = {section.id: section.title for section in picture.sections}
        whole = next((group for group in picture.groups if group.by == "all"), None)
        for cell in whole.sections if whole else ():
            key = f"{picture.questionnaire}/{cell.section}"
            if key in module.serves:
                title = f"{picture.title}: {titles.get(cell.section, cell.section)}"
                shown = cell.figures
                yield SectionDemand(
                    key,
                    title,
                    picture.together,
                    cell.n,
                    below=shown.below_half if shown else None,
                    wide=shown.wide if shown else None,
                    gaps=shown.gaps if shown else None,
                    withheld=cell.withheld,
                )


def _most(sections: Sequence[SectionDemand], of: str) -> int | None:
    """The highest count of one section, its rounds apart and together added; None where none is shown."""
    by_section: dict[str, int] = {}
    for each in sections:
        count: int | None = getattr(each, of)
        if count is not None:
            by_section[each.section] = by_section.get(each.section, 0) + count
    return max(by_section.values(), default=None)


def _unnamed(sections: Sequence[SectionDemand], named: Sequence[Counted]) -> int:
    below: dict[str, int] = {}
    for each in sections:
        if each.below is not None:
            below[each.section] = below.get(each.section, 0) + each.below
    for result in named:
        for figures in result.sections:
            key = f"{result.questionnaire}/{figures.id}"
            if key in below and _is_below(figures):
                below[key] -= 1
    return max(0, *below.values()) if below else 0


def _is_below(figures: SectionFigures) -> bool:
    return figures.score is not None and figures.score < HALF


def _requests(module: Module, wishes: Sequence[Wish]) -> tuple[Place, ...]:
    return _places(wish for wish in wishes if wish.kind == "request" and wish.about == module.id)


def _asks(module: Module, wishes: Sequence[Wish]) -> tuple[Place, ...]:
    return _places(wish for wish in wishes if wish.kind == "ask" and wish.about in module.serves)


def _places(wishes: Iterator[Wish]) -> tuple[Place, ...]:
    """Each partnership once, by name."""
    found = {wish.place.id: wish.place for wish in wishes}
    return tuple(sorted(found.values(), key=lambda place: (place.name, place.id)))

"""Titles and opening sentences of a region's documents, made from its figures by rule, so that they hold for each.

Sections are compared with one another, never partnerships. A section stands high or low by its median over the
partnerships that are counted; where the medians lie within CLOSE points nothing is called highest or lowest. Titles of
sections are quoted as they are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from a2p.documents.regional_material import Change, Demand, RegionalMaterial, Stage
from a2p.documents.words import count, day, listed, shorten, whole
from a2p.region.between import ComparedGroup
from a2p.region.snapshot import Figures, Group, Grouping, Picture, SectionCell, Snapshot, Withheld
from a2p.scoring.frozen import FrozenBand

CLOSE = Fraction(5)
"""Points within which medians are said to lie close together, and a change to be none."""
_TITLE = 44
_MANY = 2  # so many sections are named where several share a place

STAGES: Mapping[Stage, str] = {
    "none": "Not started",
    "planned": "Planned",
    "open": "Open",
    "closed": "Closed",
    "released": "Released",
    "not-for": "Not for it",
}
SHOWN_STAGES: tuple[Stage, ...] = ("none", "planned", "open", "closed", "released")
WHY_NOT: Mapping[Withheld, str] = {
    Withheld.FEW: "fewer than five partnerships",
    Withheld.SUBTRACTION: "with other figures it would tell of fewer than five",
}
LeftReason = Literal["no-round", "not-released", "partial", "other-bands", "subtraction"]
LEFT_OUT: Mapping[LeftReason, str] = {
    "no-round": "No closed round",
    "not-released": "Not released",
    "partial": "Partial picture",
    "other-bands": "Other bands",
    "subtraction": "Held back",
}
LEFT_OUT_MEANS: Mapping[LeftReason, str] = {
    "no-round": "no round was closed in the period",
    "not-released": "a round was closed, and the partnership has not released it to the region’s figures",
    "partial": "fewer than four in ten of the organisations invited had answered",
    "other-bands": "an earlier version was answered, whose bands differ",
    "subtraction": "counted now, it would let a smaller group’s figures be worked out: it waits for a later snapshot",
}


def partnerships(number: int) -> str:
    return count(number, "partnership", "partnerships")


def answered(picture: Picture) -> str:
    """How the questionnaire was answered."""
    return answered_words(together=picture.together)


def answered_words(*, together: bool) -> str:
    return "answered together" if together else "partners answered apart"


def whole_group(picture: Picture) -> Group:
    """All that are counted."""
    return next(group for group in picture.groups if group.by == "all")


_GROUPS = {
    "county": "Counties",
    "district": "Districts",
    "unitary": "Unitary areas",
    "local": "Local partnerships",
    "": "All partnerships",
}


def group_title(group: Group | ComparedGroup) -> str:
    """What a group is called: its kind in the plural, or its county area's name."""
    return group.title if group.by == "area" else _GROUPS.get(group.id, group.title)


def shown(group: Group) -> list[tuple[SectionCell, Figures]]:
    """The sections of a group that have figures."""
    return [(cell, cell.figures) for cell in group.sections if cell.figures is not None]


def bands_of(bands: Sequence[FrozenBand]) -> list[tuple[str, float]]:
    """Short labels of bands, with where each begins: without a first word that all share, such as “Mostly”."""
    labels = [band.label for band in bands]
    first = {label.split(" ", 1)[0] for label in labels}
    if len(first) == 1 and all(" " in label for label in labels):
        labels = [label.split(" ", 1)[1] for label in labels]
    return [(label[:1].upper() + label[1:], float(band.start)) for label, band in zip(labels, bands, strict=True)]


def headline(picture: Picture) -> str:
    """The title of a questionnaire's picture: on which sections the region stands highest and lowest."""
    figures = shown(whole_group(picture))
    titles = {section.id: section.title for section in picture.sections}
    if not figures:
        return "Too few partnerships for a picture" if _is_few(picture) else "No figure of this can be shown yet"
    if len(figures) == 1:
        cell, only = figures[0]
        return f"{shorten(titles[cell.section], _TITLE)}: median {whole(only.median)}"
    medians = {titles[cell.section]: found.median for cell, found in figures}
    low, high = min(medians.values()), max(medians.values())
    if high - low < CLOSE:
        return _close(low, high)
    best, worst = _named(medians, high), _named(medians, low)
    return f"Highest on {best}; lowest on {worst}"


def short_lede(picture: Picture) -> str:
    """How many are counted and what the ends are, for a slide."""
    figures = shown(whole_group(picture))
    if not figures:
        return lede(picture)
    return f"{partnerships(picture.counted)} counted. {_ends(figures)}".strip()


_NEEDS_FIVE = "A figure needs five."
_WOULD_TELL = (
    "With the region’s other figures, those of these partnerships would tell of fewer than five, so none is shown. "
    "A later snapshot may count more."
)


def _is_few(picture: Picture) -> bool:
    """Nothing is shown of any section, because there are fewer than five partnerships."""
    return all(cell.withheld is not Withheld.SUBTRACTION for cell in whole_group(picture).sections)


def _close(low: Fraction, high: Fraction) -> str:
    if whole(low) == whole(high):
        return f"Sections stand alike, at {whole(low)}"
    return f"Sections stand close together, between {whole(low)} and {whole(high)}"


def _named(medians: Mapping[str, Fraction], value: Fraction) -> str:
    """The sections at this median; so many as have room."""
    found = [shorten(title, _TITLE) for title, median in medians.items() if median == value]
    return listed(found) if len(found) <= _MANY else f"{len(found)} of {len(medians)} sections"


def lede(picture: Picture) -> str:
    """How many are counted, what the ends are, where half or more stand below 50, and where partners disagree most."""
    group = whole_group(picture)
    figures = shown(group)
    many = f"{partnerships(picture.counted)} {'is' if picture.counted == 1 else 'are'} counted"
    first = f"{many}; {'each answered together, in one response' if picture.together else 'partners answered apart'}."
    if not figures:
        return f"{first} {_NEEDS_FIVE if _is_few(picture) else _WOULD_TELL}"
    return " ".join(part for part in (first, _ends(figures), _below(figures), _apart(picture, figures)) if part)


def _ends(figures: Sequence[tuple[SectionCell, Figures]]) -> str:
    if len(figures) < 2:
        return ""
    medians = [found.median for _, found in figures]
    low, high = whole(min(medians)), whole(max(medians))
    if low == high:
        return f"The median is {low} on every section."
    return f"Medians run from {low} to {high} of 100."


def _below(figures: Sequence[tuple[SectionCell, Figures]]) -> str:
    half = sum(2 * found.below_half >= found.n for _, found in figures)
    if not half:
        return "On no section do half of the partnerships score below 50."
    if half == len(figures):
        return (
            "On every section half of the partnerships or more score below 50."
            if half > 1
            else "Half or more of them score below 50."
        )
    return f"On {half} of {len(figures)} sections half of the partnerships or more score below 50."


def _apart(picture: Picture, figures: Sequence[tuple[SectionCell, Figures]]) -> str:
    if picture.together:
        return ""
    most = max(found.wide for _, found in figures)
    if not most:
        return "In none do partners disagree widely on a section."
    titles = {section.id: section.title for section in picture.sections}
    where = [shorten(titles[cell.section], _TITLE) for cell, found in figures if found.wide == most]
    on = listed(where) if len(where) <= _MANY else f"{len(where)} of {len(figures)} sections"
    return (
        f"Partners disagree widely in most partnerships on {on} ({most})."
        if 2 * most > picture.counted
        else f"Wide disagreement is most frequent on {on}: in {partnerships(most)}{' each' if len(where) > 1 else ''}."
    )


def take_up_headline(material: RegionalMaterial) -> str:
    """How many partnerships have taken part, and how many have released anything."""
    rows = material.take_up
    if not rows:
        return "No take-up is on record"
    closed = sum(any(stage in ("closed", "released") for stage in row.stages) for row in rows)
    released = sum("released" in row.stages for row in rows)
    if not closed:
        return f"None of {partnerships(len(rows))} has closed a round yet"
    have = "has" if closed == 1 else "have"
    return f"{closed} of {partnerships(len(rows))} {have} closed a round; {_so_many(released, closed)} released one"


def _so_many(some: int, of: int) -> str:
    if not some:
        return "none has"
    return ("all have" if of > 1 else "it has") if some == of else f"{some} {'has' if some == 1 else 'have'}"


def counted_headline(snapshot: Snapshot) -> str:
    """Whether all figures of the region and its kinds are shown."""
    if not snapshot.pictures:
        return "Nothing is counted"
    hidden, every = _hidden(snapshot, "all", "kind")
    if not hidden:
        return "Every figure of the region and of its kinds is shown"
    return f"{hidden} of {every} figures of the region and its kinds {'is' if hidden == 1 else 'are'} not shown"


def counted_lede(snapshot: Snapshot) -> str:
    """How partnerships are counted, and how many figures of county areas are not shown."""
    said = (
        "A partnership is counted with its newest round in the period, if it released it to the region’s figures and "
        "enough of its partners had answered."
    )
    hidden, every = _hidden(snapshot, "area")
    if not hidden:
        return said
    of_areas = (
        "Of county areas no figure is shown"
        if hidden == every
        else f"Of county areas {hidden} of {every} figures are not shown"
    )
    return f"{said} {of_areas}: so small groups would soon tell of single partnerships."


def _hidden(snapshot: Snapshot, *by: Grouping) -> tuple[int, int]:
    """Figures of sections that are not shown, and all of them, in these groups."""
    cells = [
        cell.withheld is not None
        for picture in snapshot.pictures
        for group in picture.groups
        if group.by in by
        for cell in group.sections
    ]
    return sum(cells), len(cells)


def demand_headline(demand: Sequence[Demand], asks: int = 0, offers: int = 0) -> str:
    """Which module has most need, by the order in which they come; without modules what is asked for and offered."""
    if not demand:
        asked = f"{count(asks, 'ask', 'asks')} for help and {count(offers, 'offer', 'offers')} of it"
        return asked if asks or offers else "No support module is on offer"
    if not any(need(each) or each.asks or each.requests for each in demand):
        return "No need for support shows yet"
    return f"Most need: {shorten(demand[0].title, 60)}"


def need(demand: Demand) -> int:
    """Partnerships below 50, that disagree widely and with knowledge gaps, as far as they may be told."""
    return sum(filter(None, (demand.below_half, demand.wide, demand.gaps)))


def change_headline(change: Change) -> str:
    """On how many sections the median went up or down by CLOSE points or more."""
    moves = [
        cell.after - cell.before
        for picture in change.pictures
        for cell in picture.sections
        if cell.before is not None and cell.after is not None
    ]
    if not moves:
        return "Too few partnerships are in both snapshots to say what changed"
    up, down = sum(move >= CLOSE for move in moves), sum(move <= -CLOSE for move in moves)
    of = count(len(moves), "section", "sections")
    if up and down:
        return f"Up on {up} of {of}, down on {down}"
    if up or down:
        return f"{'Up' if up else 'Down'} on {up or down} of {of}, {'down' if up else 'up'} on none"
    return "About as before on every section" if len(moves) > 1 else "About as before"


def period(snapshot: Snapshot) -> str:
    """`1 April 2025 to 31 March 2026`."""
    return f"{day(snapshot.scope.since)} to {day(snapshot.scope.until)}"


def caveats(snapshot: Snapshot, *, names: bool) -> tuple[str, ...]:
    """What a reader must know before any figure."""
    said = []
    if snapshot.demo:
        said.append(
            "Invented partnerships and answers: this shows what a report looks like, "
            "and says nothing about a real place."
        )
    if names:
        said.append(
            "This copy names partnerships. It is for the region’s own team and not to be passed on: "
            "ask for one without names."
        )
    return tuple(said)


def footer(snapshot: Snapshot, digest: str) -> str:
    """What stands at the foot of every page: the snapshot, its day, and a short content hash."""
    parts = (
        "Invented answers" if snapshot.demo else "",
        shorten(snapshot.name, 40),
        f"made {day(snapshot.made)}",
        digest[:8],
    )
    return " · ".join(part for part in parts if part)

"""Titles of the parts of a region's documents beside the pictures: take-up, what was counted, need, change."""

from __future__ import annotations

from collections.abc import Sequence

from a2p.documents.language import gettext, ngettext
from a2p.documents.regional_material import Change, Demand, RegionalMaterial
from a2p.documents.regional_words import CLOSE, partnerships
from a2p.documents.words import shorten
from a2p.region.snapshot import Grouping, Snapshot


def take_up_headline(material: RegionalMaterial) -> str:
    """How many partnerships have taken part, and how many have released anything."""
    rows = material.take_up
    if not rows:
        return gettext("No take-up is on record")
    closed = sum(any(stage in ("closed", "released") for stage in row.stages) for row in rows)
    released = sum("released" in row.stages for row in rows)
    every = partnerships(len(rows))
    if not closed:
        return gettext("None of %(partnerships)s has closed a round yet", partnerships=every)
    if not released:
        return ngettext(
            "%(num)s of %(partnerships)s has closed a round; none has released one",
            "%(num)s of %(partnerships)s have closed a round; none has released one",
            closed,
            partnerships=every,
        )
    if released == closed:
        return ngettext(
            "%(num)s of %(partnerships)s has closed a round; it has released one",
            "%(num)s of %(partnerships)s have closed a round; all have released one",
            closed,
            partnerships=every,
        )
    return ngettext(
        "%(closed)s of %(partnerships)s have closed a round; %(num)s has released one",
        "%(closed)s of %(partnerships)s have closed a round; %(num)s have released one",
        released,
        closed=closed,
        partnerships=every,
    )


def counted_headline(snapshot: Snapshot) -> str:
    """Whether all figures of the region and its kinds are shown."""
    if not snapshot.pictures:
        return gettext("Nothing is counted")
    hidden, every = _hidden(snapshot, "all", "kind")
    if not hidden:
        return gettext("Every figure of the region and of its kinds is shown")
    return ngettext(
        "%(num)s of %(all)s figures of the region and its kinds is not shown",
        "%(num)s of %(all)s figures of the region and its kinds are not shown",
        hidden,
        all=every,
    )


def counted_lede(snapshot: Snapshot) -> str:
    """How partnerships are counted, and how many figures of county areas are not shown."""
    said = gettext(
        "A partnership is counted with its newest round in the period, if it released it to the region’s figures and "
        "enough of its partners had answered."
    )
    hidden, every = _hidden(snapshot, "area")
    if not hidden:
        return said
    if hidden == every:
        of_areas = gettext(
            "Of county areas no figure is shown: so small groups would soon tell of single partnerships."
        )
    else:
        of_areas = gettext(
            "Of county areas %(some)s of %(all)s figures are not shown: so small groups would soon tell of single "
            "partnerships.",
            some=hidden,
            all=every,
        )
    return f"{said} {of_areas}"


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
        if not asks and not offers:
            return gettext("No support module is on offer")
        return gettext(
            "%(asks)s for help and %(offers)s of it",
            asks=ngettext("%(num)s ask", "%(num)s asks", asks),
            offers=ngettext("%(num)s offer", "%(num)s offers", offers),
        )
    if not any(need(each) or each.asks or each.requests for each in demand):
        return gettext("No need for support shows yet")
    return gettext("Most need: %(module)s", module=shorten(demand[0].title, 60))


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
        return gettext("Too few partnerships are in both snapshots to say what changed")
    up, down = sum(move >= CLOSE for move in moves), sum(move <= -CLOSE for move in moves)
    if up and down:
        return ngettext(
            "Up on %(up)s of %(num)s section, down on %(down)s",
            "Up on %(up)s of %(num)s sections, down on %(down)s",
            len(moves),
            up=up,
            down=down,
        )
    if up:
        return ngettext(
            "Up on %(up)s of %(num)s section, down on none",
            "Up on %(up)s of %(num)s sections, down on none",
            len(moves),
            up=up,
        )
    if down:
        return ngettext(
            "Down on %(down)s of %(num)s section, up on none",
            "Down on %(down)s of %(num)s sections, up on none",
            len(moves),
            down=down,
        )
    return gettext("About as before on every section") if len(moves) > 1 else gettext("About as before")

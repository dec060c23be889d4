"""Part 7 of the capacity report: a partnership's section scores beside those of others like it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from a2p.documents.cohort_charts import Frame, Plot, axis, beside_others, missing
from a2p.documents.known import BesideSection, Known
from a2p.documents.language import gettext, ngettext
from a2p.documents.layout import LARGE, Layout
from a2p.documents.picture import pairs
from a2p.documents.regional_words import bands_of
from a2p.documents.words import NONE, day, whole
from a2p.scoring.frozen import FrozenResult

CLOSE = Fraction(5)
"""Points within which a score is said to be about the median."""


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A section: its own score, how many are like it, their median and middle half; or why they aren't shown."""

    id: str
    title: str
    plot: Plot
    own: str
    n: str = NONE
    median: str = NONE
    half: str = NONE
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class BesideView:
    """All sections beside others; without rows `reason` says why nothing is compared."""

    who: str
    source: str
    headline: str
    axis: Plot
    rows: tuple[BesideRow, ...]
    reason: str


def beside_view(result: FrozenResult, known: Known, layout: Layout) -> BesideView | None:
    """None where the round takes no part in the region's figures."""
    beside = known.beside
    if beside is None:
        return None
    large = layout is LARGE
    width, height = (layout.bar_width, 34.0) if large else (layout.track_width, layout.track_height)
    frame = Frame(bands_of(result.bands), width, height)
    found = {each.section: each for each in beside.sections}
    scored = [
        (section.id, section.title, None if outcome.score_withheld or outcome.band is None else outcome.score)
        for section, outcome in pairs(result)
        if not section.is_facts
    ]
    rows = [_row(id_, title, own, found[id_], frame) for id_, title, own in scored if id_ in found]
    made = gettext("made on %(day)s", day=day(beside.made)) if beside.made else ""
    source = ", ".join(filter(None, (beside.snapshot, made)))
    both = [(own, found[id_].median) for id_, _, own in scored if id_ in found]
    differences = [own - median for own, median in both if own is not None and median is not None]
    return BesideView(beside.who, source, _headline(differences), axis(frame), tuple(rows), beside.reason)


def _row(id_: str, title: str, own: Fraction | None, found: BesideSection, frame: Frame) -> BesideRow:
    n = NONE if found.n is None else str(found.n)
    if found.median is None:
        withheld = gettext("Not shown: %(reason)s", reason=found.reason) if found.reason else gettext("Not shown")
        return BesideRow(id_, title, missing(frame, title, gettext("not shown")), whole(own), n, withheld=withheld)
    half = NONE if found.quartiles is None else f"{whole(found.quartiles[0])}–{whole(found.quartiles[1])}"
    plot = beside_others(frame, title, own, found.median, found.quartiles)
    return BesideRow(id_, title, plot, whole(own), n, whole(found.median), half)


def _headline(differences: list[Fraction]) -> str:
    """On how many sections the score is above and below the median by CLOSE points or more."""
    if not differences:
        return ""
    above, below = sum(each >= CLOSE for each in differences), sum(each <= -CLOSE for each in differences)
    if not above and not below:
        return ngettext(
            "About the median on it of %(num)s section.",
            "About the median on all of %(num)s sections.",
            len(differences),
        )
    of = ngettext("%(num)s section", "%(num)s sections", len(differences))
    if not above:
        return gettext(
            "Of %(sections)s, none are five points or more above the median and %(below)s below it.",
            sections=of,
            below=below,
        )
    return ngettext(
        "Of %(sections)s, %(num)s is five points or more above the median and %(below)s below it.",
        "Of %(sections)s, %(num)s are five points or more above the median and %(below)s below it.",
        above,
        sections=of,
        below=below or gettext("none"),
    )

"""Titles and opening sentences of a region's documents, made from its figures by rule, so that they hold for each.

Sections are compared with one another, never partnerships. A section stands high or low by its median over the
partnerships that are counted; where the medians lie within CLOSE points nothing is called highest or lowest. Titles of
sections are quoted as they are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from a2p.documents.language import gettext, ngettext, noted
from a2p.documents.regional_material import Stage
from a2p.documents.words import band_label, day, listed, month, shorten, whole
from a2p.region.between import ComparedGroup
from a2p.region.snapshot import Figures, Group, Picture, SectionCell, Snapshot, Withheld
from a2p.scoring.frozen import FrozenBand

CLOSE = Fraction(5)
"""Points within which medians are said to lie close together, and a change to be none."""
_TITLE = 44
_MANY = 2  # so many sections are named where several share a place

STAGES: Mapping[Stage, str] = {
    "none": noted("Not started"),
    "planned": noted("Planned"),
    "open": noted("Open"),
    "closed": noted("Closed"),
    "released": noted("Released"),
    "not-for": noted("Not for it"),
}
SHOWN_STAGES: tuple[Stage, ...] = ("none", "planned", "open", "closed", "released")
WHY_NOT: Mapping[Withheld, str] = {
    Withheld.FEW: noted("fewer than five partnerships"),
    Withheld.SUBTRACTION: noted("with other figures it would tell of fewer than five"),
}
LeftReason = Literal["no-round", "not-released", "partial", "other-bands", "subtraction"]
LEFT_OUT: Mapping[LeftReason, str] = {
    "no-round": noted("No closed round"),
    "not-released": noted("Not released"),
    "partial": noted("Partial picture"),
    "other-bands": noted("Other bands"),
    "subtraction": noted("Held back"),
}
LEFT_OUT_MEANS: Mapping[LeftReason, str] = {
    "no-round": noted("no round was closed in the period"),
    "not-released": noted("a round was closed, and the partnership has not released it to the region’s figures"),
    "partial": noted("fewer than four in ten of the organisations invited had answered"),
    "other-bands": noted("an earlier version was answered, whose bands differ"),
    "subtraction": noted(
        "counted now, it would let a smaller group’s figures be worked out: it waits for a later snapshot"
    ),
}
NOT_IN_BOTH = noted("it is not in both")


def stage(name: Stage) -> str:
    """How far a partnership is, in words."""
    return gettext(STAGES[name])


def not_shown(reason: str) -> str:
    """Said in the place of a figure; the reason is one of WHY_NOT, or what else is said in English."""
    return gettext("Not shown: %(reason)s", reason=gettext(reason) if reason else "")


def partnerships(number: int) -> str:
    return ngettext("%(num)s partnership", "%(num)s partnerships", number)


def answered(picture: Picture) -> str:
    """How the questionnaire was answered."""
    return answered_words(together=picture.together)


def answered_words(*, together: bool) -> str:
    return gettext("answered together") if together else gettext("partners answered apart")


def whole_group(picture: Picture) -> Group:
    """All that are counted."""
    return next(group for group in picture.groups if group.by == "all")


_GROUPS = {
    "county": noted("Counties"),
    "district": noted("Districts"),
    "unitary": noted("Unitary areas"),
    "local": noted("Local partnerships"),
    "": noted("All partnerships"),
}


def group_title(group: Group | ComparedGroup) -> str:
    """What a group is called: its kind in the plural, or its county area's name."""
    return group.title if group.by == "area" or group.id not in _GROUPS else gettext(_GROUPS[group.id])


def shown(group: Group) -> list[tuple[SectionCell, Figures]]:
    """The sections of a group that have figures."""
    return [(cell, cell.figures) for cell in group.sections if cell.figures is not None]


def bands_of(bands: Sequence[FrozenBand]) -> list[tuple[str, float]]:
    """Short labels of bands, with where each begins: without a first word that all share, such as “Mostly”."""
    labels = [band.label for band in bands]
    first = {label.split(" ", 1)[0] for label in labels}
    if len(first) == 1 and all(" " in label for label in labels):
        labels = [label.split(" ", 1)[1] for label in labels]
    else:
        labels = [band_label(band) for band in bands]
    return [(label[:1].upper() + label[1:], float(band.start)) for label, band in zip(labels, bands, strict=True)]


def headline(picture: Picture) -> str:
    """The title of a questionnaire's picture: on which sections the region stands highest and lowest."""
    figures = shown(whole_group(picture))
    titles = {section.id: section.title for section in picture.sections}
    if not figures:
        if _is_few(picture):
            return gettext("Too few partnerships for a picture")
        return gettext("No figure of this can be shown yet")
    if len(figures) == 1:
        cell, only = figures[0]
        name = shorten(titles[cell.section], _TITLE)
        return gettext("%(section)s: median %(median)s", section=name, median=whole(only.median))
    medians = {titles[cell.section]: found.median for cell, found in figures}
    low, high = min(medians.values()), max(medians.values())
    if high - low < CLOSE:
        return _close(low, high)
    best, worst = _named(medians, high), _named(medians, low)
    return gettext("Highest on %(best)s; lowest on %(worst)s", best=best, worst=worst)


def short_lede(picture: Picture) -> str:
    """How many are counted and what the ends are, for a slide."""
    figures = shown(whole_group(picture))
    if not figures:
        return lede(picture)
    counted = ngettext("%(num)s partnership counted.", "%(num)s partnerships counted.", picture.counted)
    return f"{counted} {_ends(figures)}".strip()


_NEEDS_FIVE = noted("A figure needs five.")
_WOULD_TELL = noted(
    "With the region’s other figures, those of these partnerships would tell of fewer than five, so none is shown. "
    "A later snapshot may count more."
)


def _is_few(picture: Picture) -> bool:
    """Nothing is shown of any section, because there are fewer than five partnerships."""
    return all(cell.withheld is not Withheld.SUBTRACTION for cell in whole_group(picture).sections)


def _close(low: Fraction, high: Fraction) -> str:
    if whole(low) == whole(high):
        return gettext("Sections stand alike, at %(median)s", median=whole(low))
    return gettext("Sections stand close together, between %(low)s and %(high)s", low=whole(low), high=whole(high))


def _named(medians: Mapping[str, Fraction], value: Fraction) -> str:
    """The sections at this median; so many as have room."""
    return _so_many([title for title, median in medians.items() if median == value], len(medians))


def _so_many(titles: Sequence[str], every: int) -> str:
    """These sections by name, or how many of all they are."""
    if len(titles) <= _MANY:
        return listed([shorten(title, _TITLE) for title in titles])
    return gettext("%(some)s of %(all)s sections", some=len(titles), all=every)


def lede(picture: Picture) -> str:
    """How many are counted, what the ends are, where half or more stand below 50, and where partners disagree most."""
    group = whole_group(picture)
    figures = shown(group)
    first = _counted(picture)
    if not figures:
        return f"{first} {gettext(_NEEDS_FIVE if _is_few(picture) else _WOULD_TELL)}"
    return " ".join(part for part in (first, _ends(figures), _below(figures), _apart(picture, figures)) if part)


def _counted(picture: Picture) -> str:
    if picture.together:
        return ngettext(
            "%(num)s partnership is counted; each answered together, in one response.",
            "%(num)s partnerships are counted; each answered together, in one response.",
            picture.counted,
        )
    return ngettext(
        "%(num)s partnership is counted; partners answered apart.",
        "%(num)s partnerships are counted; partners answered apart.",
        picture.counted,
    )


def _ends(figures: Sequence[tuple[SectionCell, Figures]]) -> str:
    if len(figures) < 2:
        return ""
    medians = [found.median for _, found in figures]
    low, high = whole(min(medians)), whole(max(medians))
    if low == high:
        return gettext("The median is %(median)s on every section.", median=low)
    return gettext("Medians run from %(low)s to %(high)s of 100.", low=low, high=high)


def _below(figures: Sequence[tuple[SectionCell, Figures]]) -> str:
    half = sum(2 * found.below_half >= found.n for _, found in figures)
    if not half:
        return gettext("On no section do half of the partnerships score below 50.")
    if half == len(figures):
        return (
            gettext("On every section half of the partnerships or more score below 50.")
            if half > 1
            else gettext("Half or more of them score below 50.")
        )
    return gettext(
        "On %(some)s of %(all)s sections half of the partnerships or more score below 50.", some=half, all=len(figures)
    )


def _apart(picture: Picture, figures: Sequence[tuple[SectionCell, Figures]]) -> str:
    if picture.together:
        return ""
    most = max(found.wide for _, found in figures)
    if not most:
        return gettext("In none do partners disagree widely on a section.")
    titles = {section.id: section.title for section in picture.sections}
    where = [titles[cell.section] for cell, found in figures if found.wide == most]
    on = _so_many(where, len(figures))
    if 2 * most > picture.counted:
        return gettext(
            "Partners disagree widely in most partnerships on %(sections)s (%(most)s).", sections=on, most=most
        )
    if len(where) > 1:
        return ngettext(
            "Wide disagreement is most frequent on %(sections)s: in %(num)s partnership each.",
            "Wide disagreement is most frequent on %(sections)s: in %(num)s partnerships each.",
            most,
            sections=on,
        )
    return ngettext(
        "Wide disagreement is most frequent on %(sections)s: in %(num)s partnership.",
        "Wide disagreement is most frequent on %(sections)s: in %(num)s partnerships.",
        most,
        sections=on,
    )


def period(snapshot: Snapshot) -> str:
    """`1 April 2025 to 31 March 2026`."""
    return gettext("%(first)s to %(last)s", first=day(snapshot.scope.since), last=day(snapshot.scope.until))


def months(first: date, last: date) -> str:
    """`January to March 2026`, of one year."""
    return gettext("%(first)s to %(last)s %(year)s", first=month(first), last=month(last), year=last.year)


def caveats(snapshot: Snapshot, *, names: bool) -> tuple[str, ...]:
    """What a reader must know before any figure."""
    said = []
    if snapshot.demo:
        said.append(
            gettext(
                "Invented partnerships and answers: this shows what a report looks like, and says nothing about a real "
                "place."
            )
        )
    if names:
        said.append(
            gettext(
                "This copy names partnerships. It is for the region’s own team and not to be passed on: ask for one "
                "without names."
            )
        )
    return tuple(said)


def footer(snapshot: Snapshot, digest: str) -> str:
    """What stands at the foot of every page: the snapshot, its day, and a short content hash."""
    parts = (
        gettext("Invented answers") if snapshot.demo else "",
        shorten(snapshot.name, 40),
        gettext("made %(day)s", day=day(snapshot.made)),
        digest[:8],
    )
    return " · ".join(part for part in parts if part)

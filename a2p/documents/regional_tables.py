"""The tables of a region's documents beside the pictures: take-up, what was counted, demand, change, and what is shown
by name. Partnerships stand in the order of names, districts under their county; never in the order of a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

from a2p.documents import regional_words as words
from a2p.documents.change_view import signed
from a2p.documents.charts import DotRow, StackedBar, stacked_bar
from a2p.documents.cohort_charts import Frame, Plot, axis, before_and_after, count_bar, missing
from a2p.documents.language import gettext
from a2p.documents.regional_material import (
    Asked,
    Change,
    Demand,
    Period,
    PictureChange,
    RegionalMaterial,
    SectionChange,
)
from a2p.documents.regional_picture import Measures
from a2p.documents.words import NONE, whole
from a2p.region.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class StageRow:
    """A questionnaire: how many partnerships it is for, how many are how far, and the same as a bar."""

    title: str
    of: int
    counts: tuple[int, ...]
    bar: StackedBar


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """Partnerships that closed a round in a stretch of time, and that released something in it, each with its bar."""

    title: str
    closed: int
    closed_bar: DotRow
    released: int
    released_bar: DotRow


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A questionnaire: how many partnerships are counted, apart and together, and how many are left out why."""

    title: str
    apart: int
    together: int
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """Figures that are not shown: of which questionnaire and groups, which sections, and why."""

    picture: str
    group: str
    sections: str
    why: str


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A module with its counts: each as text (what is withheld says so) and as a bar, if there is one."""

    title: str
    about: str
    counts: tuple[tuple[str, DotRow | None], ...]
    invite: str


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A section of a questionnaire: asks for help and offers of it."""

    section: str
    asks: int
    asks_bar: DotRow
    offers: int
    offers_bar: DotRow


@dataclass(frozen=True, slots=True)
class AskedBlock:
    """A questionnaire's sections on which anything is asked for or offered."""

    title: str
    rows: tuple[AskedRow, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A section before and after; `withheld` says why there is nothing."""

    id: str
    section: str
    n: str
    plot: Plot
    before: str = NONE
    after: str = NONE
    change: str = NONE
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class ChangeBlock:
    """A questionnaire's change; where nothing of it is shown, `withheld` says why."""

    id: str
    title: str
    how: str
    both: int
    axis: Plot
    rows: tuple[ChangeRow, ...]
    withheld: str = ""


def stage_rows(material: RegionalMaterial, measures: Measures) -> tuple[StageRow, ...]:
    """How far partnerships are with each questionnaire."""
    made = []
    for place, title in enumerate(material.asked):
        stages = material.stages(place)
        counts = [(words.stage(stage), stages.get(stage, 0)) for stage in words.SHOWN_STAGES]
        bar = stacked_bar(counts, width=measures.whole, height=measures.bar_height, font=measures.font)
        made.append(StageRow(title, sum(n for _, n in counts), tuple(n for _, n in counts), bar))
    return tuple(made)


def period_rows(periods: Sequence[Period], measures: Measures) -> tuple[PeriodRow, ...]:
    """Rounds over time; both bars of all rows have one measure."""
    most = max((max(each.closed, each.released) for each in periods), default=0)
    return tuple(
        PeriodRow(
            each.title,
            each.closed,
            count_bar(each.closed, most=most, title=_closed(each), width=measures.long_count),
            each.released,
            count_bar(each.released, most=most, title=_released(each), width=measures.long_count),
        )
        for each in periods
    )


def _closed(of: Period) -> str:
    return gettext("%(period)s: %(count)s closed", period=of.title, count=of.closed)


def _released(of: Period) -> str:
    return gettext("%(period)s: %(count)s released", period=of.title, count=of.released)


def counted_rows(snapshot: Snapshot) -> tuple[CountedRow, ...]:
    """What was counted of each questionnaire, and what was left out."""
    made = []
    for questionnaire in snapshot.scope.questionnaires:
        ours = [picture for picture in snapshot.pictures if picture.questionnaire == questionnaire]
        left = {each.reason: each.n for each in snapshot.left_out if each.questionnaire == questionnaire}
        made.append(
            CountedRow(
                ours[0].title if ours else questionnaire,
                sum(picture.counted for picture in ours if not picture.together),
                sum(picture.counted for picture in ours if picture.together),
                tuple(left.get(reason, 0) for reason in words.LEFT_OUT),
            )
        )
    return tuple(made)


def hidden_rows(snapshot: Snapshot) -> tuple[HiddenRow, ...]:
    """Every figure of a section that is not shown, groups with the same reason for the same sections together."""
    made: list[HiddenRow] = []
    for picture in snapshot.pictures:
        titles = {section.id: section.title for section in picture.sections}
        found: dict[tuple[str, str], list[str]] = {}
        for group in picture.groups:
            for why in words.WHY_NOT:
                hidden = [titles[cell.section] for cell in group.sections if cell.withheld is why]
                if hidden:
                    which = gettext("All sections") if len(hidden) == len(group.sections) else ", ".join(hidden)
                    found.setdefault((which, gettext(words.WHY_NOT[why])), []).append(words.group_title(group))
        title = f"{picture.title}, {words.answered(picture)}"
        made += [HiddenRow(title, ", ".join(groups), which, why) for (which, why), groups in found.items()]
    return tuple(made)


def demand_rows(demand: Sequence[Demand], measures: Measures) -> tuple[DemandRow, ...]:
    """The modules in order of need; the bars of all have one measure."""
    counts = [(each.below_half, each.wide, each.gaps, each.asks, each.requests) for each in demand]
    most = max((n for row in counts for n in row if n is not None), default=0)
    return tuple(
        DemandRow(
            each.title,
            f"{gettext(each.format)} · {each.length}",
            tuple(_counted(n, most, each.title, measures) for n in row),
            _invite(each),
        )
        for each, row in zip(demand, counts, strict=True)
    )


def _invite(each: Demand) -> str:
    """Whom to invite, and how many more are in need whom nobody can name."""
    if not each.invite:
        return ""
    names = ", ".join(each.invite)
    if not each.unnamed:
        return names
    return gettext("%(names)s, and %(more)s more below 50 that can’t be named", names=names, more=each.unnamed)


def _counted(n: int | None, most: int, title: str, measures: Measures) -> tuple[str, DotRow | None]:
    if n is None:
        return gettext("Not shown"), None
    return str(n), count_bar(n, most=most, title=f"{title}: {n}", width=measures.count)


def asked_blocks(material: RegionalMaterial, measures: Measures) -> tuple[AskedBlock, ...]:
    """Asks and offers by section, of sections with any."""
    some = [each for each in material.sections if each.asks or each.offers]
    most = max((max(each.asks, each.offers) for each in some), default=0)
    return tuple(
        AskedBlock(
            title,
            tuple(
                AskedRow(
                    each.section,
                    each.asks,
                    count_bar(each.asks, most=most, title=_asks(each), width=measures.long_count),
                    each.offers,
                    count_bar(each.offers, most=most, title=_offers(each), width=measures.long_count),
                )
                for each in ours
            ),
        )
        for title, ours in groupby(some, key=lambda each: each.questionnaire)
    )


def _asks(of: Asked) -> str:
    return gettext("%(section)s: %(count)s ask", section=of.section, count=of.asks)


def _offers(of: Asked) -> str:
    return gettext("%(section)s: %(count)s offer", section=of.section, count=of.offers)


def change_blocks(change: Change | None, measures: Measures) -> tuple[ChangeBlock, ...]:
    """What changed, questionnaire by questionnaire."""
    return tuple(_changed(f"change-{n}", each, measures) for n, each in enumerate(change.pictures if change else ()))


def _changed(id_: str, picture: PictureChange, measures: Measures) -> ChangeBlock:
    frame = Frame(words.bands_of(picture.bands), measures.track, measures.height)
    how = words.answered_words(together=picture.together)
    rows = tuple(_change(f"{id_}-{n}", cell, frame) for n, cell in enumerate(picture.sections))
    hidden = "" if any(not row.withheld for row in rows) else _reasons(picture.sections)
    withheld = gettext("Not shown: %(reason)s.", reason=hidden) if hidden else ""
    return ChangeBlock(id_, picture.questionnaire, how, picture.both, axis(frame), rows, withheld)


def _reasons(cells: Sequence[SectionChange]) -> str:
    """Why nothing is shown of any of these."""
    said = [gettext(reason) for reason in dict.fromkeys(cell.reason for cell in cells) if reason]
    return reduce(lambda one, other: gettext("%(one)s or %(other)s", one=one, other=other), said) if said else ""


def _change(id_: str, cell: SectionChange, frame: Frame) -> ChangeRow:
    n = NONE if cell.n is None else str(cell.n)
    if cell.before is None or cell.after is None:
        plot = missing(frame, cell.section, gettext("not shown"))
        return ChangeRow(id_, cell.section, n, plot, withheld=words.not_shown(cell.reason))
    plot = before_and_after(frame, cell.section, cell.before, cell.after)
    change = signed(cell.after - cell.before)
    return ChangeRow(id_, cell.section, n, plot, whole(cell.before), whole(cell.after), change)

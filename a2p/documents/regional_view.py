"""All that a regional report says, ready to be set: a pure function of the material and the order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from a2p.documents import regional_headlines as headlines
from a2p.documents import regional_words as words
from a2p.documents.language import gettext, noted
from a2p.documents.order import Order
from a2p.documents.regional_by_name import HeatView, StagesGroup, heat_views, in_order, stages_by_name
from a2p.documents.regional_material import Change, RegionalMaterial, Theme
from a2p.documents.regional_picture import LARGE, PAPER, Measures, PictureView, picture_view
from a2p.documents.regional_tables import (
    AskedBlock,
    ChangeBlock,
    CountedRow,
    DemandRow,
    HiddenRow,
    PeriodRow,
    StageRow,
    asked_blocks,
    change_blocks,
    counted_rows,
    demand_rows,
    hidden_rows,
    period_rows,
    stage_rows,
)
from a2p.documents.words import day, shorten
from a2p.region.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Summed:
    """A questionnaire on the page that sums the region up: how many are counted, and its picture's title."""

    id: str
    title: str
    counted: int
    headline: str


@dataclass(frozen=True, slots=True)
class RegionalView:
    """The whole report. What there is nothing of is empty."""

    snapshot: Snapshot
    digest: str
    title: str
    running: str
    footer: str
    caveats: tuple[str, ...]
    period: str
    made: str
    scope: str
    names: bool
    sums: tuple[Summed, ...]
    take_up_headline: str
    stages: tuple[StageRow, ...]
    stage_labels: tuple[str, ...]
    periods: tuple[PeriodRow, ...]
    counted_headline: str
    counted_lede: str
    counted: tuple[CountedRow, ...]
    left_labels: tuple[str, ...]
    left_means: tuple[tuple[str, str], ...]
    hidden: tuple[HiddenRow, ...]
    pictures: tuple[PictureView, ...]
    demand_headline: str
    demand: tuple[DemandRow, ...]
    asked: tuple[AskedBlock, ...]
    asks: int
    offers: int
    change_headline: str
    earlier: str
    changes: tuple[ChangeBlock, ...]
    heats: tuple[HeatView, ...]
    themes: tuple[Theme, ...]
    by_name: tuple[StagesGroup, ...]
    by_name_asked: tuple[str, ...]


def regional_view(material: RegionalMaterial, order: Order, measures: Measures | None = None) -> RegionalView:
    """Everything the templates need; nothing is computed in them."""
    measures = measures or (LARGE if order.large_print else PAPER)
    digest = material.digest(order)
    used = material.for_order(order)
    snapshot = used.snapshot
    asks, offers = (sum(each.asks for each in used.sections), sum(each.offers for each in used.sections))
    named = any(row.place.name for row in used.take_up)
    return RegionalView(
        snapshot=snapshot,
        digest=digest,
        title=gettext("Regional report: %(region)s, %(snapshot)s", region=snapshot.region, snapshot=snapshot.name),
        running=shorten(snapshot.name, 40),
        footer=words.footer(snapshot, digest),
        caveats=words.caveats(snapshot, names=order.names),
        period=words.period(snapshot),
        made=day(snapshot.made),
        scope=_scope(snapshot),
        names=order.names,
        sums=_sums(snapshot),
        take_up_headline=headlines.take_up_headline(used),
        stages=stage_rows(used, measures),
        stage_labels=tuple(words.stage(stage) for stage in words.SHOWN_STAGES),
        periods=period_rows(used.periods, measures),
        counted_headline=headlines.counted_headline(snapshot),
        counted_lede=headlines.counted_lede(snapshot),
        counted=counted_rows(snapshot),
        left_labels=tuple(gettext(label) for label in words.LEFT_OUT.values()),
        left_means=_left_means(),
        hidden=hidden_rows(snapshot),
        pictures=tuple(picture_view(picture, measures) for picture in snapshot.pictures),
        demand_headline=headlines.demand_headline(used.demand, asks, offers),
        demand=demand_rows(used.demand, measures),
        asked=asked_blocks(used, measures),
        asks=asks,
        offers=offers,
        change_headline=headlines.change_headline(used.change) if used.change else "",
        earlier=_earlier(used.change) if used.change else "",
        changes=change_blocks(used.change, measures),
        heats=heat_views(used.named, snapshot.partnerships),
        themes=tuple(sorted(used.themes, key=lambda each: in_order(each.place))),
        by_name=stages_by_name(used.take_up) if named else (),
        by_name_asked=used.asked,
    )


def _left_means() -> tuple[tuple[str, str], ...]:
    return tuple((gettext(words.LEFT_OUT[reason]), gettext(text)) for reason, text in words.LEFT_OUT_MEANS.items())


def _earlier(change: Change) -> str:
    return gettext("%(snapshot)s, made on %(day)s", snapshot=change.earlier, day=day(change.made))


def _sums(snapshot: Snapshot) -> tuple[Summed, ...]:
    """Together says so only where the same questionnaire was answered apart too, or it is all there is."""
    ways = [picture.questionnaire for picture in snapshot.pictures]
    twice = {one for one, other in pairwise(sorted(ways)) if one == other}
    return tuple(
        Summed(
            f"{picture.questionnaire}-{'together' if picture.together else 'apart'}",
            f"{picture.title}, {words.answered(picture)}"
            if picture.together or picture.questionnaire in twice
            else picture.title,
            picture.counted,
            words.headline(picture),
        )
        for picture in snapshot.pictures
    )


_KINDS = {
    "county": noted("County partnerships alone"),
    "district": noted("District partnerships alone"),
    "unitary": noted("Unitary partnerships alone"),
    "local": noted("Local partnerships alone"),
}
_KINDS_OF_AREA = {
    "county": noted("County partnerships alone and one county area alone"),
    "district": noted("District partnerships alone and one county area alone"),
    "unitary": noted("Unitary partnerships alone and one county area alone"),
    "local": noted("Local partnerships alone and one county area alone"),
}


def _scope(snapshot: Snapshot) -> str:
    """What the snapshot is of, in words."""
    scope = snapshot.scope
    if scope.kind:
        return gettext((_KINDS if scope.area is None else _KINDS_OF_AREA)[scope.kind])
    return gettext("All partnerships of the region") if scope.area is None else gettext("One county area alone")

"""Asks, offers and associates of a region, and the matches that are proposed for them.

Whether a partnership's offer counts is decided by figures that it released by name, and by no others: that somebody is
proposed would tell the rest. So an offer whose figures aren't shown stands on the list and doesn't count yet.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.region.counted import BY_NAME, Place, SectionFigures
from a2p.region.matching import Ask, Helper, Match, Standing, match, standing_of
from a2p.region.named import WHOLE
from a2p.rounds.regional import section_rows
from a2p.rounds.regional_rounds import Asked, closed_rounds, places_of
from a2p.rounds.regional_snapshots import named_now
from a2p.rounds.support import NamedWish, wishes_in
from a2p.store.base import today
from a2p.store.region_tables import Associate, Introduction

CAPACITY = 2
"""Partnerships that one partnership helps at the same time."""
ASSOCIATE_WHY = "offers days on this section"


@dataclass(frozen=True, slots=True)
class JudgedOffer:
    """An offer of help by name, and whether it counts."""

    wish: NamedWish
    standing: Standing


@dataclass(frozen=True, slots=True)
class Matching:
    """What a programme manager matches: asks, those of them that wait for somebody, offers, and who may help."""

    asks: tuple[NamedWish, ...]
    offers: tuple[JudgedOffer, ...]
    helpers: tuple[Helper, ...]
    declined: frozenset[tuple[int, str, tuple[str, int]]]
    waiting: tuple[Ask, ...]

    def proposals(self) -> tuple[Match, ...]:
        """The best matches of all who wait."""
        return match(self.waiting, self.helpers, self.declined)


def matching_of(session: Session, region_id: int) -> Matching:
    """All that is matched in a region now."""
    places = {place.id: place for place in places_of(session, region_id, today())}
    wishes = [wish for wish in wishes_in(session, region_id) if wish.partnership.id in places]
    asks = tuple(wish for wish in wishes if wish.wish.kind == "ask")
    offers = _judged(session, region_id, [wish for wish in wishes if wish.wish.kind == "offer"])
    before = session.scalars(select(Introduction).where(Introduction.region_id == region_id)).all()
    helped = {(each.asker_id, each.section) for each in before if each.ended is None}
    waiting = tuple(
        Ask(each.wish.id, places[each.partnership.id], each.wish.about)
        for each in asks
        if (each.partnership.id, each.wish.about) not in helped
    )
    busy = Counter(_helper_key(each) for each in before if each.ended is None)
    helpers = (*_partnerships(offers, places, busy), *_associates(session, region_id, busy))
    ended = frozenset((each.asker_id, each.section, _helper_key(each)) for each in before if each.ended is not None)
    return Matching(asks, offers, helpers, ended, waiting)


def _helper_key(row: Introduction) -> tuple[str, int]:
    if row.helper_id is not None:
        return "partnership", row.helper_id
    return "associate", row.associate_id or 0


def _partnerships(
    offers: Sequence[JudgedOffer], places: Mapping[int, Place], busy: Mapping[tuple[str, int], int]
) -> Iterator[Helper]:
    counted: dict[int, dict[str, str]] = {}
    for each in offers:
        if each.standing.counts:
            counted.setdefault(each.wish.partnership.id, {})[each.wish.wish.about] = each.standing.why
    for id_, sections in counted.items():
        left = max(0, CAPACITY - busy.get(("partnership", id_), 0))
        yield Helper("partnership", id_, places[id_].name, places[id_], sections, left)


def _associates(session: Session, region_id: int, busy: Mapping[tuple[str, int], int]) -> Iterator[Helper]:
    for each in agreed_in(session, region_id):
        sections = dict.fromkeys(json.loads(each.sections), ASSOCIATE_WHY)
        yield Helper(
            "associate", each.id, each.name, None, sections, max(0, each.days - busy.get(("associate", each.id), 0))
        )


def agreed_in(session: Session, region_id: int) -> Sequence[Associate]:
    """The associates who agreed and have not withdrawn, by name."""
    found = select(Associate).where(
        Associate.region_id == region_id, Associate.agreed.is_not(None), Associate.withdrawn.is_(None)
    )
    return session.scalars(found.order_by(Associate.name, Associate.id)).all()


def _judged(session: Session, region_id: int, offers: Sequence[NamedWish]) -> tuple[JudgedOffer, ...]:
    known = _by_name(session, region_id, {each.partnership.id for each in offers}) if offers else {}
    found = []
    for each in offers:
        standings = [
            standing_of(_section(newest, each.wish.about), _section(before, each.wish.about), together=together)
            for (id_, questionnaire, together), (newest, before) in known.items()
            if id_ == each.partnership.id and each.wish.about.startswith(f"{questionnaire}/")
        ]
        best = next((one for one in standings if one.counts), standings[0] if standings else standing_of(None, None))
        found.append(JudgedOffer(each, best))
    return tuple(found)


_Figures = tuple[SectionFigures, ...]


def _by_name(
    session: Session, region_id: int, partnerships: Collection[int]
) -> dict[tuple[int, str, bool], tuple[_Figures, _Figures]]:
    """The figures that are shown by name of each partnership's two newest rounds of a questionnaire."""
    decided = named_now(session, region_id).shown
    rounds: dict[tuple[int, str, bool], list[tuple[date, int]]] = {}
    for asked in closed_rounds(session, region_id):
        meant = asked.meant
        if meant is None or meant.number is None or asked.partnership_id not in partnerships:
            continue
        rounds.setdefault(_key(asked), []).append((asked.day(meant), meant.number))
    newest = {key: [number for _, number in sorted(found, reverse=True)[:2]] for key, found in rounds.items()}
    rows = section_rows(session, [number for numbers in newest.values() for number in numbers if number in decided])

    def figures(numbers: Sequence[int], which: int) -> _Figures:
        if which >= len(numbers) or decided.get(numbers[which], 0) < BY_NAME:
            return ()
        whole = decided[numbers[which]] >= WHOLE
        found = rows.get(numbers[which], ())
        return found if whole else tuple(_without_agreement(each) for each in found)

    return {key: (figures(numbers, 0), figures(numbers, 1)) for key, numbers in newest.items()}


def _key(asked: Asked) -> tuple[int, str, bool]:
    return asked.partnership_id, asked.questionnaire, asked.together


def _without_agreement(figures: SectionFigures) -> SectionFigures:
    return SectionFigures(figures.id, figures.score, figures.band, None, 0)


def _section(figures: _Figures, about: str) -> SectionFigures | None:
    section = about.partition("/")[2]
    return next((each for each in figures if each.id == section), None)

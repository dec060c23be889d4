"""What a region is shown by name: results that are released so now, as far as that tells nothing of those who aren't.

Read whenever somebody looks, so that taking a release back acts at the next request. `a2p.region.named` decides what
waits, from all that was ever released and all the figures that the region's managers received.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.region.counted import BY_NAME, Place, SectionFigures
from a2p.region.named import Naming, let_out, naming
from a2p.region.snapshot import Scope
from a2p.rounds.regional import section_rows, spells_of
from a2p.rounds.regional_rounds import Asked, closed_rounds, places_of
from a2p.rounds.regional_snapshots import shown_in
from a2p.rounds.scores import write_missing_scores
from a2p.store.round_tables import Round


@dataclass(frozen=True, slots=True)
class NamedResult:
    """A partnership's newest result that it released by name, on one questionnaire answered in one way. `level` is how
    far it may be shown, from BY_NAME; where it `waits` it may not be shown yet, and has no figures here."""

    place: Place
    result: int
    questionnaire: str
    version_id: int
    together: bool
    closed: date
    level: int
    waits: bool
    sections: tuple[SectionFigures, ...]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a partnership released in its own words about a round."""

    place: Place
    round: str
    text: str


@dataclass(frozen=True, slots=True)
class ByName:
    """All that a region is shown by name of a scope, by the partnerships' names."""

    results: tuple[NamedResult, ...]
    words: tuple[OwnWords, ...]


def shown_by_name(session: Session, region_id: int, scope: Scope) -> ByName:
    """What is released by name at this moment, of the rounds in a scope: of each partnership the newest, for each
    questionnaire, apart and together for themselves."""
    write_missing_scores(session)
    rounds = closed_rounds(session, region_id)
    decided = naming(shown_in(session, region_id), spells_of(rounds))
    places = {
        place.id: place
        for place in places_of(session, region_id, scope.since)
        if scope.kind in (None, place.kind) and scope.area in (None, place.area)
    }
    ours = [asked for asked in rounds if asked.partnership_id in places and asked.questionnaire in scope.questionnaires]
    return ByName(
        tuple(_results(session, _newest(ours, scope), places, decided)),
        tuple(_words(session, ours, scope, places)),
    )


def _newest(rounds: list[Asked], scope: Scope) -> list[Asked]:
    """The newest round with figures released by name, of each partnership, questionnaire and way of answering."""
    found: dict[tuple[int, str, bool], Asked] = {}
    for asked in rounds:
        day = _day(asked)
        if day is None or asked.level < BY_NAME or not scope.since <= day <= scope.until:
            continue
        key = asked.partnership_id, asked.questionnaire, asked.together
        held = found.get(key)
        if held is None or (day, asked.round_id) > (_day(held) or date.min, held.round_id):
            found[key] = asked
    return list(found.values())


def _day(asked: Asked) -> date | None:
    """The day on which the round closed with the result that is released; None where there is none."""
    meant = asked.meant
    return None if meant is None or meant.number is None else asked.day(meant)


def _results(session: Session, newest: list[Asked], places: dict[int, Place], decided: Naming) -> Iterator[NamedResult]:
    of = {number: asked for asked in newest if asked.meant and (number := asked.meant.number) is not None}
    figures = section_rows(session, [number for number in of if number in decided.shown])
    for number, asked in sorted(of.items(), key=lambda item: (places[item[1].partnership_id].name, item[0])):
        yield NamedResult(
            place=places[asked.partnership_id],
            result=number,
            questionnaire=asked.questionnaire,
            version_id=asked.version_id,
            together=asked.together,
            closed=_day(asked) or date.min,
            level=decided.shown.get(number, 0),
            waits=number not in decided.shown,
            sections=tuple(let_out(each, decided.shown[number]) for each in figures.get(number, ())),
        )


def _words(session: Session, rounds: list[Asked], scope: Scope, places: dict[int, Place]) -> Iterator[OwnWords]:
    """The newest text of each partnership."""
    newest: dict[int, Asked] = {}
    for asked in rounds:
        day = asked.day(max(asked.editions, key=lambda each: each.edition))
        if not asked.released.themes or not scope.since <= day <= scope.until:
            continue
        held = newest.get(asked.partnership_id)
        if held is None or (asked.closed, asked.round_id) > (held.closed, held.round_id):
            newest[asked.partnership_id] = asked
    ids = [asked.round_id for asked in newest.values()]
    names = {row.id: row.name for row in session.execute(select(Round.id, Round.name).where(Round.id.in_(ids)))}
    for asked in sorted(newest.values(), key=lambda each: places[each.partnership_id].name):
        yield OwnWords(places[asked.partnership_id], names[asked.round_id], asked.released.themes)

"""What a region may count: from each partnership the newest result that it released, and what is left out and why.

It comes from the rows of scores by a few indexed statements, however many partnerships there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Literal, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.definition.model import Questionnaire
from a2p.region.counted import QUESTIONS_BY_NAME, Counted, Place, SectionFigures
from a2p.region.named import Spell
from a2p.region.snapshot import LeftOut, Scope
from a2p.rounds.regional_rounds import Asked, Edition, closed_rounds, place_of, places_of, versions_by_id
from a2p.rounds.scores import write_missing_scores
from a2p.store.base import LONDON
from a2p.store.definitions import definition_of, newest_versions
from a2p.store.region_tables import QuestionScore, SectionScore
from a2p.store.round_tables import QuestionnaireVersion, Result, Round
from a2p.store.tables import Partnership

AT_ONCE = 10_000
"""Numbers in one statement: databases take some thousands more."""

Reason: TypeAlias = Literal["no-round", "not-released", "partial"]
_FURTHEST: tuple[Reason, ...] = ("no-round", "not-released", "partial")
Found: TypeAlias = tuple[Asked, Edition]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What may be counted in a scope, and what there is to decide by.

    `places` are the partnerships in scope. `earlier` are results of those counted that are still released and that a
    snapshot may have counted before. `definitions` are of what is counted, by questionnaire and version, in their own
    words. `rounds` are all of the region that ask these questionnaires, whatever the rest of the scope.
    """

    places: tuple[Place, ...]
    counted: tuple[Counted, ...]
    earlier: tuple[Counted, ...]
    left_out: tuple[LeftOut, ...]
    definitions: Mapping[tuple[str, int], Questionnaire]
    rounds: Sequence[Asked]

    @property
    def spells(self) -> tuple[Spell, ...]:
        """All times in which results of these questionnaires were released, by any partnership: they tell what was ever
        shown by name."""
        return spells_of(self.rounds)


def gather_counted(session: Session, region_id: int, scope: Scope, earlier: Collection[int] = ()) -> Gathered:
    """What a region may count in a scope, of what is released at this moment. `earlier` are numbers of results that
    may stay in the place of newer ones."""
    write_missing_scores(session)
    places = {
        place.id: place
        for place in places_of(session, region_id, scope.since)
        if scope.kind in (None, place.kind) and scope.area in (None, place.area)
    }
    rounds = closed_rounds(session, region_id, scope.questionnaires)
    versions = versions_by_id(session, {each.version_id for each in rounds})
    sorted_out = _sorted_out(rounds, places, scope)
    before = [
        (asked, meant)
        for asked in rounds
        if asked.partnership_id in places
        and (meant := asked.meant) is not None
        and meant.number in earlier
        and _is_released(asked, meant)
    ]
    counted = _counted(session, [*sorted_out.counted, *before], places, versions)
    taken = len(sorted_out.counted)
    return Gathered(
        places=tuple(places.values()),
        counted=tuple(counted[:taken]),
        earlier=tuple(counted[taken:]),
        left_out=_left_out(session, places.values(), scope, sorted_out),
        definitions=_definitions(session, counted, versions),
        rounds=rounds,
    )


def counted_still(session: Session, region_id: int, results: Collection[int]) -> tuple[Counted, ...]:
    """Those of these results that are there and released at this moment, with the level that they are released at."""
    wanted = frozenset(results)
    rounds = closed_rounds(session, region_id)
    found = [
        (asked, meant)
        for asked in rounds
        if (meant := asked.meant) is not None and meant.number in wanted and _is_released(asked, meant)
    ]
    places = {place.id: place for place in places_of(session, region_id, date.min)}
    versions = versions_by_id(session, {asked.version_id for asked, _ in found})
    return tuple(_counted(session, found, places, versions))


def own_counted(session: Session, result: Result) -> Counted:
    """A result with its figures for its own partnership, whatever is released of it; `level` is 1."""
    write_missing_scores(session)
    number, round_ = result.id, session.get_one(Round, result.round_id)
    version = session.get_one(QuestionnaireVersion, result.version_id)
    return Counted(
        place=place_of(session.get_one(Partnership, result.partnership_id)),
        result=number,
        sha256=result.sha256,
        questionnaire=version.questionnaire,
        version=version.version,
        together=round_.together,
        level=1,
        closed=(round_.closed or result.frozen).astimezone(LONDON).date(),
        sections=section_rows(session, [number]).get(number, ()),
        questions={},
    )


@dataclass(frozen=True, slots=True)
class _SortedOut:
    """What is counted, and of each partnership and questionnaire how far the others came."""

    counted: list[Found]
    furthest: dict[tuple[int, str], Reason]


def _sorted_out(rounds: Sequence[Asked], places: Mapping[int, Place], scope: Scope) -> _SortedOut:
    furthest: dict[tuple[int, str], Reason] = {}
    counted: dict[tuple[int, str, bool], Found] = {}
    for asked in rounds:
        meant = asked.meant or max(asked.editions, key=lambda each: each.edition)
        if asked.partnership_id not in places or not scope.since <= asked.day(meant) <= scope.until:
            continue
        reason = _reason(asked, meant)
        key = (asked.partnership_id, asked.questionnaire)
        if reason is not None:
            furthest[key] = max(reason, furthest.get(key, "no-round"), key=_FURTHEST.index)
            continue
        held = counted.get((*key, asked.together))
        if held is None or (asked.day(meant), asked.round_id) > (held[0].day(held[1]), held[0].round_id):
            counted[*key, asked.together] = (asked, meant)
    return _SortedOut(list(counted.values()), furthest)


def _reason(asked: Asked, meant: Edition) -> Reason | None:
    """Why a result isn't counted."""
    if not _is_released(asked, asked.meant):
        return "not-released"
    return "partial" if meant.partial else None


def _is_released(asked: Asked, meant: Edition | None) -> bool:
    return meant is not None and meant.number is not None and asked.level >= 1


def _left_out(session: Session, places: Iterable[Place], scope: Scope, sorted_out: _SortedOut) -> tuple[LeftOut, ...]:
    """How many partnerships are not counted, by questionnaire and reason; of those whom it is for."""
    there = {(asked.partnership_id, asked.questionnaire) for asked, _ in sorted_out.counted}
    offered = {version.questionnaire: definition_of(version) for version in newest_versions(session)}
    reasons: Counter[tuple[str, Reason]] = Counter()
    for place in places:
        for questionnaire in scope.questionnaires:
            definition = offered.get(questionnaire)
            reason = sorted_out.furthest.get((place.id, questionnaire))
            if (place.id, questionnaire) in there or (
                reason is None and definition and place.kind not in definition.kinds
            ):
                continue
            reasons[questionnaire, reason or "no-round"] += 1
    return tuple(
        LeftOut(questionnaire=questionnaire, reason=reason, n=reasons[questionnaire, reason])
        for questionnaire in scope.questionnaires
        for reason in _FURTHEST
        if reasons[questionnaire, reason]
    )


def _definitions(
    session: Session, counted: Iterable[Counted], versions: Mapping[int, QuestionnaireVersion]
) -> dict[tuple[str, int], Questionnaire]:
    """The definitions of what is counted; of a version that was put in other words, those in its own."""
    wanted = {(each.questionnaire, each.version) for each in counted}
    own = {(each.questionnaire, each.version): each for each in versions.values() if not each.overlays}
    if not wanted <= own.keys():
        local = {each.base_sha256 for each in versions.values()}
        based = session.scalars(select(QuestionnaireVersion).where(QuestionnaireVersion.sha256.in_(local)))
        own |= {(each.questionnaire, each.version): each for each in based}
    return {key: definition_of(own[key]) for key in sorted(wanted)}


def spells_of(rounds: Iterable[Asked]) -> tuple[Spell, ...]:
    """All times in which results were released, in order."""
    spells = (spell for asked in rounds for spell in asked.spells())
    return tuple(sorted(spells, key=lambda spell: (spell.since, spell.result)))


def _counted(
    session: Session,
    found: Sequence[Found],
    places: Mapping[int, Place],
    versions: Mapping[int, QuestionnaireVersion],
) -> list[Counted]:
    """The results with their figures, in the order in which they were found."""
    levels = {meant.number: asked.level for asked, meant in found if meant.number is not None}
    sections = section_rows(session, levels)
    questions = question_rows(session, [number for number, level in levels.items() if level >= QUESTIONS_BY_NAME])
    return [
        Counted(
            place=places[asked.partnership_id],
            result=meant.number,
            sha256=meant.sha256,
            questionnaire=asked.questionnaire,
            version=versions[asked.version_id].version,
            together=asked.together,
            level=levels[meant.number],
            closed=asked.day(meant),
            sections=sections.get(meant.number, ()),
            questions=questions.get(meant.number, {}),
        )
        for asked, meant in found
        if meant.number is not None
    ]


def section_rows(session: Session, results: Collection[int]) -> dict[int, tuple[SectionFigures, ...]]:
    """The sections' figures of results, by their numbers; in the questionnaire's order."""
    score = SectionScore
    columns = (score.result_id, score.section, score.score, score.band, score.wide, score.gaps)
    found: dict[int, tuple[SectionFigures, ...]] = {}
    for part in _parts(results):
        rows = select(*columns).where(score.result_id.in_(part)).order_by(score.result_id, score.position)
        for number, of in groupby(session.execute(rows), itemgetter(0)):
            found[number] = tuple(
                SectionFigures(section, None if points is None else exact(points), band, wide, gaps)
                for _, section, points, band, wide, gaps in of
            )
    return found


def question_rows(session: Session, results: Collection[int]) -> dict[int, dict[str, Fraction]]:
    """The scores of the questions that have one, by the numbers of results."""
    score = QuestionScore
    found: dict[int, dict[str, Fraction]] = {}
    for part in _parts(results):
        rows = select(score.result_id, score.question, score.score).where(score.result_id.in_(part))
        for number, question, points in session.execute(rows):
            found.setdefault(number, {})[question] = exact(points)
    return found


@lru_cache(maxsize=1 << 16)
def exact(score: str) -> Fraction:
    """An exact score from its text, "25/3"."""
    return Fraction(score)


def _parts(numbers: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]

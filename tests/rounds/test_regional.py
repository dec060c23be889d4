"""What a region may count: the newest that each partnership released, and why others are left out; on each engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import delete, event
from sqlalchemy.orm import Session

from a2p.region.counted import Counted
from a2p.region.named import Spell
from a2p.region.snapshot import Scope
from a2p.rounds.regional import Gathered, gather_counted
from a2p.store.base import now
from a2p.store.region_tables import QuestionScore, ResultScore, SectionScore
from a2p.store.round_tables import DestroyedResult, Result, Round, RoundReopening
from a2p.store.tables import Partnership
from tests import site
from tests.rounds.shire import CLOSED, DAY, Shire, closed_round, freeze, many, place, release, released, shire

FULL: dict[str, str | None] = {"purpose": "100/3", "voice": None}


@pytest.fixture
def of(session: Session) -> Shire:
    return shire(session)


@pytest.fixture
def fen(session: Session, of: Shire) -> Partnership:
    return place(session, of, "Fen")


def gathered(session: Session, of: Shire, earlier: tuple[int, ...] = (), scope: Scope | None = None) -> Gathered:
    return gather_counted(session, of.region.id, scope or of.scope(), earlier)


def numbers(counted: tuple[Counted, ...]) -> list[int]:
    return [each.result for each in counted]


def reasons(found: Gathered) -> dict[str, int]:
    return {each.reason: each.n for each in found.left_out}


def named(found: Gathered, level: int = 2) -> set[int]:
    """The results that were ever released at this level."""
    return {spell.result for spell in found.spells if spell.level >= level}


def test_a_released_result_brings_its_figures_exactly(session: Session, of: Shire, fen: Partnership) -> None:
    round_ = closed_round(session, of, fen)
    result = freeze(session, of, round_, FULL)
    release(session, round_, "2")
    (counted,) = gathered(session, of).counted
    assert (counted.result, counted.sha256, counted.level, counted.together) == (result.id, result.sha256, 2, False)
    assert (counted.place.name, counted.place.kind, counted.closed) == ("Fen", "district", date(2026, 3, 2))
    purpose, voice = counted.sections
    assert (purpose.id, purpose.score, purpose.band, purpose.wide, purpose.gaps) == (
        "purpose", Fraction(100, 3), "level-2", True, 1,
    )  # fmt: skip
    assert (voice.id, voice.score) == ("voice", None)
    assert counted.questions == {}


def test_questions_come_from_the_level_that_shows_them(session: Session, of: Shire, fen: Partnership) -> None:
    result = released(session, of, fen, "3")
    (counted,) = gathered(session, of).counted
    assert counted.result == result.id
    assert counted.questions == {"aim": Fraction(40), "heard": Fraction(50)}


def test_of_several_rounds_the_newest_counts_and_an_earlier_one_is_at_hand(
    session: Session, of: Shire, fen: Partnership
) -> None:
    first, second = (released(session, of, fen, closed=CLOSED + days * DAY) for days in (0, 90))
    found = gathered(session, of, (first.id,))
    assert numbers(found.counted) == [second.id]
    assert numbers(found.earlier) == [first.id]
    assert numbers(gathered(session, of, scope=of.scope(until=date(2026, 4, 1))).counted) == [first.id]


def test_answered_together_and_apart_both_count(session: Session, of: Shire, fen: Partnership) -> None:
    apart = released(session, of, fen)
    round_ = closed_round(session, of, fen, CLOSED + 30 * DAY, together=True)
    together = freeze(session, of, round_, FULL)
    release(session, round_, "1")
    found = {(each.result, each.together) for each in gathered(session, of).counted}
    assert found == {(apart.id, False), (together.id, True)}


def test_who_is_not_counted_is_counted_by_the_reason(session: Session, of: Shire) -> None:
    for name in ("Never", "Long ago"):
        place(session, of, name)
    silent, quiet, partial, hidden = (place(session, of, name) for name in ("Silent", "Quiet", "Partial", "Hidden"))
    place(session, of, "Not asked", "local")
    freeze(session, of, closed_round(session, of, silent), FULL)
    round_ = closed_round(session, of, quiet)
    freeze(session, of, round_, FULL)
    release(session, round_, "T")
    round_ = closed_round(session, of, partial)
    freeze(session, of, round_, FULL, partial=True)
    release(session, round_, "4")
    round_ = closed_round(session, of, hidden)
    freeze(session, of, round_, FULL, shown=False)
    release(session, round_, "4")
    found = gathered(session, of)
    assert (found.counted, len(found.places)) == ((), 7)
    assert reasons(found) == {"no-round": 2, "not-released": 3, "partial": 1}


def test_a_scope_is_of_a_kind_or_a_county_area(session: Session, of: Shire) -> None:
    county = place(session, of, "County", "county")
    district = place(session, of, "Below", "district", county)
    city = place(session, of, "City", "unitary")
    results = {each.name: released(session, of, each).id for each in (county, district, city)}
    assert numbers(gathered(session, of, scope=of.scope(kind="unitary")).counted) == [results["City"]]
    assert set(numbers(gathered(session, of, scope=of.scope(area=county.id)).counted)) == {
        results["County"],
        results["Below"],
    }
    assert {each.place.area for each in gathered(session, of).counted} == {county.id, city.id}


def test_a_partnership_that_has_ended_counts_for_the_time_before(session: Session, of: Shire, fen: Partnership) -> None:
    result = released(session, of, fen)
    fen.ended = date(2026, 5, 1)
    session.flush()
    assert numbers(gathered(session, of).counted) == [result.id]
    assert gathered(session, of, scope=of.scope(since=date(2026, 5, 2))).places == ()


def test_another_region_is_not_counted(session: Session, of: Shire) -> None:
    other = shire(session, "Other")
    many(session, other, ["1", "1"])
    assert gathered(session, of).places == ()
    assert len(gathered(session, other).counted) == 2


def test_lowering_acts_at_once_and_what_was_named_stays_known(session: Session, of: Shire, fen: Partnership) -> None:
    result = released(session, of, fen, "4")
    (round_,) = session.query(Round).all()
    release(session, round_, "1", CLOSED + 9 * DAY, lowered=True)
    found = gathered(session, of)
    assert [each.level for each in found.counted] == [1]
    assert named(found) == named(found, 4) == {result.id}
    release(session, round_, "0", CLOSED + 10 * DAY, lowered=True)
    found = gathered(session, of)
    assert found.counted == ()
    assert named(found) == {result.id}


@pytest.mark.parametrize(
    ("levels", "by_name", "whole"),
    [
        (["1"], False, False),
        (["T", "1"], False, False),
        (["2"], True, False),
        (["1", "3"], True, False),
        (["4"], True, True),
    ],
)
def test_named_is_what_was_ever_released_by_name(
    session: Session, of: Shire, fen: Partnership, levels: list[str], by_name: bool, whole: bool
) -> None:
    round_ = closed_round(session, of, fen)
    freeze(session, of, round_, FULL)
    for days, level in enumerate(levels):
        release(session, round_, level, CLOSED + (5 + days) * DAY)
    found = gathered(session, of)
    assert (bool(named(found)), bool(named(found, 4))) == (by_name, whole)


def test_a_spell_lasts_until_the_next_decision(session: Session, of: Shire, fen: Partnership) -> None:
    result = released(session, of, fen, "1")
    (round_,) = session.query(Round).all()
    release(session, round_, "3", CLOSED + 8 * DAY)
    release(session, round_, "0", CLOSED + 9 * DAY, lowered=True)
    release(session, round_, "2", CLOSED + 11 * DAY)
    assert gathered(session, of).spells == (
        Spell(result.id, 1, CLOSED + 5 * DAY, CLOSED + 8 * DAY),
        Spell(result.id, 3, CLOSED + 8 * DAY, CLOSED + 9 * DAY),
        Spell(result.id, 2, CLOSED + 11 * DAY),
    )


def reopened(session: Session, of: Shire, round_: Round) -> Result:
    """The result of a second closing, after the first was released."""
    session.add(
        RoundReopening(partnership_id=round_.partnership_id, round_id=round_.id, at=CLOSED + 20 * DAY, reason="R")
    )
    round_.closed = CLOSED + 40 * DAY
    return freeze(session, of, round_, FULL, edition=2)


def test_a_round_opened_again_brings_the_result_that_was_agreed_to(
    session: Session, of: Shire, fen: Partnership
) -> None:
    first = released(session, of, fen, "2")
    (round_,) = session.query(Round).all()
    second = reopened(session, of, round_)
    found = gathered(session, of)
    assert numbers(found.counted) == [first.id]
    assert found.counted[0].closed == date(2026, 3, 2)
    assert named(found) == {first.id}
    release(session, round_, "2", CLOSED + 45 * DAY)
    found = gathered(session, of)
    assert numbers(found.counted) == [second.id]
    assert found.counted[0].closed == date(2026, 4, 11)
    assert named(found) == {first.id, second.id}


def destroy(session: Session, result: Result, *, again: bool) -> None:
    """What erasing somebody leaves of a result: worked out again, or nothing but the memory of it."""
    session.add(
        DestroyedResult(
            partnership_id=result.partnership_id,
            round_id=result.round_id,
            version_id=result.version_id,
            result_id=result.id,
            edition=result.edition,
            seen="[]",
            frozen=result.frozen,
        )
    )
    if again:
        result.frozen = now()
        session.get_one(ResultScore, result.id).frozen = result.frozen
    else:
        session.execute(delete(Result).where(Result.id == result.id))
    session.flush()


@pytest.mark.parametrize("again", [True, False])
def test_what_a_destroyed_result_showed_by_name_stays_known(
    session: Session, of: Shire, fen: Partnership, again: bool
) -> None:
    result = released(session, of, fen, "2")
    number = result.id
    destroy(session, result, again=again)
    found = gathered(session, of)
    assert named(found) == {number}
    assert numbers(found.counted) == ([number] if again else [])


def test_nothing_takes_the_place_of_a_released_result_that_is_destroyed(
    session: Session, of: Shire, fen: Partnership
) -> None:
    first = released(session, of, fen, "2")
    (round_,) = session.query(Round).all()
    second = reopened(session, of, round_)
    release(session, round_, "2", CLOSED + 45 * DAY)
    numbers_of = {first.id, second.id}
    destroy(session, second, again=False)
    found = gathered(session, of, (first.id,))
    assert (found.counted, found.earlier) == ((), ())
    assert named(found) == numbers_of
    assert reasons(found) == {"not-released": 1}


def test_it_takes_as_many_statements_for_many_partnerships_as_for_one_and_reads_no_document(
    session: Session, of: Shire
) -> None:
    def statements(work: Callable[[], object]) -> list[str]:
        said: list[str] = []

        def listen(*args: object) -> None:
            said.append(str(args[2]))

        event.listen(session.get_bind(), "before_cursor_execute", listen)
        work()
        event.remove(session.get_bind(), "before_cursor_execute", listen)
        return said

    many(session, of, ["3"])
    one = statements(lambda: gathered(session, of))
    many(session, of, ["1", "2", "3", "4"] * 5)
    all_of_them = statements(lambda: gathered(session, of))
    assert len(all_of_them) == len(one) <= 12
    assert not [each for each in all_of_them if "document" in each or "answer" in each.replace("answers", "")]


def test_results_from_before_there_were_scores_count_too(session: Session) -> None:
    own = site.build(session).own
    release(session, own.closed, "1", now())
    for table in (ResultScore, SectionScore, QuestionScore):
        session.execute(delete(table))
    of = Shire(own.region, own.version)
    (counted,) = gathered(session, of, scope=of.scope(since=date(2000, 1, 1), until=date(2999, 1, 1))).counted
    assert (counted.result, counted.sha256) == (own.result.id, own.result.sha256)
    assert [each.id for each in counted.sections] == ["purpose", "voice"]

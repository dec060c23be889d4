"""A snapshot is made of what is released, kept for good, and looks at all that was shown before; on each engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from a2p.region.snapshot import Scope
from a2p.region.snapshot_file import snapshot_hash
from a2p.rounds import regional_snapshots as service
from a2p.rounds.regional_snapshots import (
    SnapshotRefused,
    beside_others,
    board_paper_shown,
    compare_snapshots,
    compared_in,
    comparison_of,
    document_of,
    members_of,
    named_now,
    preview,
    shown_in,
    snapshots_of,
)
from a2p.rounds.releasing import Wish, lower
from a2p.scoring.releases import To
from a2p.store.audit import Actor
from a2p.store.base import now, table_of
from a2p.store.letter_tables import AuditEvent
from a2p.store.region_tables import Snapshot, SnapshotCohort, SnapshotMember
from a2p.store.round_tables import Result, Round
from a2p.store.tables import Partnership, Region
from tests.rounds.shire import CLOSED, DAY, Shire, many, place, release, released, shire

BY = Actor(None, "programme manager")


@pytest.fixture
def of(session: Session) -> Shire:
    return shire(session)


def make(session: Session, of: Shire, name: str = "Spring", scope: Scope | None = None) -> Snapshot:
    return service.make(session, of.region, scope or of.scope(), name, BY)


def rows(session: Session) -> list[tuple[object, ...]]:
    """All that is kept of snapshots."""
    session.flush()
    tables = [table_of(each) for each in (Snapshot, SnapshotMember, SnapshotCohort)]
    return [tuple(row) for table in tables for row in session.execute(select(table).order_by(*table.primary_key))]


def test_what_was_made_is_read_back_with_its_hash(session: Session, of: Shire) -> None:
    results = many(session, of, ["1"] * 8 + ["2"])
    expected = preview(session, of.region, of.scope(), "Spring")
    made = make(session, of)
    session.expire_all()
    (kept,) = snapshots_of(session, of.region.id)
    assert kept is made
    document = document_of(kept)
    assert document == expected.snapshot
    assert kept.sha256 == snapshot_hash(document)
    assert (document.name, document.region, document.demo) == ("Spring", "Shire", False)
    assert document.pictures[0].groups[0].sections[0].figures is not None
    assert {(each.result_id, each.level) for each in members_of(session, kept)} == {
        (each.id, 2 if each is results[-1] else 1) for each in results
    }
    assert shown_in(session, of.region.id) == [(made.made, [*expected.kept])]


def test_a_preview_keeps_nothing(session: Session, of: Shire) -> None:
    many(session, of, ["1"] * 8)
    preview(session, of.region, of.scope())
    assert rows(session) == []


def test_making_one_is_in_the_log_without_what_it_says(session: Session, of: Shire) -> None:
    many(session, of, ["1"] * 8)
    made = make(session, of, "Half of them are weak")
    (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "made a snapshot"))
    assert (event.object, event.actor) == (f"snapshot {made.id}", "programme manager")
    assert "weak" not in event.detail


@pytest.mark.parametrize("name", ["", "  ", "SPRING", "x" * 121])
def test_a_name_that_is_missing_taken_or_too_long_is_refused(session: Session, of: Shire, name: str) -> None:
    many(session, of, ["1"] * 8)
    make(session, of)
    before = rows(session)
    with pytest.raises(SnapshotRefused):
        make(session, of, name)
    assert rows(session) == before


def test_another_region_may_have_one_of_the_same_name(session: Session, of: Shire) -> None:
    other = shire(session, "Other")
    for each in (of, other):
        many(session, each, ["1"] * 6)
        make(session, each)
    assert [len(snapshots_of(session, each.region.id)) for each in (of, other)] == [1, 1]
    assert len(shown_in(session, of.region.id)) == 1


def test_a_snapshot_of_which_nothing_could_be_shown_is_not_made(session: Session, of: Shire) -> None:
    many(session, of, ["1"] * 4)
    with pytest.raises(SnapshotRefused, match="No figure can be shown"):
        make(session, of)
    assert rows(session) == []


def test_what_was_shown_before_withholds_what_would_let_somebody_subtract(session: Session, of: Shire) -> None:
    many(session, of, ["1"] * 7, "district")
    many(session, of, ["1"] * 3, "county")
    make(session, of)
    second = document_of(make(session, of, "Without counties", of.scope(kind="district")))
    assert second.pictures[0].counted == 5, "seven would tell of the three that are not in it"
    assert {each.reason: each.n for each in second.left_out} == {"subtraction": 2}
    by_themselves = shire(session, "Where nobody was shown all")
    many(session, by_themselves, ["1"] * 7, "district")
    many(session, by_themselves, ["1"] * 3, "county")
    (picture,) = document_of(make(session, by_themselves, scope=by_themselves.scope(kind="district"))).pictures
    assert picture.counted == 7
    assert picture.groups[0].sections[0].figures is not None


def test_an_older_result_stays_where_one_new_one_would_tell_of_itself(session: Session, of: Shire) -> None:
    first = many(session, of, ["1"] * 8)
    make(session, of)
    newer = released(session, of, session.get_one(Partnership, first[0].partnership_id), closed=CLOSED + 90 * DAY)
    members = members_of(session, make(session, of, "Autumn"))
    assert {each.result_id for each in members} == {each.id for each in first}
    assert newer.id not in {each.result_id for each in members}


def newer_rounds(session: Session, of: Shire, results: list[Result]) -> list[Result]:
    """The same partnerships a quarter later."""
    places = [session.get_one(Partnership, each.partnership_id) for each in results]
    return [
        released(session, of, each, number=number + 1, closed=CLOSED + 90 * DAY) for number, each in enumerate(places)
    ]


def test_two_snapshots_are_compared_once_and_the_comparison_is_kept(session: Session, of: Shire) -> None:
    first = many(session, of, ["1"] * 8)
    spring = make(session, of)
    newer_rounds(session, of, first)
    autumn = make(session, of, "Autumn")
    made = compare_snapshots(session, of.region, spring, autumn, BY)
    session.expire_all()
    (picture,) = compared_in(made).pictures
    assert (picture.both, picture.compared, picture.unchanged) == (8, 8, 0)
    assert picture.groups[0].sections[0].now is not None
    assert comparison_of(session, spring, autumn) is made
    entries = shown_in(session, of.region.id)
    assert [at for at, _ in entries] == [spring.made, autumn.made, made.made]
    assert {key for each in entries[-1][1] for key in each.shown} == {"compared/all/", "compared/kind/district"}
    before = len(entries[-1][1])
    assert compare_snapshots(session, of.region, spring, autumn, BY) is made
    assert len(shown_in(session, of.region.id)[-1][1]) == before


def test_a_comparison_counts_nobody_anew_who_took_their_release_back(session: Session, of: Shire) -> None:
    first = many(session, of, ["1"] * 16)
    spring = make(session, of)
    second = newer_rounds(session, of, first)
    autumn = make(session, of, "Autumn")
    for each in second[:6]:
        release(session, session.get_one(Round, each.round_id), "0", CLOSED + 100 * DAY, lowered=True)
    (picture,) = compared_in(compare_snapshots(session, of.region, spring, autumn, BY)).pictures
    assert (picture.both, picture.compared) == (10, 10)


def test_snapshots_are_compared_in_the_order_in_which_they_were_made(session: Session, of: Shire) -> None:
    many(session, of, ["1"] * 8)
    spring, autumn = make(session, of), make(session, of, "Autumn")
    for earlier, later in ((autumn, spring), (spring, spring)):
        with pytest.raises(SnapshotRefused, match="an earlier and a later"):
            compare_snapshots(session, of.region, earlier, later, BY)
    with pytest.raises(SnapshotRefused, match="No figure can be compared"):
        compare_snapshots(session, of.region, spring, autumn, BY)


def test_a_name_that_would_leave_a_few_unnamed_waits(session: Session, of: Shire) -> None:
    results = many(session, of, ["1"] * 6)
    make(session, of)
    for each in results[:2]:
        release(session, session.get_one(Round, each.round_id), "2", now())
    naming = named_now(session, of.region.id)
    assert set(naming.shown) == {results[0].id}, "of the other four the rest could be told"
    assert naming.waiting == {results[1].id}


def test_a_board_paper_that_would_leave_a_few_unnamed_waits_and_one_that_no_figure_counts_does_not(
    session: Session, of: Shire
) -> None:
    results = many(session, of, ["1"] * 6)
    make(session, of)
    private = released(session, of, place(session, of, "Private"), "0")
    for each in (*results[:2], private):
        release(session, session.get_one(Round, each.round_id), "board", now(), to=To.PUBLIC)
    shown = [board_paper_shown(session, each) for each in (*results[:2], private)]
    assert shown == [True, False, True], "of the other four the rest could be told"
    assert named_now(session, of.region.id).shown == {}, "the region reads it as everybody does"


def test_a_snapshot_heeds_whom_board_papers_name(session: Session, of: Shire) -> None:
    results = many(session, of, ["1"] * 6)
    for each in results[:2]:
        release(session, session.get_one(Round, each.round_id), "board", now(), to=To.PUBLIC)
    with pytest.raises(SnapshotRefused):
        make(session, of)


def test_a_partnership_stands_beside_its_cohort_in_the_newest_snapshot_with_one(session: Session, of: Shire) -> None:
    results = many(session, of, ["1"] * 8)
    private = released(session, of, place(session, of, "Private"), "0")
    assert beside_others(session, private) is None
    spring = make(session, of)
    found = beside_others(session, private)
    assert found is not None
    assert found.snapshot is spring
    kind, everybody = found.views
    assert (kind.by, kind.title, everybody.by) == ("kind", "District", "all")
    assert [(each.section, each.own, each.n) for each in kind.sections] == [
        ("purpose", Fraction(40), 8),
        ("voice", Fraction(50), 8),
    ]
    newer = make(session, of, "Autumn")
    own = beside_others(session, results[0])
    assert own is not None
    assert own.snapshot is newer


def test_what_is_taken_back_afterwards_changes_no_snapshot(session: Session, of: Shire) -> None:
    many(session, of, ["2"] * 6)
    make(session, of)
    before = rows(session)
    for round_ in session.scalars(select(Round)):
        release(session, round_, "0", CLOSED + 20 * DAY, lowered=True)
    with pytest.raises(SnapshotRefused):
        make(session, of, "After")
    assert rows(session) == before


def test_two_managers_at_once_are_one_after_the_other(engine: Engine) -> None:
    """All, and all but three, at the same moment: both together would tell of the three."""
    with Session(engine) as session, session.begin():
        of = shire(session)
        many(session, of, ["1"] * 7, "district")
        many(session, of, ["1"] * 3, "county")
        region_id, scopes = of.region.id, (of.scope(), of.scope(kind="district"))
    start = Barrier(2)

    def made(number: int) -> bool:
        with Session(engine) as session:
            start.wait()
            try:
                with session.begin():
                    region = session.get_one(Region, region_id)
                    service.make(session, region, scopes[number], f"Snapshot {number}", BY)
            except SnapshotRefused:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(made, range(2)))
    with Session(engine) as session:
        found = snapshots_of(session, region_id)
        assert len(found) == sum(done) >= 1
        shown = [
            cell.figures.n
            for each in found
            for group in document_of(each).pictures[0].groups
            for cell in group.sections
            if cell.figures is not None
        ]
    assert len({7, 10} & set(shown)) == 1, "ten and seven tell of the three between"


def test_a_snapshot_waits_for_a_release_that_is_being_decided_and_then_heeds_it(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        of = shire(session)
        results = many(session, of, ["1"] * 8)
        region_id, scope, round_id = of.region.id, of.scope(), results[0].round_id
        numbers = {each.id for each in results}

    def made() -> set[int]:
        with Session(engine) as session, session.begin():
            kept = service.make(session, session.get_one(Region, region_id), scope, "Meanwhile", BY)
            return {each.result_id for each in members_of(session, kept)}

    with ThreadPoolExecutor(1) as pool, Session(engine) as session:
        with session.begin():
            lower(session, session.get_one(Round, round_id), Wish(To.REGION, "0", "We think again."), BY)
            waiting = pool.submit(made)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
        assert waiting.result(timeout=20) == numbers - {min(numbers)}


def test_dates_are_londons(session: Session, of: Shire) -> None:
    many(session, of, ["1"] * 6)
    at = CLOSED.replace(month=6, day=30, hour=23, minute=30)
    made = service.make(session, of.region, of.scope(), "Midnight", BY, at=at)
    assert document_of(made).made == date(2026, 7, 1)

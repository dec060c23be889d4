from datetime import UTC, datetime
from fractions import Fraction

from a2p.region.between import Compared, Side, compare
from a2p.region.counted import Counted
from a2p.region.ledger import NOBODY, Names
from a2p.region.named import Spell, naming
from a2p.region.snapshot import Withheld
from tests.region.attacker import Seen, small_sum
from tests.region.regions import counted, result, snapshot


def _year(year: int, first: int, last: int, add: int = 0) -> list[Counted]:
    return [counted(k, 3 * k + add, year=year) for k in range(first, last + 1)]


def _compared(then: list[Counted], now: list[Counted], names: Names = NOBODY) -> Compared:
    first = snapshot(then, names=names)
    second = snapshot(now, [first.kept], names)
    history = [first.kept, second.kept]
    return compare(Side(first.snapshot, first.counted), Side(second.snapshot, second.counted), history, names)


def test_the_medians_of_those_in_both_then_and_now() -> None:
    (picture,) = _compared(_year(2025, 1, 9), _year(2026, 1, 9, add=10)).comparison.pictures
    cell = picture.groups[0].sections[0]
    assert (picture.both, picture.compared, cell.n) == (9, 9, 9)
    assert cell.then is not None
    assert cell.now is not None
    assert (cell.then.median, cell.now.median) == (Fraction(15), Fraction(25))
    assert (cell.then.below_half, cell.now.below_half) == (9, 9)


def test_five_may_leave_and_five_may_join_between_them() -> None:
    (picture,) = _compared(_year(2025, 1, 14), _year(2026, 6, 19)).comparison.pictures
    assert (picture.both, picture.compared) == (9, 9)


def test_of_one_that_left_others_are_left_out_with_it() -> None:
    (picture,) = _compared(_year(2025, 1, 20), _year(2026, 2, 20)).comparison.pictures
    assert (picture.both, picture.compared, picture.groups[0].n) == (19, 14, 14)
    assert picture.groups[0].sections[0].withheld is None


def test_where_no_five_would_be_left_nothing_is_shown() -> None:
    made = _compared(_year(2025, 1, 8), _year(2026, 2, 8))
    assert made.comparison.pictures[0].groups[0].sections[0].withheld is Withheld.SUBTRACTION
    assert made.kept == ()


def test_those_with_the_same_result_in_both_are_not_compared() -> None:
    then = _year(2025, 1, 15)
    (picture,) = _compared(then, [*then[:5], *_year(2026, 6, 15)]).comparison.pictures
    assert (picture.both, picture.unchanged, picture.compared) == (15, 5, 10)


def test_both_sides_are_kept_in_the_ledger() -> None:
    made = _compared(_year(2025, 1, 14), _year(2026, 6, 19))
    sides = {row.results: row.shown for row in made.kept}
    groups = {"compared/all/": ("purpose", "people"), "compared/kind/district": ("purpose", "people")}
    assert sides == {tuple(result(k, year) for k in range(6, 15)): groups for year in (2025, 2026)}


def test_one_that_is_named_may_be_left_alone() -> None:
    names = Names(*[frozenset({result(1)})] * 3)
    (picture,) = _compared(_year(2025, 1, 8), _year(2026, 2, 8), names).comparison.pictures
    assert (picture.compared, picture.groups[0].sections[0].withheld) == (7, None)


def test_a_group_that_one_entered_is_withheld_on_both_sides() -> None:
    then = [*_year(2025, 1, 6), *(counted(k, k, year=2025, kind="unitary") for k in range(7, 14))]
    now = [*_year(2026, 1, 7), *(counted(k, k, year=2026, kind="unitary") for k in range(8, 14))]
    (picture,) = _compared(then, now).comparison.pictures
    by_key = {f"{group.by}/{group.id}": group.sections[0] for group in picture.groups}
    assert by_key["all/"].n == 13
    assert by_key["kind/district"].withheld is Withheld.SUBTRACTION
    assert by_key["kind/district"].then is None


def test_a_score_of_one_side_alone_is_not_compared() -> None:
    now = [counted(k, 40, year=2026, scores={"people": None if k == 1 else Fraction(40)}) for k in range(1, 13)]
    (picture,) = _compared(_year(2025, 1, 12), now).comparison.pictures
    assert [cell.n for cell in picture.groups[0].sections] == [12, None]


def test_names_wait_because_of_a_comparison_too() -> None:
    """A comparison sets apart the five who came since. One of them named, the other four could be worked out."""
    first = snapshot(_year(2025, 1, 20))
    second = snapshot(_year(2026, 6, 25), [first.kept])
    made = compare(
        Side(first.snapshot, first.counted), Side(second.snapshot, second.counted), [first.kept, second.kept]
    )
    morning, noon, night = (datetime(2026, 5, 1, hour, tzinfo=UTC) for hour in (8, 12, 20))
    snapshots = [(morning, first.kept), (morning, second.kept)]
    raised = [Spell(result(21, 2026), 2, night)]
    assert naming(snapshots, raised).waiting == set()
    assert naming([*snapshots, (noon, made.kept)], raised).waiting == {result(21, 2026)}
    received = [Seen(frozenset(each.results), Fraction(0), None, None) for each in (*second.kept, *made.kept)]
    assert small_sum(received, [result(21, 2026)]) == tuple(result(k, 2026) for k in range(22, 26))
    assert small_sum(received, []) is None

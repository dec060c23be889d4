from fractions import Fraction

from a2p.definition.model import Kind
from a2p.region.cohort_view import CohortView, NotBeside, cohort_views
from a2p.region.counted import Counted
from tests.region.regions import cell, counted, snapshot


def _of_kind(kind: Kind, first: int, last: int, year: int = 2025) -> list[Counted]:
    return [counted(k, 5 * k, kind=kind, year=year) for k in range(first, last + 1)]


def _views(results: list[Counted], own: Counted) -> tuple[CohortView, ...]:
    return cohort_views(snapshot(results).snapshot, own)


def test_a_partnership_stands_beside_its_kind_and_beside_all() -> None:
    results = [*_of_kind("district", 1, 9), *_of_kind("unitary", 10, 15)]
    kind, everybody = _views(results, results[0])
    assert [(each.by, each.title, each.counted) for each in (kind, everybody)] == [
        ("kind", "District", 9),
        ("all", "All", 15),
    ]
    first = kind.sections[0]
    assert (first.own, first.band, first.median) == (Fraction(5), "level-1", Fraction(25))
    assert first.quartiles == (Fraction(25, 2), Fraction(75, 2))


def test_five_with_itself_are_too_few_and_six_are_enough() -> None:
    for last, reason in ((5, NotBeside.FEW), (6, None)):
        results = _of_kind("district", 1, last)
        assert {each.withheld for view in _views(results, results[0]) for each in view.sections} == {reason}


def test_quartiles_need_eight_others() -> None:
    for last, shown in ((8, False), (9, True)):
        results = _of_kind("district", 1, last)
        assert (_views(results, results[0])[0].sections[0].quartiles is not None) is shown


def test_five_joiners_are_too_few_beside_for_one_of_them_may_look() -> None:
    first = snapshot(_of_kind("district", 1, 12))
    five, six = (snapshot(_of_kind("district", 1, last), [first.kept]) for last in (17, 18))
    assert cell(five).figures is not None
    assert not cell(five).beside
    view = cohort_views(five.snapshot, _of_kind("district", 1, 1)[0])[0]
    assert view.sections[0].withheld is NotBeside.SUBTRACTION
    assert cell(six).beside


def test_what_only_managers_saw_does_not_count_against_partnerships() -> None:
    first = snapshot(_of_kind("district", 1, 12))
    only_managers = snapshot(_of_kind("district", 1, 17), [first.kept])
    again = snapshot(_of_kind("district", 1, 18), [first.kept])
    assert cell(again).beside
    after_both = snapshot(_of_kind("district", 1, 22), [first.kept, only_managers.kept])
    assert cell(after_both).beside


def test_a_result_that_is_not_counted_may_stand_beside_those_that_are() -> None:
    own = counted(40, 77)
    assert _views(_of_kind("district", 1, 9), own)[0].sections[0].own == 77


def test_nothing_is_beside_a_result_answered_otherwise_or_a_section_that_was_not_asked() -> None:
    results = _of_kind("district", 1, 9)
    assert _views(results, counted(1, together=True)) == ()
    (added,) = (each for each in _views(results, counted(1, scores={"new": 5}))[0].sections if each.section == "new")
    assert added.withheld is NotBeside.NOT_ASKED

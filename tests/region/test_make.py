from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from a2p.region.counted import Counted
from a2p.region.ledger import Names
from a2p.region.make import make_snapshot
from a2p.region.snapshot import Withheld
from a2p.region.snapshot_file import SnapshotFileError, read_snapshot, snapshot_hash, snapshot_json
from tests.builders import definition, section
from tests.region.regions import SAMPLE, cell, counted, group, partnerships, result, snapshot, snapshots, wanted


def _districts(first: int, last: int, year: int = 2025) -> list[Counted]:
    return [counted(k, 10 * (k % 10), year=year) for k in range(first, last + 1)]


def test_a_group_has_its_median_its_quartiles_from_eight_and_its_counts() -> None:
    made = snapshot(
        [counted(k, score, wide=score == 30, gaps=score // 80) for k, score in enumerate(range(10, 90, 10))]
    )
    figures = cell(made).figures
    assert figures is not None
    assert (figures.n, figures.median, figures.quartiles) == (8, Fraction(45), (Fraction(25), Fraction(65)))
    assert figures.bands == {"level-1": 2, "level-2": 2, "level-3": 3, "level-4": 1}
    assert (figures.below_half, figures.wide, figures.gaps) == (4, 1, 1)


def test_seven_have_a_median_and_no_quartiles_and_four_have_nothing() -> None:
    seven, four = (cell(snapshot(_districts(1, n))) for n in (7, 4))
    assert seven.figures is not None
    assert seven.figures.quartiles is None
    assert (four.n, four.figures, four.withheld) == (None, None, Withheld.FEW)


def test_a_section_is_of_those_that_have_a_score_of_it() -> None:
    made = snapshot([*_districts(1, 6), counted(7, scores={"purpose": None, "people": 60})])
    assert [cell(made, section=each).n for each in ("purpose", "people")] == [6, 7]


def test_groups_are_all_kinds_and_areas_of_at_least_two() -> None:
    counties = [counted(k, kind="county", area=k) for k in (1, 2)]
    districts = [counted(k, area=1 + k % 2) for k in range(3, 9)]
    keys = [(each.by, each.id, each.n) for each in snapshot([*counties, *districts]).snapshot.pictures[0].groups]
    assert keys == [("all", "", 8), ("kind", "county", 2), ("kind", "district", 6), ("area", "1", 4), ("area", "2", 4)]


def test_together_and_apart_are_two_pictures() -> None:
    made = snapshot([*_districts(1, 5), *(counted(k, together=True) for k in range(6, 12))])
    assert [(each.together, each.counted) for each in made.snapshot.pictures] == [(False, 5), (True, 6)]


def test_two_joiners_wait_and_it_is_said() -> None:
    _, second = snapshots(_districts(1, 10), _districts(1, 12))
    assert partnerships(second) == list(range(1, 11))
    assert [(each.reason, each.n) for each in second.snapshot.left_out] == [("subtraction", 2)]
    assert [each.place.id for each in second.chosen["sample", False].waiting] == [11, 12]


def test_five_joiners_are_counted() -> None:
    assert len(snapshots(_districts(1, 10), _districts(1, 15))[1].counted) == 15


def test_two_leavers_take_three_others_with_them() -> None:
    _, second = snapshots(_districts(1, 20), _districts(3, 20))
    assert partnerships(second) == list(range(3, 18))
    assert [each.place.id for each in second.chosen["sample", False].taken] == [18, 19, 20]


def test_a_partnerships_older_result_stays_in_place_of_its_new_one() -> None:
    first = snapshot(_districts(1, 10))
    newer = [*_districts(1, 2, year=2026), *_districts(3, 10)]
    second = snapshot(newer, [first.kept], older=_districts(1, 2))
    assert sorted(each.result for each in second.counted) == [result(k) for k in range(1, 11)]
    assert len(second.chosen["sample", False].stayed) == 2
    assert second.snapshot.left_out == ()


def test_a_new_round_of_everybody_is_counted_whole() -> None:
    _, second = snapshots(_districts(1, 10), _districts(3, 12, year=2026))
    assert second.chosen["sample", False].as_wanted
    assert cell(second).figures is not None


def test_where_no_five_could_be_counted_nothing_of_all_is_shown() -> None:
    _, second = snapshots(_districts(1, 7), _districts(3, 7))
    assert second.chosen["sample", False].refused
    assert cell(second).withheld is Withheld.SUBTRACTION
    assert not second.shows_anything


def test_results_with_other_bands_than_the_newest_version_are_left_out() -> None:
    bands = [{"id": "low", "label": "Low", "from": "0"}, {"id": "high", "label": "High", "from": "60"}]
    newest = definition(section("purpose"), section("people"), version=2, bands=bands)
    asked = wanted([*_districts(1, 2), *(replace(each, version=2) for each in _districts(3, 8))])
    made = make_snapshot(replace(asked, definitions={("sample", 1): SAMPLE, ("sample", 2): newest})).snapshot
    assert (made.pictures[0].version, made.pictures[0].counted) == (2, 6)
    assert [(each.reason, each.n) for each in made.left_out] == [("other-bands", 2)]


def test_results_of_an_older_version_with_the_same_bands_count() -> None:
    newest = definition(section("purpose"), section("people"), section("new"), version=2)
    asked = wanted([*_districts(1, 2), *(replace(each, version=2) for each in _districts(3, 8))])
    made = make_snapshot(replace(asked, definitions={("sample", 1): SAMPLE, ("sample", 2): newest}))
    assert [cell.n for cell in group(made).sections] == [8, 8, None]


def test_an_older_result_from_outside_the_period_does_not_stay() -> None:
    first = snapshot(_districts(1, 10))
    asked = wanted([*_districts(1, 2, year=2026), *_districts(3, 10)], _districts(1, 2))
    since = asked.scope.model_copy(update={"since": date(2025, 6, 1)})
    made = make_snapshot(replace(asked, scope=since), [first.kept])
    assert not made.chosen["sample", False].stayed


def test_questions_are_of_those_shown_with_them_by_name() -> None:
    by_name = [counted(k, level=3, questions={"purpose-1": Fraction(10 * k)}) for k in range(1, 7)]
    names = Names(frozenset(result(k) for k in range(1, 7)))
    (first, second) = group(snapshot([*by_name, *_districts(7, 12)], names=names)).questions[:2]
    assert (first.n, first.median) == (6, Fraction(35))
    assert (second.n, second.median) == (0, None)


def test_questions_not_yet_shown_by_name_count_nowhere() -> None:
    by_name = [counted(k, level=3, questions={"purpose-1": Fraction(10 * k)}) for k in range(1, 7)]
    assert group(snapshot(by_name)).questions[0].n == 0


def test_a_snapshot_reads_back_from_its_bytes_with_bands_in_order() -> None:
    made = snapshot(_districts(1, 9)).snapshot
    again = read_snapshot(snapshot_json(made))
    assert again == made
    assert snapshot_hash(again) == snapshot_hash(made)
    figures = again.pictures[0].groups[0].sections[0].figures
    assert figures is not None
    assert list(figures.bands) == ["level-1", "level-2", "level-3", "level-4"]


@pytest.mark.parametrize("data", [b"", b"[]", b'{"format": 2}', b'{"format": 1, "pictures": [{}]}'])
def test_other_bytes_are_no_snapshot(data: bytes) -> None:
    with pytest.raises(SnapshotFileError, match="snapshot"):
        read_snapshot(data)


def test_the_order_in_which_results_come_changes_nothing() -> None:
    forwards, backwards = (snapshot(each) for each in (_districts(1, 9), _districts(1, 9)[::-1]))
    assert snapshot_hash(forwards.snapshot) == snapshot_hash(backwards.snapshot)
    assert forwards.kept == backwards.kept


def test_no_name_of_a_partnership_is_in_a_snapshot() -> None:
    assert b"Partnership" not in snapshot_json(snapshot(_districts(1, 9)).snapshot)


def test_a_partnership_is_counted_once() -> None:
    with pytest.raises(ValueError, match="once"):
        snapshot([*_districts(1, 6), *_districts(1, 6, year=2024)])

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from a2p.region.counted import BY_NAME
from a2p.region.ledger import Kept
from a2p.region.named import Naming, Spell, by_name, naming
from tests.region.regions import counted, result


def _day(number: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)


def _shown(day: int, *results: int, section: str = "purpose") -> tuple[datetime, tuple[Kept, ...]]:
    return _day(day), (Kept(questionnaire="sample", together=False, shown={"all/": (section,)}, results=results),)


def _raised(day: int, *results: int, level: int = 2, until: int | None = None) -> list[Spell]:
    return [Spell(each, level, _day(day), None if until is None else _day(until)) for each in results]


def _named(found: Naming) -> tuple[Sequence[int], Sequence[int]]:
    return sorted(found.shown), sorted(found.waiting)


def test_what_no_figure_counts_is_named_at_once() -> None:
    assert _named(naming([], _raised(0, 1, 2))) == ([1, 2], [])


def test_a_name_that_would_leave_four_unnamed_waits() -> None:
    assert _named(naming([_shown(0, 1, 2, 3, 4, 5)], _raised(1, 1))) == ([], [1])


def test_a_name_that_leaves_five_unnamed_is_shown_and_the_next_one_waits() -> None:
    found = naming([_shown(0, 1, 2, 3, 4, 5, 6)], [*_raised(2, 1), *_raised(1, 2)])
    assert _named(found) == ([2], [1])


def test_names_are_shown_when_all_of_an_atom_are_released() -> None:
    found = naming([_shown(0, 1, 2, 3, 4, 5)], [*_raised(1, 1, 2, 3, 4), *_raised(2, 5)])
    assert _named(found) == ([1, 2, 3, 4, 5], [])


def test_every_section_counts() -> None:
    six, five = _shown(0, 1, 2, 3, 4, 5, 6), _shown(1, 1, 2, 3, 4, 5, section="people")
    assert _named(naming([six, five], _raised(2, 1))) == ([], [1])
    assert _named(naming([six, five], _raised(2, 6))) == ([6], [])


def test_a_name_shown_before_a_snapshot_stays_shown_after_it() -> None:
    assert _named(naming([_shown(5, 1, 2, 3, 4, 5)], _raised(1, 1))) == ([1], [])


def test_taken_back_it_is_not_shown_but_stays_known() -> None:
    found = naming([], _raised(1, 1, until=3))
    assert _named(found) == ([], [])
    assert found.known.scores == {1}


def test_what_waited_until_it_was_taken_back_was_never_known() -> None:
    found = naming([_shown(0, 1, 2, 3, 4, 5)], _raised(1, 1, until=3))
    assert found.known.scores == set()


def test_a_whole_result_is_shown_up_to_its_questions_while_where_voices_disagree_must_wait() -> None:
    six = _shown(0, 1, 2, 3, 4, 5, 6)
    found = naming([six], [*_raised(1, 1, level=3), *_raised(2, 2, level=4)])
    assert (dict(found.shown), set(found.waiting)) == ({1: 3}, {2})
    every = [*_raised(1, 1, 2, 3, 4, 5, level=2), *_raised(2, 6, level=4)]
    assert naming([six], every).shown == {1: 2, 2: 2, 3: 2, 4: 2, 5: 2, 6: 4}
    two = [*_raised(1, 1, 2, 3, 4, level=2), *_raised(2, 5, 6, level=4)]
    found = naming([six], two)
    assert found.shown == {1: 2, 2: 2, 3: 2, 4: 2, 5: 4, 6: 3}
    assert (set(found.waiting), set(found.known.whole)) == ({6}, {5})


def _published(day: int, *results: int, until: int | None = None) -> list[Spell]:
    return [Spell(each, BY_NAME, _day(day), None if until is None else _day(until), public=True) for each in results]


def _public(found: Naming) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    return sorted(found.public), *_named(found)


def test_a_board_paper_of_what_no_figure_counts_is_public_at_once_and_shown_to_the_region_by_nothing_else() -> None:
    found = naming([], _published(1, 1))
    assert _public(found) == ([1], [], [])
    assert [sorted(each) for each in found.known.ways()] == [[1], [1], []]


def test_a_board_paper_that_would_leave_four_unnamed_waits() -> None:
    five = _shown(0, 1, 2, 3, 4, 5)
    assert _public(naming([five], _published(1, 1))) == ([], [], [1])
    assert naming([five], [*_published(1, 1), *_published(2, 2, 3, 4, 5)]).public == {1, 2, 3, 4, 5}


def test_a_board_paper_waits_where_only_the_scores_of_others_are_known() -> None:
    six, scores = _shown(0, 1, 2, 3, 4, 5, 6), _raised(1, 1, 2, 3, 4, 5, 6)
    assert naming([six], [*scores, *_published(2, 1, 2)]).public == {1}


def test_where_a_board_paper_is_public_the_region_may_be_left_waiting_for_four_others() -> None:
    found = naming([_shown(0, 1, 2, 3, 4, 5, 6)], [*_published(1, 1), *_raised(2, 2)])
    assert _public(found) == ([1], [], [2])


def test_a_board_paper_taken_back_is_public_no_more_and_stays_known() -> None:
    found = naming([], _published(1, 1, until=3))
    assert _public(found) == ([], [], [])
    assert found.known.scores == {1}


def test_by_name_stands_what_the_level_lets_out_and_no_more() -> None:
    results = [counted(k, 30, level=4, wide=True, gaps=2, questions={"purpose-1": Fraction(30)}) for k in range(1, 5)]
    shown = by_name(results, {result(k): k for k in range(2, 5)})
    assert [(each.place.id, each.level, len(each.questions)) for each in shown] == [(2, 2, 0), (3, 3, 1), (4, 4, 1)]
    assert [each.sections[0].wide for each in shown] == [None, None, True]
    assert [each.sections[0].gaps for each in shown] == [0, 0, 2]
    assert {each.sections[0].score for each in shown} == {30}

"""Marks of groups stand where their values are, differ in shape, and are said in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from a2p.documents.cohort_charts import (
    SHAPES,
    Frame,
    axis,
    before_and_after,
    beside_others,
    dot_and_range,
    missing,
    side_by_side,
)

FRAME = Frame([("Not yet", 0.0), ("Starting", 25.0), ("Working", 50.0), ("Embedded", 75.0)], 314, 20)


@pytest.mark.parametrize(("value", "x"), [(0, 7), (50, 157), (100, 307)])
def test_a_value_stands_at_its_share_of_the_width(value: int, x: float) -> None:
    assert dot_and_range(FRAME, "Purpose", Fraction(value), None).marks[0].x == x


def test_the_bar_goes_from_quartile_to_quartile_and_is_said_in_words() -> None:
    plot = dot_and_range(FRAME, "Purpose", Fraction(50), (Fraction(25), Fraction(200, 3)))
    assert plot.span == (82.0, 207.0)
    assert plot.title == "Purpose: median 50 of 100, the middle half from 25 to 67"


def test_without_quartiles_there_is_no_bar_and_no_word_of_one() -> None:
    plot = dot_and_range(FRAME, "Purpose", Fraction(50), None)
    assert plot.span is None
    assert plot.title == "Purpose: median 50 of 100"


def test_kinds_have_shapes_and_lanes_of_their_own_and_what_is_not_shown_has_no_mark() -> None:
    groups = [("Counties", Fraction(40)), ("Districts", None), ("Unitary areas", Fraction(40))]
    plot = side_by_side(Frame(FRAME.bands, 314, 48), "Purpose", groups)
    assert [mark.shape for mark in plot.marks] == ["dot", "triangle"]
    assert [mark.y for mark in plot.marks] == [8, 40]
    assert plot.title == "Purpose: Counties 40, Districts not shown, Unitary areas 40"
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_before_is_a_ring_and_after_a_dot() -> None:
    plot = before_and_after(FRAME, "Purpose", Fraction(20), Fraction(40))
    assert [mark.shape for mark in plot.marks] == ["ring", "dot"]
    assert plot.line == (67.0, 127.0)


def test_beside_others_without_a_score_of_ones_own_only_they_are_drawn() -> None:
    plot = beside_others(FRAME, "Purpose", None, Fraction(40), None)
    assert [mark.shape for mark in plot.marks] == ["tick"]
    assert plot.title == "Purpose: no score of its own, median of those like it 40 of 100"


def test_nothing_to_draw_says_why() -> None:
    assert missing(FRAME, "Purpose", "not shown").missing == "not shown"
    assert missing(FRAME, "Purpose", "not shown").marks == ()


def test_labels_stand_over_the_bands_where_all_of_them_fit() -> None:
    assert [block.label for block in axis(FRAME).blocks] == ["Not yet", "Starting", "Working", "Embedded"]
    assert axis(Frame(FRAME.bands, 100, 20)).blocks == ()

import random

import pytest

from a2p.documents.charts import GAP, dot_row, score_track, stacked_bar

BANDS = [("Not yet", 0.0), ("Starting", 25.0), ("Working", 50.0), ("Embedded", 75.0)]


def _counts(*numbers: int) -> list[tuple[str, int]]:
    return [(f"Level {k}", number) for k, number in enumerate(numbers, start=1)]


def _drawn(seed: int) -> list[tuple[str, int]]:
    rng = random.Random(seed)
    counts = [0] * rng.randint(2, 11)
    for _ in range(rng.randint(1, 60)):
        counts[rng.randrange(len(counts))] += 1
    return _counts(*counts)


@pytest.mark.parametrize("width", [170, 420, 657])
@pytest.mark.parametrize("seed", range(60))
def test_pieces_and_gaps_add_up_to_the_width_and_numbers_stand_inside_their_pieces(seed: int, width: float) -> None:
    counts = _drawn(seed)
    bar = stacked_bar(counts, width=width, height=22)
    assert sum(p.width for p in bar.pieces) + GAP * (len(bar.pieces) - 1) == pytest.approx(width, abs=0.1)
    assert [p.number for p in bar.pieces] == [str(n) for _, n in counts if n]
    assert all(len(p.number) * 0.556 * bar.font <= p.width for p in bar.pieces)
    assert all(p.x <= p.middle - len(p.number) * 0.278 * bar.font + 0.02 for p in bar.pieces)


def test_a_level_with_no_voice_has_no_piece_and_keeps_its_colour_for_others() -> None:
    full, gappy = (
        stacked_bar(_counts(1, 1, 1, 1), width=200, height=20),
        stacked_bar(_counts(2, 0, 0, 5), width=200, height=20),
    )
    assert [p.step for p in gappy.pieces] == [full.pieces[0].step, full.pieces[3].step]


def test_wide_pieces_keep_their_shares() -> None:
    bar = stacked_bar(_counts(3, 1), width=400, height=20)
    assert [round(p.width) for p in bar.pieces] == [298, 100]


def test_a_number_that_cannot_fit_is_left_out_of_the_mark_but_not_of_the_title() -> None:
    bar = stacked_bar(_counts(*[1000] * 11), width=170, height=20)
    assert {p.number for p in bar.pieces} == {""}
    assert "Level 11: 1000" in bar.title


def test_no_voices_is_missing_and_never_a_zero_bar() -> None:
    bar = stacked_bar(_counts(0, 0, 0), width=170, height=20)
    assert bar.pieces == ()
    assert bar.title == "No answers"


def test_the_title_says_every_level_in_words_also_those_without_a_voice() -> None:
    assert stacked_bar(_counts(2, 0), width=170, height=20).title == "Level 1: 2, Level 2: 0"


@pytest.mark.parametrize("score", [0, 33.3, 50, 100])
def test_a_score_stands_at_its_place_between_the_ends_with_the_whole_dot_inside(score: float) -> None:
    track = score_track(score, BANDS, title="", width=214)
    assert track.dot is not None
    assert track.dot == pytest.approx(7 + 2 * score, abs=0.01)
    assert 6.2 <= track.dot <= 214 - 6.2


def test_bands_of_unequal_width_begin_where_their_score_is() -> None:
    track = score_track(None, [("Early", 0.0), ("Later", 80.0)], title="", width=214)
    assert [block.x for block in track.blocks] == [7, 167]
    assert track.dot is None


def test_labels_are_given_only_where_every_one_fits_over_its_band() -> None:
    assert [b.label for b in score_track(1, BANDS, title="", width=260).blocks] == [label for label, _ in BANDS]
    assert {b.label for b in score_track(1, BANDS, title="", width=120).blocks} == {""}


def test_a_band_without_a_score_is_marked_as_a_whole() -> None:
    track = score_track(None, BANDS, title="", width=214, marked=2)
    assert [block.marked for block in track.blocks] == [False, False, True, False]


@pytest.mark.parametrize("most", [1, 5, 12, 60])
def test_dots_or_the_bar_in_their_place_never_leave_the_row(most: int) -> None:
    row = dot_row(most, most=most, title="", width=130)
    right = row.bar if row.bar is not None else row.dots[-1] + row.radius
    assert 0 < right <= 130
    assert row.bar is not None or len(row.dots) == most

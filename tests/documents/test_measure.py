from pathlib import Path

import pytest

from a2p.documents import measure
from a2p.documents.measure import Room, fit, flow, lines, shortened, width

WORDS = "Has the partnership settled what it can do that no partner could do alone?"


def test_widths_are_those_of_the_packaged_letters() -> None:
    assert width("mm", 10) == pytest.approx(2 * 10 * 0.833 * 1.03, rel=0.01)
    assert width(WORDS, 10, bold=True) > width(WORDS, 10) > 0
    assert width("نعم", 10) > 0
    assert width("中", 10) > width("m", 10)


def test_lines_end_at_spaces_and_after_hyphens_and_hold_the_whole_text() -> None:
    made = lines("a well-known   thing", 10, width("a well-n", 10))
    assert made == ("a well-", "known", "thing")
    assert lines("  ", 10, 50) == ()


def test_a_word_wider_than_its_box_ends_anywhere() -> None:
    made = lines("m" * 9, 10, width("mmmm", 10))
    assert made == ("mmmm", "mmmm", "m")


@pytest.mark.parametrize("across", [60, 150, 400])
def test_no_line_is_wider_than_its_box(across: int) -> None:
    assert all(width(line, 12) <= across for line in lines(WORDS * 3, 12, across))


def test_text_takes_the_largest_size_in_which_it_fits() -> None:
    room = Room(across=500, down=100)
    assert fit("Short", (28, 40, 48), room).size == 48
    assert fit(WORDS, (28, 40, 48), room).size == 28
    assert fit(WORDS, (28, 40, 48), Room(500, 300)).size == 48


def test_a_smaller_size_is_taken_rather_than_to_break_a_word() -> None:
    assert fit("Accountability", (20, 40), Room(width("Accountability", 20) + 1, 500)).size == 20


def test_text_that_fits_in_no_size_goes_on_and_none_of_it_is_lost() -> None:
    made = fit(WORDS * 20, (28, 40), Room(300, 120))
    assert made.size == 28
    assert len(made.parts) > 3
    assert "".join(made.parts).replace(" ", "") == (WORDS * 20).replace(" ", "")


def test_text_that_goes_on_within_a_word_gets_no_space_there() -> None:
    made = fit("well-known" * 3, (10,), Room(width("well-", 10), 24))
    assert "".join(made.parts) == "well-known" * 3


def test_no_text_takes_no_box() -> None:
    assert fit("", (10,), Room(100, 100)).parts == ()
    assert flow((), (10,), Room(100, 100)).boxes == ()


def test_a_list_stays_in_one_box_in_the_largest_size_that_allows_it() -> None:
    made = flow((WORDS, WORDS), (10, 12, 40), Room(300, 150))
    assert made.size == 12
    assert [[part.index for part in box] for box in made.boxes] == [[0, 1]]


def test_a_list_goes_on_between_its_texts_and_within_one_only_if_it_is_longer_than_a_box() -> None:
    made = flow((WORDS, WORDS * 6, "End"), (12,), Room(200, 80))
    (first,), *_ = made.boxes
    assert (first.index, first.first, first.last) == (0, True, True)
    second = [part for box in made.boxes for part in box if part.index == 1]
    assert len(second) > 1
    assert [part.first for part in second] == [True] + [False] * (len(second) - 1)
    assert "".join(part.text for part in second).replace(" ", "") == (WORDS * 6).replace(" ", "")


def test_a_head_is_shortened_at_a_word_to_its_lines() -> None:
    made = shortened(WORDS, 12, 200, most=2)
    assert made.endswith("…")
    assert WORDS.startswith(made[:-1])
    assert len(lines(made, 12, 200)) == 2
    assert shortened("Short", 12, 200) == "Short"
    assert shortened("m" * 50, 12, 100).endswith("m…")


def test_the_committed_stylesheet_has_the_sizes_and_heights_that_are_measured() -> None:
    committed = Path(measure.__file__).parent / "assets" / "sizes.css"
    assert committed.read_text(encoding="utf-8") == measure.sizes_css()

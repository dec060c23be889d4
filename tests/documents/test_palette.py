from itertools import pairwise
from pathlib import Path

import pytest

from a2p.documents import palette

SCALES = range(2, 12)


@pytest.mark.parametrize("levels", SCALES)
def test_text_on_every_step_can_be_read(levels: int) -> None:
    assert all(palette.contrast(step.text, step.fill) >= 4.5 for step in palette.steps(levels))


@pytest.mark.parametrize("levels", SCALES)
def test_every_step_is_darker_than_the_one_before_also_on_a_grey_copier(levels: int) -> None:
    against_paper = [palette.contrast(step.fill, "#ffffff") for step in palette.steps(levels)]
    assert all(darker / paler > 1.15 for paler, darker in pairwise(against_paper))


@pytest.mark.parametrize("levels", SCALES)
def test_the_lightest_step_has_an_outline_and_the_darkest_none(levels: int) -> None:
    first, *_, last = palette.steps(levels)
    assert first.outline is not None
    assert last.outline is None


def test_white_text_stands_on_dark_steps_only() -> None:
    assert [step.text for step in palette.steps(4)] == ["#000000", "#000000", "#ffffff", "#ffffff"]


def test_ink_muted_text_and_the_accent_can_be_read_on_paper() -> None:
    assert all(palette.contrast(c, palette.PAPER) >= 4.5 for c in (palette.INK, palette.MUTED, palette.ACCENT))


@pytest.mark.parametrize("levels", [0, 1, 12])
def test_other_lengths_are_refused(levels: int) -> None:
    with pytest.raises(ValueError, match="2 to 11"):
        palette.steps(levels)


def test_the_swatches_of_the_committed_stylesheet_are_those_of_the_charts() -> None:
    committed = Path(palette.__file__).parent / "assets" / "palette.css"
    assert committed.read_text(encoding="utf-8") == palette.palette_css()

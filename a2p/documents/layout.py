"""How a result is laid out, on paper, in large print or on a screen, and what is being set: it and its remarks.

Sizes of marks are in CSS pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from a2p.definition.numbering import question_numbers
from a2p.documents.language import ENGLISH
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.remarks import Remark


@dataclass(frozen=True, slots=True)
class Layout:
    """`bar` is a question's bar, `small_bar` one in a list, `track` a score among its bands, `dots` a row of dots."""

    bar_width: float
    bar_height: float
    small_bar_width: float
    small_bar_height: float
    font: float
    track_width: float
    track_height: float
    dots_width: float


ORDINARY = Layout(
    bar_width=560,
    bar_height=24,
    small_bar_width=309,
    small_bar_height=17,
    font=11.5,
    track_width=234,
    track_height=20,
    dots_width=112,
)
LARGE = Layout(
    bar_width=656,
    bar_height=44,
    small_bar_width=656,
    small_bar_height=38,
    font=22,
    track_width=150,
    track_height=28,
    dots_width=260,
)
# Words of other languages are often longer: what a score's track leaves goes to those beside it.
TRANSLATED = replace(ORDINARY, track_width=176)
# Pages draw charts wider or narrower than they are made, so the marks are made for a phone's width.
SCREEN = Layout(
    bar_width=360,
    bar_height=28,
    small_bar_width=360,
    small_bar_height=24,
    font=13.5,
    track_width=234,
    track_height=20,
    dots_width=160,
)


def on_paper(language: str, *, large: bool) -> Layout:
    """How a document in this language is laid out on paper."""
    return LARGE if large else ORDINARY if language == ENGLISH else TRANSLATED


@dataclass(frozen=True)
class Setting:
    """One result on its way to a page: the disclosed figures, the remarks that may be printed, and the layout."""

    result: FrozenResult
    remarks: tuple[Remark, ...]
    layout: Layout

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number of each question by its id."""
        return question_numbers(self.result.definition)

    def said(self, question: str) -> tuple[Remark, ...]:
        """The remarks on a question."""
        return tuple(remark for remark in self.remarks if remark.question == question)

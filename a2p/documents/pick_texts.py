"""How questions are worded in the lists of the picture page, which has to stay on one page whatever they are called.

Lines are measured as they are printed, for the page on a screen too, so that both say the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from a2p.documents.measure import MM, lines, shortened
from a2p.documents.picture import Pick, Picture


@dataclass(frozen=True, slots=True)
class _Lists:
    """Widths in points of a text beside a figure and of one over a bar; `most` lines have room in all lists."""

    size: int
    beside: float
    over: float
    columns: int
    most: int


_ORDINARY = _Lists(size=9, beside=67 * MM, over=81 * MM, columns=2, most=17)
_LARGE = _Lists(size=18, beside=150 * MM, over=172 * MM, columns=1, most=12)


def pick_texts(chosen: Picture, *, large: bool) -> dict[str, str]:
    """The wording of every question in the lists by its id: at most three lines, or two where those are too many."""
    lists = _LARGE if large else _ORDINARY
    made = _worded(chosen, lists, 3)
    return made if _lines(chosen, lists, made) <= lists.most else _worded(chosen, lists, 2)


def _worded(chosen: Picture, lists: _Lists, most: int) -> dict[str, str]:
    """Where a question stands in lists of both kinds, the narrower one decides."""
    made = {pick.asked.id: _text(pick, lists, lists.over, most) for pick in chosen.widest}
    beside = (*chosen.strong, *chosen.weak, *chosen.gaps)
    return made | {pick.asked.id: _text(pick, lists, lists.beside, most) for pick in beside}


def _text(pick: Pick, lists: _Lists, across: float, most: int) -> str:
    said = shortened(f"{pick.number} m {pick.asked.ask}", lists.size, across, most=most)
    return said.removeprefix(f"{pick.number} m ")


def _lines(chosen: Picture, lists: _Lists, texts: dict[str, str]) -> int:
    def needs(picks: tuple[Pick, ...], across: float) -> int:
        return sum(len(lines(f"{p.number} m {texts[p.asked.id]}", lists.size, across)) for p in picks)

    strong, weak = needs(chosen.strong, lists.beside), needs(chosen.weak, lists.beside)
    first = max(strong, weak) if lists.columns == 2 else strong + weak
    return first + needs(chosen.widest, lists.over)

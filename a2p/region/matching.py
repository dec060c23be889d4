"""Who could help whom: asks for help matched with helpers, section by section, by an optimal assignment. Pure.

A partnership's offer on a section counts if its score there is 67 or more, or rose by 20 or more since its last round,
and its partners don't disagree widely (`standing_of`). Practitioner associates are helpers too, for as many matches as
they offer days. As many asks as can be have a helper; among the ways to do that, the one with most preference points:
2 for a partnership of the same kind, 1 for one that is not next door, in another county area (1 for an associate, who
is no neighbour and of no kind). Equal ways are settled by the names, so that the same wishes always give the same
matches.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from a2p.region.counted import Place, SectionFigures

STRONG = Fraction(67)
ROSE = Fraction(20)
SAME_KIND = 2
NOT_NEXT_DOOR = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether an offer counts on a section, and why or why not, in words."""

    counts: bool
    why: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A partnership's ask for help. `section` is questionnaire/section."""

    id: int
    place: Place
    section: str


@dataclass(frozen=True, slots=True)
class Helper:
    """Who offers help: a partnership, or an associate (`place` None). `sections` says for each section it may help on
    why it can; `capacity` is how many more asks it can take on."""

    by: Literal["partnership", "associate"]
    id: int
    name: str
    place: Place | None
    sections: Mapping[str, str]
    capacity: int

    @property
    def key(self) -> tuple[str, int]:
        """What tells helpers apart."""
        return self.by, self.id


@dataclass(frozen=True, slots=True)
class Match:
    """A proposed match, with its reasons in words and its preference points."""

    ask: Ask
    helper: Helper
    points: int
    why: tuple[str, ...]


def standing_of(now: SectionFigures | None, before: SectionFigures | None, *, together: bool = False) -> Standing:
    """Whether a partnership's offer on a section counts, from its newest figures and those of the round before.
    Partners who answered `together` gave one answer, on which they can't disagree.

    How far partners agree is shown by name at the highest level of release alone. Where it isn't, the offer counts by
    its score: to leave it out would tell that they disagree.
    """
    if now is None or now.score is None:
        return Standing(False, "no score of this section is shown by name")
    if now.wide and not together:
        return Standing(False, "its partners disagree widely")
    agreement = "how far its partners agree isn’t shown" if now.wide is None and not together else "its partners agree"
    if now.score >= STRONG:
        return Standing(True, f"it scores 67 or more there; {agreement}")
    if before is not None and before.score is not None and now.score - before.score >= ROSE:
        return Standing(True, f"it rose there by 20 or more since its last round; {agreement}")
    return Standing(False, "it scores below 67 there, and hasn’t risen by 20")


def preference(ask: Ask, helper: Helper) -> int | None:
    """The preference points of a pair; None where it is no match: the helper isn't for this section, or is the one
    who asks."""
    if ask.section not in helper.sections or helper.capacity < 1:
        return None
    if helper.place is None:
        return NOT_NEXT_DOOR
    if helper.place.id == ask.place.id:
        return None
    same_kind = helper.place.kind == ask.place.kind
    return SAME_KIND * same_kind + NOT_NEXT_DOOR * (helper.place.area != ask.place.area)


def match(
    asks: Sequence[Ask],
    helpers: Sequence[Helper],
    declined: Collection[tuple[int, str, tuple[str, int]]] = (),
) -> tuple[Match, ...]:
    """The best matches, by the names of those who ask. `declined` are pairs that were said no to, as the id of the
    partnership that asked, the section and the helper's key: they are never proposed again."""
    asks = sorted(asks, key=lambda ask: (ask.place.name, ask.place.id, ask.section, ask.id))
    helpers = sorted(helpers, key=lambda helper: (helper.by != "partnership", helper.name, helper.id))
    worth = {
        (row, column): points
        for row, ask in enumerate(asks)
        for column, helper in enumerate(helpers)
        if (points := preference(ask, helper)) is not None and (ask.place.id, ask.section, helper.key) not in declined
    }
    return tuple(
        Match(asks[row], helpers[column], worth[row, column], _why(asks[row], helpers[column]))
        for row, column in _assigned(worth, len(asks), helpers)
    )


def _assigned(worth: Mapping[tuple[int, int], int], rows: int, helpers: Sequence[Helper]) -> list[tuple[int, int]]:
    """Pairs of row and column: as many as can be, and of these with the most points; a helper as often as it can."""
    if not worth:
        return []
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    # one more match outweighs all preferences there could be
    one = (SAME_KIND + NOT_NEXT_DOOR) * rows + 1
    table = np.zeros((rows, len(helpers)))
    for (row, column), points in worth.items():
        table[row, column] = one + points
    useful = np.count_nonzero(table, axis=0)
    copies = [min(helper.capacity, int(many)) for helper, many in zip(helpers, useful, strict=True)]
    columns = np.repeat(np.arange(len(helpers)), copies)
    down, across = linear_sum_assignment(table[:, columns], maximize=True)
    pairs = [(int(row), int(columns[copy])) for row, copy in zip(down, across, strict=True)]
    return [pair for pair in pairs if pair in worth]


def _why(ask: Ask, helper: Helper) -> tuple[str, ...]:
    if helper.place is None:
        return (f"A practitioner associate: {helper.sections[ask.section]}.",)
    kind = (
        f"Both are {ask.place.kind} partnerships"
        if helper.place.kind == ask.place.kind
        else (f"One is a {ask.place.kind} partnership, the other a {helper.place.kind} partnership")
    )
    near = (
        "they are in the same county area"
        if helper.place.area == ask.place.area
        else ("they are not next door: their county areas differ")
    )
    return (f"It offers help on this section: {helper.sections[ask.section]}.", f"{kind}, and {near}.")

"""The snapshot: a frozen, canonical document of a region's figures, from which its pages, exports and report are made.

It holds figures of groups alone. Whose results were counted stands beside it in the store, and what is shown by name is
read from what is released by name when somebody looks: taking that back acts at once, and figures already made stand.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from a2p.definition.model import Kind
from a2p.scoring.frozen import Frozen, FrozenBand, Share

MINIMUM = 5
"""Partnerships that a figure needs."""
BESIDE_FROM = MINIMUM + 1
"""Partnerships that a figure needs which one of them may see beside its own: five others."""
QUARTILES_FROM = 8
"""Partnerships that quartiles need."""


class Withheld(StrEnum):
    """Why a figure isn't shown. Withheld is said as withheld, never as zero."""

    FEW = "few"
    """Fewer than MINIMUM partnerships have one."""
    SUBTRACTION = "subtraction"
    """With what was shown before or beside it, a smaller group's could be worked out."""


Grouping: TypeAlias = Literal["all", "kind", "area"]


class Figures(Frozen):
    """The figures of a group for one section: of `n` partnerships that have a score. Points 0-100, exact.

    `bands` counts the partnerships in each band by its id, in order; the others count those with a score below 50, wide
    disagreement, and at least one knowledge gap. Quartiles (from QUARTILES_FROM) are lower and upper.
    """

    n: int
    median: Share
    quartiles: tuple[Share, Share] | None
    bands: dict[str, int]
    below_half: int
    wide: int
    gaps: int


class SectionCell(Frozen):
    """A section in a group: its figures, or why there are none. `n` is None where even that may not be told.

    With `beside`, a partnership may see the figures beside its own: whoever knows one member's can't work out others'.
    """

    section: str
    n: int | None
    figures: Figures | None = None
    withheld: Withheld | None = None
    beside: bool = False


class QuestionCell(Frozen):
    """A question over the partnerships of a group that released question scores by name."""

    question: str
    n: int
    median: Share | None
    quartiles: tuple[Share, Share] | None


class Group(Frozen):
    """Partnerships that are compared: all that are counted, those of a kind, or those of a county area. `id` is "" for
    all, the kind, or the area's partnership id in digits; `n` how many are counted."""

    by: Grouping
    id: str
    title: str
    n: int
    sections: tuple[SectionCell, ...]
    questions: tuple[QuestionCell, ...] = ()


class Titled(Frozen):
    """A section, or a question with its wording and the section it stands in."""

    id: str
    title: str
    section: str = ""


class Picture(Frozen):
    """One questionnaire, answered in one way: together and apart never share a figure. Texts are of its newest version
    that is counted."""

    questionnaire: str
    title: str
    version: int
    together: bool
    bands: tuple[FrozenBand, ...]
    sections: tuple[Titled, ...]
    questions: tuple[Titled, ...]
    counted: int
    groups: tuple[Group, ...]


class LeftOut(Frozen):
    """How many partnerships are not counted for one reason."""

    questionnaire: str
    reason: Literal["no-round", "not-released", "partial", "other-bands", "subtraction"]
    n: int


class Scope(Frozen):
    """What was chosen: questionnaires by id, rounds that closed in a period (both days included), and partnerships of
    a kind or a county area (its partnership's id); None for all."""

    questionnaires: tuple[str, ...]
    since: date
    until: date
    kind: Kind | None = None
    area: int | None = None


class Snapshot(Frozen):
    """A region's figures, format 1. `partnerships` is how many there are in scope, whatever they released."""

    format: Literal[1] = 1
    region: str
    name: str
    made: date
    scope: Scope
    partnerships: int
    pictures: tuple[Picture, ...]
    left_out: tuple[LeftOut, ...]
    demo: bool = False

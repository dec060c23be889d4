"""A partnership's own figures beside those of its cohort: all of its kind, or all, in a snapshot.

Somebody there knows their own figures, so an atom of what partnerships see needs five others. That was decided when the
snapshot was made, over all that partnerships could see before (`SectionCell.beside`): it is the same for all of them,
and this only looks it up. Somebody who coordinates several partnerships of a cohort knows more than is supposed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from a2p.region.counted import Counted, SectionFigures
from a2p.region.snapshot import BESIDE_FROM, QUARTILES_FROM, Group, Picture, SectionCell, Snapshot, Withheld


class NotBeside(StrEnum):
    """Why a section's cohort isn't shown beside a partnership's own figures."""

    FEW = "few"
    """Fewer than five others have a score."""
    SUBTRACTION = "subtraction"
    """With what partnerships could see before, others' figures could be worked out."""
    NOT_ASKED = "not-asked"
    """The snapshot has no such section or group."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A section: the partnership's own score and band (None where it has none), and its cohort's median and quartiles
    over `n` partnerships, or why not."""

    section: str
    own: Fraction | None
    band: str | None
    n: int | None = None
    median: Fraction | None = None
    quartiles: tuple[Fraction, Fraction] | None = None
    withheld: NotBeside | None = None


@dataclass(frozen=True, slots=True)
class CohortView:
    """A result beside one group of a snapshot, in the order of the result's sections."""

    by: str
    title: str
    counted: int
    sections: tuple[Beside, ...]


def cohort_views(snapshot: Snapshot, own: Counted) -> tuple[CohortView, ...]:
    """A result beside its kind, and beside all; none where the snapshot has no picture of its questionnaire, answered
    as it was. Whether the result itself is counted makes no difference."""
    picture = next((each for each in snapshot.pictures if _is_of(each, own)), None)
    if picture is None:
        return ()
    groups = [each for each in picture.groups if (each.by, each.id) in {("all", ""), ("kind", own.place.kind)}]
    return tuple(_view(group, own) for group in sorted(groups, key=lambda group: group.by == "all"))


def _is_of(picture: Picture, own: Counted) -> bool:
    return (picture.questionnaire, picture.together) == (own.questionnaire, own.together)


def _view(group: Group, own: Counted) -> CohortView:
    return CohortView(group.by, group.title, group.n, tuple(_beside(each, group.sections) for each in own.sections))


def _beside(own: SectionFigures, cells: Iterable[SectionCell]) -> Beside:
    cell = next((each for each in cells if each.section == own.id), None)
    if cell is None or cell.figures is None or not cell.beside:
        return Beside(own.id, own.score, own.band, withheld=_reason(cell))
    figures = cell.figures
    # One of them may be the partnership itself, which isn't counted towards the minimum.
    quartiles = figures.quartiles if figures.n > QUARTILES_FROM else None
    return Beside(own.id, own.score, own.band, figures.n, figures.median, quartiles)


def _reason(cell: SectionCell | None) -> NotBeside:
    if cell is None:
        return NotBeside.NOT_ASKED
    if cell.withheld is Withheld.FEW or (cell.figures is not None and cell.figures.n < BESIDE_FROM):
        return NotBeside.FEW
    return NotBeside.SUBTRACTION

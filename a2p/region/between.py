"""Two snapshots compared over the partnerships in both: their figures then, and their figures now.

A partnership is compared that has another result in each. Both sides are new cohorts: they are shown together or not at
all, if the rule against subtraction allows them beside all that was received, and are kept. Where one to four
partnerships would be told from the difference to a snapshot, others are left out with them.

How many rose or fell isn't told. Such a count is of pairs of results: it would bind each partnership's two figures to
one another, and from then on every snapshot would have to keep whole the groups of pairs, not of results, to hide them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from a2p.region.atoms import Atoms, atoms_of
from a2p.region.counted import Counted
from a2p.region.figures import cohort_of, section_figures_of
from a2p.region.groups import Members, groups_of, in_reading_order
from a2p.region.ledger import (
    COMPARED,
    NOBODY,
    Cohort,
    History,
    Kept,
    Names,
    Strand,
    counted_before,
    keep,
    received,
)
from a2p.region.nearest import without_small_groups
from a2p.region.snapshot import MINIMUM, Figures, Grouping, Picture, Snapshot, Titled, Withheld
from a2p.region.snapshot_file import snapshot_hash
from a2p.scoring.frozen import Frozen, FrozenBand


class ComparedCell(Frozen):
    """A section of a group in both snapshots, over the `n` partnerships with a score in both, or why it isn't shown."""

    section: str
    n: int | None
    then: Figures | None = None
    now: Figures | None = None
    withheld: Withheld | None = None


class ComparedGroup(Frozen):
    """A group as in a snapshot, of the `n` partnerships compared; of their kinds and areas now."""

    by: Grouping
    id: str
    title: str
    n: int
    sections: tuple[ComparedCell, ...]


class ComparedPicture(Frozen):
    """A questionnaire in both snapshots. `both` partnerships are counted in both, `unchanged` of them with the same
    result, and `compared` are compared; the rest are left out so that nobody can subtract. Sections are the later
    version's that the earlier one had too."""

    questionnaire: str
    title: str
    version: int
    together: bool
    bands: tuple[FrozenBand, ...]
    sections: tuple[Titled, ...]
    both: int
    unchanged: int
    compared: int
    groups: tuple[ComparedGroup, ...]


class Of(Frozen):
    """A snapshot that is compared."""

    name: str
    made: date
    sha256: str


class Comparison(Frozen):
    """Two snapshots of a region compared, format 1. Questionnaires that only one of them has, and those whose bands
    changed in between, are not in it."""

    format: Literal[1] = 1
    region: str
    earlier: Of
    later: Of
    pictures: tuple[ComparedPicture, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A snapshot and the results that it counts, as far as they are still there."""

    snapshot: Snapshot
    counted: Sequence[Counted]


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison, and what must be kept for the ledger at the time when it was made."""

    comparison: Comparison
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A partnership's results in both."""

    then: Counted
    now: Counted

    @property
    def unit(self) -> tuple[int, int]:
        return self.then.result, self.now.result


_Cells = list[tuple[Strand, str, Cohort]]


def compare(
    earlier: Side, later: Side, history: History = (), names: Names = NOBODY, areas: Mapping[int, str] | None = None
) -> Compared:
    """Two snapshots compared, after what was shown before and by `names`; `areas` as a snapshot is made with."""
    pictures: list[ComparedPicture] = []
    shown: _Cells = []
    cohorts = received(history)
    for picture in later.snapshot.pictures:
        before = next((each for each in earlier.snapshot.pictures if _key(each) == _key(picture)), None)
        if before is not None and before.bands == picture.bands:
            both = _pairs(earlier.counted, later.counted, _key(picture))
            pairs = _nearest(both, list(counted_before(history, _key(picture))), names)
            made, cells = _picture(before, picture, both, _Comparing(pairs, cohorts, names, areas or {}))
            pictures.append(made)
            shown += cells
    comparison = Comparison(
        region=later.snapshot.region,
        earlier=_of(earlier.snapshot),
        later=_of(later.snapshot),
        pictures=tuple(pictures),
    )
    return Compared(comparison, keep(shown))


def _key(picture: Picture) -> tuple[str, bool]:
    return picture.questionnaire, picture.together


def _of(snapshot: Snapshot) -> Of:
    return Of(name=snapshot.name, made=snapshot.made, sha256=snapshot_hash(snapshot))


def _pairs(then: Iterable[Counted], now: Iterable[Counted], key: tuple[str, bool]) -> list[_Pair]:
    """The partnerships in both, in the order of their numbers."""
    before = {each.place.id: each for each in then if (each.questionnaire, each.together) == key}
    after = {each.place.id: each for each in now if (each.questionnaire, each.together) == key}
    return [_Pair(before[id_], after[id_]) for id_ in sorted(before.keys() & after.keys())]


def _nearest(both: Iterable[_Pair], before: Sequence[Cohort], names: Names) -> list[_Pair]:
    """Those with two results, but for those who are left out; all of them where no five would be left."""
    wanted = [pair for pair in both if pair.then.result != pair.now.result]
    left = without_small_groups((pair.unit for pair in wanted), [before, before], names)
    return [pair for pair in wanted if pair.unit in left] if len(left) >= MINIMUM else wanted


@dataclass(frozen=True, slots=True)
class _Comparing:
    """Who is compared, and beside what."""

    pairs: Sequence[_Pair]
    cohorts: Mapping[Strand, Sequence[Cohort]]
    names: Names
    areas: Mapping[int, str]

    def of(self, members: Members, section: str) -> list[_Pair]:
        """The pairs of a group with a score of a section on both sides."""
        inside = cohort_of(members.counted, section)
        then = cohort_of((pair.then for pair in self.pairs), section)
        return [pair for pair in self.pairs if pair.now.result in inside and pair.then.result in then]

    def atoms(self, strand: Strand) -> Atoms:
        return atoms_of(self.cohorts.get(strand, ()), self.names.ways())


def _picture(
    before: Picture, picture: Picture, both: Sequence[_Pair], comparing: _Comparing
) -> tuple[ComparedPicture, _Cells]:
    shared = {each.id for each in before.sections}
    sections = tuple(each for each in picture.sections if each.id in shared)
    groups = groups_of([pair.now for pair in comparing.pairs], comparing.areas)
    shown: _Cells = []
    columns: list[list[ComparedCell]] = []
    for section in sections:
        cells, kept = _column((*_key(picture), section.id), picture.bands, groups, comparing)
        columns.append(cells)
        shown += kept
    made = ComparedPicture(
        questionnaire=picture.questionnaire,
        title=picture.title,
        version=picture.version,
        together=picture.together,
        bands=picture.bands,
        sections=sections,
        both=len(both),
        unchanged=sum(pair.then.result == pair.now.result for pair in both),
        compared=len(comparing.pairs),
        groups=tuple(
            ComparedGroup(
                by=group.by,
                id=group.id,
                title=group.title,
                n=len(group.counted),
                sections=tuple(column[place] for column in columns),
            )
            for place, group in in_reading_order(groups)
        ),
    )
    return made, shown


def _column(
    strand: Strand, bands: Sequence[FrozenBand], groups: Sequence[Members], comparing: _Comparing
) -> tuple[list[ComparedCell], _Cells]:
    """A section in each group, in the order in which they are preferred, and what to keep of it."""
    section, atoms = strand[2], comparing.atoms(strand)
    cells: list[ComparedCell] = []
    kept: _Cells = []
    for group in groups:
        pairs = comparing.of(group, section)
        sides = [frozenset(pair.unit[k] for pair in pairs) for k in (0, 1)]
        if len(pairs) < MINIMUM:
            cells.append(ComparedCell(section=section, n=None, withheld=Withheld.FEW))
        elif not atoms.allows_all(sides):
            cells.append(ComparedCell(section=section, n=None, withheld=Withheld.SUBTRACTION))
        else:
            then = section_figures_of((pair.then for pair in pairs), section, bands)
            now = section_figures_of((pair.now for pair in pairs), section, bands)
            cells.append(ComparedCell(section=section, n=len(pairs), then=then, now=now))
            for side in sides:
                atoms.add(side)
                kept.append((strand, COMPARED + group.key, side))
    return cells, kept

"""Small regions for tests: partnerships counted by number, with a score for each section.

Partnership k's result of year y has the number `result(k, y)`; nothing else in a test needs to know how.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from a2p.definition.model import Kind
from a2p.region.counted import Counted, Place, SectionFigures
from a2p.region.ledger import NOBODY, History, Names
from a2p.region.make import Made, Wanted, make_snapshot
from a2p.region.snapshot import Group, Scope, SectionCell
from a2p.scoring.bands import bands_of
from tests.builders import definition, section

SAMPLE = definition(section("purpose"), section("people"))
BANDS = bands_of(SAMPLE)
SECTIONS = ("purpose", "people")
SCOPE = Scope(questionnaires=("sample",), since=date(2020, 1, 1), until=date(2030, 12, 31))


def result(partnership: int, year: int = 2025) -> int:
    """The number of a partnership's result of a year."""
    return (year - 2000) * 1000 + partnership


def counted(
    partnership: int,
    score: Fraction | int | None = 40,
    *,
    year: int = 2025,
    kind: Kind = "district",
    area: int = 0,
    level: int = 1,
    wide: bool = False,
    gaps: int = 0,
    scores: Mapping[str, Fraction | int | None] | None = None,
    questions: Mapping[str, Fraction] | None = None,
    together: bool = False,
) -> Counted:
    """A result with one score for both sections, or with `scores`; of a partnership alone in its area by default."""
    points = dict.fromkeys(SECTIONS, score) | dict(scores or {})
    return Counted(
        place=Place(partnership, f"Partnership {partnership}", kind, area or partnership),
        result=result(partnership, year),
        sha256=f"{result(partnership, year):064d}",
        questionnaire="sample",
        version=1,
        together=together,
        level=level,
        closed=date(year, 3, 1),
        sections=tuple(_figures(id_, each, wide, gaps) for id_, each in points.items()),
        questions=questions or {},
    )


def _figures(id_: str, score: Fraction | int | None, wide: bool, gaps: int) -> SectionFigures:
    points = None if score is None else Fraction(score)
    band = None if points is None else [each.id for each in BANDS if each.start <= points][-1]
    return SectionFigures(id_, points, band, wide, gaps)


def wanted(results: Iterable[Counted], older: Iterable[Counted] = ()) -> Wanted:
    """All of them in one snapshot."""
    those = tuple(results)
    return Wanted(
        region="Eastland",
        name="Spring",
        made=date(2026, 4, 1),
        scope=SCOPE,
        partnerships=len(those),
        counted=those,
        definitions={("sample", 1): SAMPLE},
        older=tuple(older),
        areas={each.place.area: f"Area {each.place.area}" for each in those},
    )


def snapshot(
    results: Iterable[Counted], history: History = (), names: Names = NOBODY, older: Iterable[Counted] = ()
) -> Made:
    """The snapshot of these results after what was shown before."""
    return make_snapshot(wanted(results, older), history, names)


def snapshots(*each: Sequence[Counted], names: Names = NOBODY) -> list[Made]:
    """One snapshot after the other."""
    made: list[Made] = []
    for results in each:
        made.append(snapshot(results, [before.kept for before in made], names))
    return made


def group(made: Made, key: str = "all/") -> Group:
    """A group of the only picture: "all/", "kind/district", "area/3"."""
    (picture,) = made.snapshot.pictures
    return next(each for each in picture.groups if f"{each.by}/{each.id}" == key)


def cell(made: Made, key: str = "all/", section: str = "purpose") -> SectionCell:
    """A section in a group."""
    return next(each for each in group(made, key).sections if each.section == section)


def partnerships(made: Made) -> list[int]:
    """Who is counted in the only picture, by number."""
    return sorted(each.place.id for each in made.counted)

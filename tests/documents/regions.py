"""Regions of invented partnerships: a snapshot of any size by the real rules, and all that is printed beside it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from statistics import median

from a2p.definition import catalogue
from a2p.definition.model import Questionnaire
from a2p.documents.regional_material import (
    Asked,
    Change,
    Demand,
    NamedRow,
    NamedScore,
    NamedTable,
    Period,
    PictureChange,
    Place,
    RegionalMaterial,
    SectionChange,
    Stage,
    TakeUp,
    Theme,
)
from a2p.region.counted import BY_NAME, Counted, SectionFigures
from a2p.region.counted import Place as CountedPlace
from a2p.region.ledger import Names
from a2p.region.make import Wanted, make_snapshot
from a2p.region.snapshot import MINIMUM, LeftOut, Picture, Scope, Snapshot
from a2p.scoring.bands import bands_of

ASKED = ("aspire", "two-tier", "perform", "place-shaping", "member-engagement")
_NAMES = ("Ash", "Birch", "Cold", "Dun", "Elm", "Fen", "Great", "Hart", "Iron", "Kings", "Long", "Mill", "North", "Oak")
_ENDS = ("bourne", "combe", "den", "field", "ford", "ham", "leigh", "mere", "stead", "ton", "wick", "worth")
SAID = "We are good at meeting and poor at deciding.\n\nNext year we will close two groups."


def places(count: int) -> list[CountedPlace]:
    """So many partnerships: counties with districts under them, and unitary areas."""
    made: list[CountedPlace] = []
    names = _names()
    while len(made) < count:
        top = len(made) + 1
        if top % 9 == 6:
            made.append(CountedPlace(top, f"{names()} Partnership", "unitary", top))
            continue
        made.append(CountedPlace(top, f"{names()}shire Strategic Partnership", "county", top))
        made += [CountedPlace(top + n, f"{names()} Together", "district", top) for n in range(1, 6 + top % 4)]
    return made[:count]


def _names() -> Callable[[], str]:
    made = [f"{start}{end}" for end in _ENDS for start in _NAMES]
    random.Random(5).shuffle(made)
    left = iter([f"{prefix}{name}" for prefix in ("", "Upper ", "Nether ", "East ") for name in made])
    return lambda: next(left)


@cache
def region(count: int = 60, questionnaires: tuple[str, ...] = ASKED, *, named: float = 0.6) -> RegionalMaterial:
    """All of a region of `count` partnerships; `named` is the share that released by name."""
    rng = random.Random(count)
    everybody = places(count)
    areas = {place.id: place.name for place in everybody}
    definitions = {each: catalogue.read(each) for each in questionnaires}
    counted: list[Counted] = []
    left: list[LeftOut] = []
    for id_, definition in definitions.items():
        ours = [place for place in everybody if place.kind in definition.kinds]
        taken = [place for place in ours if rng.random() < 0.8]
        counted += [_counted(place, definition, len(counted) + n, named, rng) for n, place in enumerate(taken, start=1)]
        if len(taken) < len(ours):
            left.append(LeftOut(questionnaire=id_, reason="not-released", n=len(ours) - len(taken)))
    snapshot = snapshot_of(counted, definitions, areas, count, tuple(left))
    titles = tuple(definition.title for definition in definitions.values())
    by_questionnaire = {id_: [each for each in counted if each.questionnaire == id_] for id_ in definitions}
    return RegionalMaterial(
        snapshot,
        titles,
        tuple(_take_up(place, areas, definitions, rng) for place in everybody),
        (
            Period("2023–24", count // 3, count // 5),
            Period("2024–25", count // 2, count // 3),
            Period("2025–26", count, count * 4 // 5),
        ),
        _demand(snapshot.pictures, rng),
        tuple(
            Asked(p.title, s.title, rng.randrange(6), rng.randrange(5)) for p in snapshot.pictures for s in p.sections
        ),
        Change(
            "Spring 2025",
            date(2025, 5, 6),
            tuple(_changed(definitions[id_], ours) for id_, ours in by_questionnaire.items()),
        ),
        tuple(_named(definitions[id_], ours, areas) for id_, ours in by_questionnaire.items()),
        tuple(Theme(placed(place, areas), "Round 2026", SAID) for place in everybody[:4]),
    )


def snapshot_of(
    counted: Sequence[Counted],
    definitions: Mapping[str, Questionnaire],
    areas: Mapping[int, str],
    partnerships: int,
    left_out: tuple[LeftOut, ...] = (),
) -> Snapshot:
    """The first snapshot of a region that counts these."""
    wanted = Wanted(
        region="East of England",
        name="Spring 2026",
        made=date(2026, 5, 4),
        scope=Scope(questionnaires=tuple(definitions), since=date(2025, 4, 1), until=date(2026, 3, 31)),
        partnerships=partnerships,
        counted=tuple(counted),
        definitions={(id_, definition.version): definition for id_, definition in definitions.items()},
        left_out=left_out,
        areas={
            id_: name.removesuffix(" Strategic Partnership").removesuffix(" Partnership") for id_, name in areas.items()
        },
        demo=True,
    )
    by_name = frozenset(each.result for each in counted if each.level >= BY_NAME)
    return make_snapshot(wanted, names=Names(by_name)).snapshot


def placed(place: CountedPlace, areas: Mapping[int, str]) -> Place:
    """The partnership as documents name it."""
    return Place(place.name, place.kind, areas[place.area])


def result(
    place: CountedPlace, definition: Questionnaire, number: int, scores: Mapping[str, int], *, level: int = 1
) -> Counted:
    """One partnership's released result with these scores by section id; questions score as their sections."""
    sections = [part for part in definition.sections if part.id in scores]
    return Counted(
        place=place,
        result=number,
        sha256=f"{number:064x}",
        questionnaire=definition.questionnaire,
        version=definition.version,
        together=False,
        level=level,
        closed=date(2026, 3, 1),
        sections=tuple(_figures(part.id, Fraction(scores[part.id]), definition) for part in sections),
        questions={q.id: Fraction(scores[part.id]) for part in sections for q in part.scale_questions if level > 2},
    )


def _figures(
    section: str, score: Fraction, definition: Questionnaire, *, wide: bool = False, gaps: int = 0
) -> SectionFigures:
    return SectionFigures(section, score, band_of(score, definition), wide, gaps)


def band_of(score: Fraction, definition: Questionnaire) -> str:
    """The id of the score's band."""
    return [band.id for band in bands_of(definition) if band.start <= score][-1]


def _counted(place: CountedPlace, definition: Questionnaire, number: int, named: float, rng: random.Random) -> Counted:
    parts = [part for part in definition.sections if not part.is_facts]
    lean = {part.id: 38 + 9 * nth + (4 if place.kind == "county" else 0) for nth, part in enumerate(parts)}
    level = 3 if rng.random() < named else 1
    sections = tuple(
        _figures(
            part.id,
            _drawn(lean[part.id], rng),
            definition,
            wide=rng.random() < 0.2,
            gaps=rng.randrange(3) if rng.random() < 0.4 else 0,
        )
        for part in parts
    )
    questions = {
        question.id: _drawn(lean[part.id] + 3 * nth, rng)
        for part in parts
        for nth, question in enumerate(part.scale_questions)
    }
    return Counted(
        place=place,
        result=number,
        sha256=f"{number:064x}",
        questionnaire=definition.questionnaire,
        version=definition.version,
        together=False,
        level=level,
        closed=date(2026, 3, 1),
        sections=sections,
        questions=questions if level == 3 else {},
    )


def _drawn(middle: float, rng: random.Random) -> Fraction:
    return Fraction(max(0, min(300, round(3 * rng.gauss(middle, 16)))), 3)


def _named(definition: Questionnaire, counted: Sequence[Counted], areas: Mapping[int, str]) -> NamedTable:
    titles = tuple(part.title for part in definition.sections if not part.is_facts)
    rows = [
        NamedRow(
            placed(one.place, areas),
            tuple(_named_score(one.result + nth, section) for nth, section in enumerate(one.sections)),
        )
        for one in counted
        if one.level >= 2
    ]
    return NamedTable(definition.title, False, titles, bands_of(definition), tuple(rows))


def _named_score(nth: int, section: SectionFigures) -> NamedScore | None:
    if nth % 29 == 3:
        return NamedScore(None, None, "too few others would be left unnamed")
    if nth % 23 == 9:
        return NamedScore(None, None)
    return None if nth % 37 == 5 else NamedScore(section.score, section.band)


def _changed(definition: Questionnaire, counted: Sequence[Counted]) -> PictureChange:
    both = [one for nth, one in enumerate(counted) if nth % 3]
    cells: list[SectionChange] = []
    parts = [part for part in definition.sections if not part.is_facts]
    for nth, part in enumerate(parts):
        if len(both) < MINIMUM:
            cells.append(SectionChange(part.title, len(both), reason="fewer than five partnerships in both"))
            continue
        after = Fraction(median([one.sections[nth].score or Fraction(0) for one in both]))
        cells.append(
            SectionChange(part.title, len(both), min(Fraction(100), max(Fraction(0), after - 9 + 5 * nth)), after)
        )
    return PictureChange(definition.title, False, len(both), bands_of(definition), tuple(cells))


def _take_up(
    place: CountedPlace, areas: Mapping[int, str], definitions: Mapping[str, Questionnaire], rng: random.Random
) -> TakeUp:
    stages: list[Stage] = []
    for definition in definitions.values():
        drawn: Stage = rng.choices(("none", "planned", "open", "closed", "released"), (10, 4, 8, 12, 66))[0]
        stages.append(drawn if place.kind in definition.kinds else "not-for")
    return TakeUp(placed(place, areas), tuple(stages))


def _demand(pictures: Sequence[Picture], rng: random.Random) -> tuple[Demand, ...]:
    made = []
    for nth, module in enumerate(catalogue.support_modules()):
        served = [
            cell.figures
            for one in pictures
            for cell in one.groups[0].sections
            if f"{one.questionnaire}/{cell.section}" in module.serves and cell.figures
        ]
        made.append(
            Demand(
                module.title,
                module.format.replace("-", " ").capitalize(),
                module.length,
                max((each.below_half for each in served), default=None),
                max((each.wide for each in served), default=None),
                max((each.gaps for each in served), default=None),
                rng.randrange(9),
                rng.randrange(5),
                ("Ashton Together", "Fenshire Strategic Partnership") if nth % 2 else (),
                nth,
            )
        )
    return tuple(sorted(made, key=lambda each: -sum(filter(None, (each.below_half, each.wide, each.gaps)))))

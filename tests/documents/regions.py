"""Regions of invented partnerships: a snapshot of any size, with all that is printed beside it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from statistics import median

from a2p.definition import catalogue
from a2p.definition.model import Kind, Questionnaire
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
from a2p.region.snapshot import (
    MINIMUM,
    QUARTILES_FROM,
    Figures,
    Group,
    LeftOut,
    Picture,
    QuestionCell,
    Scope,
    SectionCell,
    Snapshot,
    Titled,
    Withheld,
)
from a2p.scoring.frozen import FrozenBand
from tests.documents.made import bands

KIND_TITLES: dict[Kind, str] = {"county": "Counties", "district": "Districts", "unitary": "Unitary areas"}
ASKED = ("aspire", "two-tier", "perform", "place-shaping", "member-engagement")
_NAMES = ("Ash", "Birch", "Cold", "Dun", "Elm", "Fen", "Great", "Hart", "Iron", "Kings", "Long", "Mill", "North", "Oak")
_ENDS = ("bourne", "combe", "den", "field", "ford", "ham", "leigh", "mere", "stead", "ton", "wick", "worth")


@dataclass(frozen=True)
class Scored:
    """One partnership's invented scores by section, and by question where it released them."""

    place: Place
    scores: dict[str, Fraction]
    wide: frozenset[str]
    gaps: frozenset[str]
    questions: dict[str, Fraction]


def places(count: int) -> list[Place]:
    """So many partnerships: counties with districts under them, and unitary areas."""
    made: list[Place] = []
    names = _names()
    while len(made) < count:
        county = names()
        if len(made) % 9 == 5:
            made.append(Place(f"{county} Partnership", "unitary", f"{county} Partnership"))
            continue
        area = f"{county}shire Strategic Partnership"
        made.append(Place(area, "county", area))
        made += [Place(f"{names()} Together", "district", area) for _ in range(5 + len(made) % 4)]
    return made[:count]


def _names() -> Callable[[], str]:
    made = [f"{start}{end}" for end in _ENDS for start in _NAMES]
    random.Random(5).shuffle(made)
    left = iter(made * 4)
    return lambda: next(left)


@cache
def region(count: int = 60, questionnaires: tuple[str, ...] = ASKED, *, named: float = 0.6) -> RegionalMaterial:
    """All of a region of `count` partnerships; `named` is the share that released by name."""
    rng = random.Random(count)
    all_places = places(count)
    pictures: list[Picture] = []
    tables: list[NamedTable] = []
    changes: list[PictureChange] = []
    left: list[LeftOut] = []
    for each in questionnaires:
        definition = catalogue.read(each)
        part = [place for place in all_places if place.kind in definition.kinds]
        scored = [_scored(place, definition, rng) for place in part if rng.random() < 0.8]
        pictures.append(picture(definition, scored))
        left += _left(definition, part, scored, rng)
        tables.append(_named(definition, [one for one in scored if rng.random() < named]))
        changes.append(_changed(definition, scored))
    snapshot = Snapshot(
        region="East of England",
        name="Spring 2026",
        made=date(2026, 5, 4),
        scope=Scope(questionnaires=questionnaires, since=date(2025, 4, 1), until=date(2026, 3, 31)),
        partnerships=count,
        pictures=tuple(pictures),
        left_out=tuple(left),
        demo=True,
    )
    return RegionalMaterial(
        snapshot,
        tuple(each.title for each in pictures),
        tuple(_take_up(place, questionnaires, rng) for place in all_places),
        (
            Period("2023–24", count // 3, count // 5),
            Period("2024–25", count // 2, count // 3),
            Period("2025–26", count, count * 4 // 5),
        ),
        _demand(pictures, rng),
        tuple(Asked(p.title, s.title, rng.randrange(6), rng.randrange(5)) for p in pictures for s in p.sections),
        Change("Spring 2025", date(2025, 5, 6), tuple(changes)),
        tuple(tables),
        tuple(
            Theme(
                place,
                "Round 2026",
                "We are good at meeting and poor at deciding.\n\nNext year we will close two groups.",
            )
            for place in all_places[:4]
        ),
    )


def picture(definition: Questionnaire, scored: Sequence[Scored], *, together: bool = False) -> Picture:
    """The figures of a questionnaire over these partnerships, with the minimums and no other rule."""
    groups = [group(definition, "all", "", "All partnerships", scored)]
    for kind, title in KIND_TITLES.items():
        ours = [one for one in scored if one.place.kind == kind]
        if kind in definition.kinds:
            groups.append(group(definition, "kind", kind, title, ours))
    for number, area in enumerate(sorted({one.place.area for one in scored}), start=1):
        groups.append(group(definition, "area", str(number), area, [one for one in scored if one.place.area == area]))
    sections = [part for part in definition.sections if not part.is_facts]
    return Picture(
        questionnaire=definition.questionnaire,
        title=definition.title,
        version=definition.version,
        together=together,
        bands=bands(definition),
        sections=tuple(Titled(id=part.id, title=part.title) for part in sections),
        questions=tuple(
            Titled(id=question.id, title=question.ask, section=part.id)
            for part in sections
            for question in part.scale_questions
        ),
        counted=len(scored),
        groups=tuple(groups),
    )


def group(definition: Questionnaire, by: str, id_: str, title: str, scored: Sequence[Scored]) -> Group:
    """The figures of a group of partnerships."""
    sections = [part for part in definition.sections if not part.is_facts]
    asked = [question.id for part in sections for question in part.scale_questions]
    cells = tuple(_cell(part.id, scored, bands(definition)) for part in sections)
    questions = tuple(_question(each, scored) for each in asked)
    return Group.model_validate(
        {"by": by, "id": id_, "title": title, "n": len(scored), "sections": cells, "questions": questions}
    )


def _cell(section: str, scored: Sequence[Scored], banded: Sequence[FrozenBand]) -> SectionCell:
    ours = [one for one in scored if section in one.scores]
    if len(ours) < MINIMUM:
        return SectionCell(section=section, n=len(ours), withheld=Withheld.FEW)
    values = [one.scores[section] for one in ours]
    counts = dict.fromkeys([band.id for band in banded], 0)
    for value in values:
        counts[_band(value, banded)] += 1
    return SectionCell(
        section=section,
        n=len(ours),
        figures=Figures(
            n=len(ours),
            median=Fraction(median(values)),
            quartiles=_quartiles(values),
            bands=counts,
            below_half=sum(value < 50 for value in values),
            wide=sum(section in one.wide for one in ours),
            gaps=sum(section in one.gaps for one in ours),
        ),
    )


def _question(question: str, scored: Sequence[Scored]) -> QuestionCell:
    values = [one.questions[question] for one in scored if question in one.questions]
    shown = len(values) >= MINIMUM
    return QuestionCell(
        question=question,
        n=len(values),
        median=Fraction(median(values)) if shown else None,
        quartiles=_quartiles(values),
    )


def _quartiles(values: Sequence[Fraction]) -> tuple[Fraction, Fraction] | None:
    if len(values) < QUARTILES_FROM:
        return None
    ordered, half = sorted(values), len(values) // 2
    return Fraction(median(ordered[:half])), Fraction(median(ordered[-half:]))


def _band(value: Fraction, banded: Sequence[FrozenBand]) -> str:
    return [band.id for band in banded if band.start <= value][-1]


def _scored(place: Place, definition: Questionnaire, rng: random.Random) -> Scored:
    sections = [part for part in definition.sections if not part.is_facts]
    lean = {part.id: 38 + 9 * nth + (4 if place.kind == "county" else 0) for nth, part in enumerate(sections)}
    scores = {part.id: _drawn(lean[part.id], rng) for part in sections}
    questions = {
        question.id: _drawn(lean[part.id] + 3 * nth, rng)
        for part in sections
        for nth, question in enumerate(part.scale_questions)
    }
    return Scored(
        place,
        scores,
        frozenset(part.id for part in sections if rng.random() < 0.2),
        frozenset(part.id for part in sections if rng.random() < 0.3),
        questions if rng.random() < 0.5 else {},
    )


def _drawn(middle: float, rng: random.Random) -> Fraction:
    return Fraction(max(0, min(300, round(3 * rng.gauss(middle, 16)))), 3)


def _left(
    definition: Questionnaire, ours: Sequence[Place], scored: Sequence[Scored], rng: random.Random
) -> list[LeftOut]:
    missing = len(ours) - len(scored)
    partial = min(missing, rng.randrange(3))
    silent = (missing - partial) // 2
    parts = {"no-round": silent, "not-released": missing - partial - silent, "partial": partial}
    return [
        LeftOut.model_validate({"questionnaire": definition.questionnaire, "reason": reason, "n": n})
        for reason, n in parts.items()
        if n
    ]


def _named(definition: Questionnaire, scored: Sequence[Scored]) -> NamedTable:
    banded = bands(definition)
    sections = [part for part in definition.sections if not part.is_facts]
    rows = [
        NamedRow(
            one.place,
            tuple(
                None
                if nth == 7
                else NamedScore(None, None, "too few others would be left unnamed")
                if (number + nth) % 29 == 3
                else NamedScore(None, None)
                if (number + nth) % 23 == 9
                else NamedScore(one.scores[part.id], _band(one.scores[part.id], banded))
                for nth, part in enumerate(sections)
            ),
        )
        for number, one in enumerate(scored)
    ]
    return NamedTable(definition.title, False, tuple(part.title for part in sections), banded, tuple(rows))


def _changed(definition: Questionnaire, scored: Sequence[Scored]) -> PictureChange:
    sections = [part for part in definition.sections if not part.is_facts]
    both = [one for nth, one in enumerate(scored) if nth % 3]
    cells: list[SectionChange] = []
    for nth, part in enumerate(sections):
        if len(both) < MINIMUM:
            cells.append(SectionChange(part.title, len(both), reason="fewer than 5 partnerships in both"))
            continue
        after = Fraction(median([one.scores[part.id] for one in both]))
        cells.append(SectionChange(part.title, len(both), max(Fraction(0), after - 9 + 5 * nth), after))
    return PictureChange(definition.title, False, len(both), bands(definition), tuple(cells))


def _take_up(place: Place, questionnaires: Sequence[str], rng: random.Random) -> TakeUp:
    stages: list[Stage] = []
    for each in questionnaires:
        drawn: Stage = rng.choices(("none", "invited", "open", "closed", "released"), (10, 4, 8, 12, 66))[0]
        stages.append(drawn if place.kind in catalogue.read(each).kinds else "not-for")
    return TakeUp(place, tuple(stages))


def _demand(pictures: Sequence[Picture], rng: random.Random) -> tuple[Demand, ...]:
    made = []
    for nth, module in enumerate(catalogue.support_modules()):
        served = [
            cell.figures
            for one in pictures
            for cell in one.groups[0].sections
            if f"{one.questionnaire}/{cell.section}" in module.serves and cell.figures
        ]
        known = bool(served)
        made.append(
            Demand(
                module.title,
                module.format.replace("-", " ").capitalize(),
                module.length,
                sum(each.below_half for each in served) if known else None,
                sum(each.wide for each in served) if known else None,
                sum(each.gaps for each in served) if known else None,
                rng.randrange(9),
                rng.randrange(5),
                ("Ashton Together", "Fenshire Strategic Partnership") if nth % 2 else (),
            )
        )
    return tuple(sorted(made, key=lambda each: -sum(filter(None, (each.below_half, each.wide, each.gaps)))))

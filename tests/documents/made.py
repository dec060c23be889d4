"""Frozen results made directly from histograms, for documents' tests: any number of voices, any scale, any oddity."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from a2p.definition.model import Level, Questionnaire, ScaleQuestion, Section
from a2p.scoring.answers import Sector
from a2p.scoring.frozen import (
    Agreement,
    AgreementLabel,
    FrozenBand,
    FrozenResult,
    Pattern,
    QuestionResult,
    SectionResult,
    SectorCount,
    ValueResult,
)

Draw = Callable[[ScaleQuestion, int], Sequence[int]]  # a question and its number of levels -> voices at each level


def made_result(
    definition: Questionnaire,
    draw: Draw | Sequence[int] | None = None,
    *,
    organisations: int = 9,
    respondents: int = 18,
    seed: int = 1,
    questions: Mapping[str, Mapping[str, Any]] | None = None,
    sections: Mapping[str, Mapping[str, Any]] | None = None,
    **more: object,
) -> FrozenResult:
    """A result in which each question's voices are drawn at random, by `draw`, or all alike (a sequence).

    `questions` and `sections` change fields of single parts by id; `more` changes fields of the whole.
    """
    rng = random.Random(seed)
    chosen = draw if callable(draw) else _random(rng, organisations) if draw is None else _always(draw)
    parts = tuple(
        _section(definition, section, chosen, rng, respondents, questions or {}).model_copy(
            update=dict((sections or {}).get(section.id, {}))
        )
        for section in definition.sections
    )
    scores = [part.score for part in parts if part.score is not None]
    whole: dict[str, Any] = {
        "definition": definition,
        "sha256": "4f19c2a7" * 8,
        "partnership": "Great Fenland Partnership",
        "kind": definition.kinds[0],
        "round": "Spring 2026",
        "opened": date(2026, 3, 1),
        "closed": date(2026, 3, 31),
        "together": False,
        "respondents": respondents,
        "started": 2,
        "organisations": organisations,
        "invited_organisations": None,
        "partial": None,
        "dominant_sector": None,
        "sectors": _sectors(organisations, respondents),
        "bands": bands(definition),
        "score": sum(scores, Fraction(0)) / len(scores) if scores else None,
        "band": None,
        "sections": parts,
    }
    return FrozenResult.model_validate(whole | more)


def bands(definition: Questionnaire) -> tuple[FrozenBand, ...]:
    """The definition's own, or the first scale's equal ones."""
    if definition.bands:
        return tuple(FrozenBand(id=b.id, label=b.label, start=Fraction(b.start)) for b in definition.bands)
    levels = next(iter(definition.scales.values()))
    return tuple(
        FrozenBand(id=level.id, label=f"Mostly {level.label.lower()}", start=Fraction(100 * k, len(levels)))
        for k, level in enumerate(levels)
    )


def _always(counts: Sequence[int]) -> Draw:
    def draw(question: ScaleQuestion, levels: int) -> Sequence[int]:
        return counts

    return draw


def _random(rng: random.Random, organisations: int) -> Draw:
    def draw(question: ScaleQuestion, levels: int) -> list[int]:
        heart, spread = rng.uniform(0.1, 0.9) * (levels - 1), rng.choice([0.4, 0.8, 1.4]) * (levels - 1) / 3
        counts = [0] * levels
        for _ in range(max(0, organisations - rng.choice([0, 0, 1, 2]))):
            counts[min(levels - 1, max(0, round(rng.gauss(heart, spread))))] += 1
        return counts

    return draw


def _section(
    definition: Questionnaire,
    section: Section,
    draw: Draw,
    rng: random.Random,
    respondents: int,
    changes: Mapping[str, Mapping[str, Any]],
) -> SectionResult:
    people = 0 if section.is_facts else respondents
    questions = tuple(
        made_question(q, definition.scale_of(q), draw(q, len(definition.scale_of(q))), people, rng).model_copy(
            update=dict(changes.get(q.id, {}))
        )
        for q in section.scale_questions
    )
    scores = [q.score for q in questions if q.score is not None and q.voices >= 3]
    score = sum(scores, Fraction(0)) / len(scores) if scores else None
    banded = score is not None and len(scores) * 10 >= 6 * len(questions)
    ads = sorted(q.agreement.ad for q in questions if q.agreement and q.voices >= 5)
    return SectionResult(
        id=section.id,
        score=score,
        band=[b.id for b in bands(definition) if b.start <= (score or 0)][-1] if banded else None,
        capped=False,
        completeness=Fraction(1) if people else None,
        agreement=_agreement_of(ads[len(ads) // 2], len(definition.scale_of(section.scale_questions[0])))
        if ads
        else None,
        people=people,
        shown_questions=len(questions) if people else 0,
        scored_questions=len(scores),
        questions=questions,
        values=tuple(
            ValueResult(id=q.id, type=q.type, shown=people, given=0, dont_know=0, not_applicable=0, blank=people)
            for q in section.questions
            if not isinstance(q, ScaleQuestion)
        ),
    )


def made_question(
    question: ScaleQuestion, levels: Sequence[Level], counts: Sequence[int], people: int, rng: random.Random
) -> QuestionResult:
    n, a = sum(counts), len(levels)
    dont_know = min(people - n, rng.choice([0, 0, 0, 1, 2, 6])) if people > n else 0
    answers = max(n, people - dont_know)
    share = Fraction(dont_know, dont_know + answers) if dont_know + answers else None
    points = [Fraction(100 * k, a - 1) for k in range(a)]
    score = sum((c * p for c, p in zip(counts, points, strict=True)), Fraction(0)) / n if n else None
    mean = Fraction(sum(k * c for k, c in enumerate(counts)), n) if n else Fraction(0)
    reached = next((k for k in reversed(range(a)) if 2 * sum(counts[k:]) > n), None) if n else None
    return QuestionResult(
        id=question.id,
        score=score,
        voices=n,
        levels={level.id: count for level, count in zip(levels, counts, strict=True)},
        shown=people,
        answers=answers,
        dont_know=dont_know,
        not_applicable=0,
        blank=0,
        dont_know_share=share,
        range=(score, score) if score is not None else None,
        knowledge_gap=share is not None and share >= Fraction(1, 4) and dont_know >= 2,
        applicability_disputed=False,
        agreement=_agreement(counts, mean, n, a) if n >= 2 else None,
        reached=None if reached is None else levels[reached].id,
        next=None if reached is None or reached + 1 == a else levels[reached + 1].id,
        advice=tuple(x.say for x in question.advise) if reached is not None and reached < 2 else (),
        answered=answers + dont_know,
    )


def _agreement(counts: Sequence[int], mean: Fraction, n: int, a: int) -> Agreement:
    ad = sum((c * abs(k - mean) for k, c in enumerate(counts)), Fraction(0)) / n
    held = [k for k, c in enumerate(counts) if c]
    patterns: list[Pattern] = []
    if n >= 5 and held[-1] - held[0] <= 1:
        patterns.append("within-one-level")
    if n >= 6 and any(3 * sum(counts[: k + 1]) >= n and 3 * sum(counts[k + 2 :]) >= n for k in range(a)):
        patterns.append("split")
    made = _agreement_of(ad, a) if n >= 5 else Agreement(ad=ad)
    return made.model_copy(update={"patterns": tuple(patterns)})


def _agreement_of(ad: Fraction, a: int) -> Agreement:
    label: AgreementLabel = "close" if 6 * ad <= a else "wide" if 4 * ad >= a else "mixed"
    return Agreement(ad=ad, label=label)


def _sectors(organisations: int, respondents: int) -> tuple[SectorCount, ...]:
    if not organisations:
        return ()
    names: tuple[Sector, ...] = (
        "district-council",
        "voluntary-community",
        "health",
        "police",
        "business",
        "education",
        "county-council",
    )
    split = [organisations // 7 + (k < organisations % 7) for k in range(7)]
    per = max(1, respondents // organisations)
    return tuple(
        SectorCount(sector=name, organisations=n, people=n * per) for name, n in zip(names, split, strict=True) if n
    )

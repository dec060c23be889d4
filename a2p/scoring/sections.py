"""The result of each section: its questions' figures, its score and band, and the comparisons between groups."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from a2p.definition.model import Questionnaire, ScaleQuestion, Section
from a2p.scoring.agreement import section_agreement
from a2p.scoring.answers import CoordinatorInput
from a2p.scoring.bands import KeyScore, SectionBand, enough, section_band
from a2p.scoring.frozen import Comparison, FrozenBand, QuestionResult, SectionResult, ValueResult
from a2p.scoring.groups import comparisons
from a2p.scoring.points import weighted_mean
from a2p.scoring.questions import evidence_for, question_result, scale_context, value_result
from a2p.scoring.voices import BLANK, Person, tally, voice_of


@dataclass(frozen=True, slots=True)
class RoundInput:
    """What every section is scored from. `voices_needed` is from how many voices a question counts towards a band."""

    definition: Questionnaire
    bands: tuple[FrozenBand, ...]
    people: tuple[Person, ...]
    coordinator: CoordinatorInput
    facts_shown: frozenset[str]
    voices_needed: int


@dataclass(frozen=True, slots=True)
class ScoredSection:
    """A section's result and the comparisons of its questions."""

    result: SectionResult
    comparisons: tuple[Comparison, ...]


def scored_section(given: RoundInput, section: Section) -> ScoredSection:
    """Score one section."""
    questions: list[QuestionResult] = []
    compared: list[Comparison] = []
    for question in section.scale_questions:
        context = scale_context(given.definition, section, question)
        counted = tally(given.definition, question, given.people)
        questions.append(question_result(context, counted, evidence_for(given.coordinator, section, question.id)))
        compared.extend(comparisons(context, counted))
    return ScoredSection(_result(given, section, tuple(questions)), tuple(compared))


def _result(given: RoundInput, section: Section, questions: tuple[QuestionResult, ...]) -> SectionResult:
    score = section_score(section, {question.id: question.score for question in questions})
    shown = sum(1 for question in questions if question.shown)
    scored = sum(1 for question in questions if question.voices >= given.voices_needed)
    enough_answers = score is not None and enough(scored, shown)
    placed = _band(given, section, questions, score) if score is not None and enough_answers else SectionBand(None)
    return SectionResult(
        id=section.id,
        score=score,
        band=placed.band,
        capped=bool(placed.capped_by),
        capped_by=placed.capped_by,
        completeness=_completeness(questions),
        agreement=section_agreement(tuple(question.levels.values()) for question in questions),
        people=sum(1 for person in given.people if section.is_put_to(councillor=person.is_councillor)),
        shown_questions=shown,
        scored_questions=scored,
        questions=questions,
        values=_values(given, section),
    )


def section_score(section: Section, scores: dict[str, Fraction | None]) -> Fraction | None:
    """Weighted mean of the scale questions' scores (by question id) that exist; None if none does."""
    return weighted_mean((scores.get(question.id), Fraction(question.weight)) for question in section.scale_questions)


def _band(given: RoundInput, section: Section, questions: tuple[QuestionResult, ...], score: Fraction) -> SectionBand:
    keys = tuple(
        KeyScore(question.id, result.score if result.voices >= given.voices_needed else None)
        for question, result in zip(section.scale_questions, questions, strict=True)
        if question.key
    )
    return section_band(given.bands, score, keys)


def _completeness(questions: tuple[QuestionResult, ...]) -> Fraction | None:
    shown = sum(question.shown for question in questions)
    return Fraction(shown - sum(question.blank for question in questions), shown) if shown else None


def _values(given: RoundInput, section: Section) -> tuple[ValueResult, ...]:
    found: list[ValueResult] = []
    for question in section.questions:
        if isinstance(question, ScaleQuestion):
            continue
        if section.is_facts:
            fact = given.coordinator.facts.get(question.id, BLANK)
            asked = [("coordinator", fact)] if question.id in given.facts_shown else []
        else:
            asked = [(voice_of(section, p), p.answer(question.id)) for p in given.people if question.id in p.shown]
        found.append(value_result(question, asked, with_texts=section.is_facts))
    return tuple(found)

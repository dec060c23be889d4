"""The result of one question: a scale question from its voices, any other kind as counts of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from a2p.definition.model import (
    ChoiceQuestion,
    ChoicesQuestion,
    DateQuestion,
    NumberQuestion,
    Question,
    Questionnaire,
    ScaleQuestion,
    Section,
)
from a2p.scoring.agreement import agreement
from a2p.scoring.answers import Answer, CoordinatorInput, EvidenceNote, State
from a2p.scoring.frozen import Evidence, QuestionResult, ValueResult
from a2p.scoring.points import histogram_score, scale_points
from a2p.scoring.voices import Tally, histogram, voice_of

PERCEPTION_GAP = Fraction(100, 3)


@dataclass(frozen=True, slots=True)
class ScaleContext:
    """A scale question in its section, with its level ids and their points, lowest first."""

    section: Section
    question: ScaleQuestion
    level_ids: tuple[str, ...]
    points: tuple[Fraction, ...]


def scale_context(definition: Questionnaire, section: Section, question: ScaleQuestion) -> ScaleContext:
    """Look up a scale question's scale."""
    levels = definition.scale_of(question)
    return ScaleContext(section, question, tuple(level.id for level in levels), scale_points(levels))


def voices_at(context: ScaleContext, counted: Tally) -> tuple[int, ...]:
    """The question's histogram: voices at each level, lowest first."""
    size = len(context.level_ids)
    return histogram(((voice_of(context.section, person), level) for person, level in counted.given), size)


def question_result(context: ScaleContext, counted: Tally, note: EvidenceNote | None) -> QuestionResult:
    """Every figure of one scale question, from its answers and the coordinator's evidence."""
    voices = voices_at(context, counted)
    score = histogram_score(voices, context.points)
    reached = reached_level(voices)
    answers, dont_know = len(counted.given), len(counted.dont_know)
    return QuestionResult(
        id=context.question.id,
        score=score,
        voices=sum(voices),
        levels=dict(zip(context.level_ids, voices, strict=True)),
        shown=counted.shown,
        answers=answers,
        dont_know=dont_know,
        not_applicable=counted.not_applicable,
        blank=counted.blank,
        dont_know_share=Fraction(dont_know, dont_know + answers) if dont_know + answers else None,
        range=None if score is None else score_range(context, counted, score),
        knowledge_gap=is_knowledge_gap(answers, dont_know),
        applicability_disputed=is_applicability_disputed(answers, dont_know, counted.not_applicable),
        agreement=agreement(voices),
        reached=None if reached is None else context.level_ids[reached],
        next=None if reached is None else next(iter(context.level_ids[reached + 1 :]), None),
        advice=advice(context, reached),
        evidence=None if note is None else perception(context, note, score),
        answered=answers + dont_know,
    )


def score_range(context: ScaleContext, counted: Tally, score: Fraction) -> tuple[Fraction, Fraction]:
    """The score with every don't-know as the lowest, and as the highest, level (scoring rule 4)."""
    if not counted.dont_know:
        return score, score
    size = len(context.level_ids)
    given = [(voice_of(context.section, person), level) for person, level in counted.given]
    unsure = [voice_of(context.section, person) for person in counted.dont_know]
    low, high = (
        histogram_score(histogram([*given, *((voice, end) for voice in unsure)], size), context.points)
        for end in (1, size)
    )
    if low is None or high is None:
        raise ValueError("a range needs at least one answer")
    return low, high


def is_knowledge_gap(answers: int, dont_know: int) -> bool:
    """At least a quarter, and at least two people, don't know."""
    return dont_know >= 2 and 4 * dont_know >= dont_know + answers


def is_applicability_disputed(answers: int, dont_know: int, not_applicable: int) -> bool:
    """Somebody gave a level, yet at least a third say that the question doesn't apply."""
    return answers >= 1 and 3 * not_applicable >= not_applicable + dont_know + answers


def reached_level(voices: Sequence[int]) -> int | None:
    """Place, from 0, of the highest level that more than half of the voices are at or above; None without voices."""
    total = sum(voices)
    if not total:
        return None
    return max(k for k in range(len(voices)) if 2 * sum(voices[k:]) > total)


def advice(context: ScaleContext, reached: int | None) -> tuple[str, ...]:
    """What the definition advises while the reached level is below an entry's `below` (scoring rule 8)."""
    if reached is None:
        return ()
    return tuple(entry.say for entry in context.question.advise if reached < context.level_ids.index(entry.below))


def perception(context: ScaleContext, note: EvidenceNote, score: Fraction | None) -> Evidence:
    """The coordinator's evidence beside the voices' score (scoring rule 7)."""
    if note.level is not None and note.level not in context.level_ids:
        raise ValueError(f"question {context.question.id} has no level {note.level!r}")
    if note.level is None or score is None:
        return Evidence(level=note.level, note=note.note, gap=None, listed=False, links=note.links)
    gap = context.points[context.level_ids.index(note.level)] - score
    return Evidence(level=note.level, note=note.note, gap=gap, listed=abs(gap) >= PERCEPTION_GAP, links=note.links)


def value_result(question: Question, answers: Sequence[tuple[str, Answer]], *, with_texts: bool) -> ValueResult:
    """Counts of an unscored question's answers: (voice, answer) of each person shown it. Texts only for facts."""
    if isinstance(question, ScaleQuestion):
        raise TypeError(f"question {question.id} is scored")
    states = Counter(answer.state for _, answer in answers)
    given = [answer.value for _, answer in answers if answer.state is State.GIVEN]
    return ValueResult(
        id=question.id,
        type=question.type,
        shown=len(answers),
        given=states[State.GIVEN],
        dont_know=states[State.DONT_KNOW],
        not_applicable=states[State.NOT_APPLICABLE],
        blank=states[State.BLANK],
        options=_option_counts(question, given),
        values=_values(question, given, with_texts=with_texts),
        voices=len({voice for voice, answer in answers if answer.state is State.GIVEN}),
        answered=states[State.GIVEN] + states[State.DONT_KNOW],
    )


def _option_counts(question: Question, given: Sequence[str]) -> dict[str, int]:
    if not isinstance(question, ChoiceQuestion | ChoicesQuestion):
        return {}
    chosen = Counter(part for value in given for part in set(value.split()))
    return {option.id: chosen[option.id] for option in question.options}


def _values(question: Question, given: Sequence[str], *, with_texts: bool) -> tuple[str, ...]:
    if isinstance(question, NumberQuestion):
        return tuple(sorted(given, key=lambda value: (Decimal(value), value)))
    if isinstance(question, DateQuestion) or (question.type == "text" and with_texts):
        return tuple(sorted(given))
    return ()


def evidence_for(coordinator: CoordinatorInput, section: Section, question: str) -> EvidenceNote | None:
    """The coordinator's evidence on a scale question; in a facts section, a level given as a fact serves as such."""
    fact = coordinator.facts.get(question)
    if section.is_facts and fact is not None and fact.state is State.GIVEN:
        return EvidenceNote(level=fact.value, note=fact.comment)
    return coordinator.evidence.get(question)

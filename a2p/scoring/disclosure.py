"""What of a frozen result may be shown, and to whom (disclosure.md). Pages and documents take only a `Disclosed`.

In a private round answered apart, per question: below its minimum nothing but how many answered. Each rule that alone
would leak is tighter here than in disclosure.md, and says so:

- A section's score is withheld as soon as any question that may stand in it is withheld, not only when exactly one is:
  a sum over two withheld questions still gives both away when it is 0 or 100. The band remains.
- A section's band is withheld too where it would pin a withheld question to a single score (`inference`).
- A question asked only after certain answers to a withheld question doesn't even say how many answered it, for that
  count is a histogram of the withheld one; its section then shows neither score nor band.
- The questionnaire's score is withheld if any section's score is; its band then stays only if it would be the same
  whatever the withheld questions say.
- A section with a withheld question shows no completeness (it would give its not-applicables), names only shown
  questions as the reason of a lowered band, and counts only shown questions as scored.

What remains: a shown band narrows the list of scores that a withheld question may have; how many answered is told.
Everybody who gave an answer knows their own. A round with attribution `open` is treated like a private one here; whose
levels are shown by name in it is decided in `named`.
A round answered together has one response that everybody may see: nothing of it is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from a2p.definition.model import Questionnaire, Section
from a2p.scoring.bands import FLOOR, band_number, enough
from a2p.scoring.frozen import FrozenBand, FrozenResult, QuestionResult, SectionResult, ValueResult
from a2p.scoring.frozen_file import without_internal
from a2p.scoring.inference import Hidden, Seen, band_gives_away
from a2p.scoring.minimums import meets_minimum, most_voices, value_meets_minimum
from a2p.scoring.points import scale_points, weighted_mean


class Audience(StrEnum):
    """Who looks at a result. Lone voices are named as such to the facilitator only."""

    COORDINATOR = "coordinator"
    """The coordinator and the chair."""
    FACILITATOR = "facilitator"
    RESPONDENTS = "respondents"


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A result as it may be shown: no internal part, withheld figures emptied. Made by `disclose` or `unlimited`."""

    result: FrozenResult

    def __post_init__(self) -> None:
        if self.result.internal is not None:
            raise ValueError("the internal part of a result is never shown")

    @property
    def language(self) -> str:
        """The language of the questionnaire's texts."""
        return self.result.definition.language


def unlimited(result: FrozenResult) -> Disclosed:
    """Everything but the internal part: for the command line, whose user holds the raw answers."""
    return Disclosed(without_internal(result))


def disclose(
    result: FrozenResult, audience: Audience = Audience.COORDINATOR, held_back: frozenset[str] | None = None
) -> Disclosed:
    """What this audience may see of a closed round's result.

    `held_back` (None if there is no earlier result of the round to compare with) are the questions whose difference to
    an earlier one would give somebody away: of them nothing is shown, nor of their sections what they stand in. Nobody
    looks after what the difference of two comparisons of groups would tell, so such a result has none.
    """
    shown = without_internal(result)
    if not result.together:
        shown = _with_minimums(shown, held_back or frozenset())
        shown = shown if held_back is None else shown.model_copy(update={"comparisons": ()})
    if audience is not Audience.FACILITATOR:
        shown = without_lone_voices(shown)
    return Disclosed(shown)


def without_lone_voices(result: FrozenResult) -> FrozenResult:
    """The result for whoever is not the facilitator, and for what the facilitator hands round."""
    sections = tuple(
        section.model_copy(update={"questions": tuple(_without_lone_voice(q) for q in section.questions)})
        for section in result.sections
    )
    return result.model_copy(update={"sections": sections})


def _without_lone_voice(question: QuestionResult) -> QuestionResult:
    if question.agreement is None or "lone-voice" not in question.agreement.patterns:
        return question
    patterns = tuple(pattern for pattern in question.agreement.patterns if pattern != "lone-voice")
    return question.model_copy(update={"agreement": question.agreement.model_copy(update={"patterns": patterns})})


def _with_minimums(result: FrozenResult, held_back: frozenset[str]) -> FrozenResult:
    withheld = _withheld(result) | held_back
    silent = _silent(result.definition, result, withheld) | held_back
    sections = tuple(
        section if part.is_facts else _without_agreement(_section(result, part, section, withheld, silent), held_back)
        for part, section in zip(result.definition.sections, result.sections, strict=True)
    )
    hidden_score = any(section.score_withheld for section in sections)
    return result.model_copy(
        update={
            "sections": sections,
            "score": None if hidden_score else result.score,
            "score_withheld": hidden_score,
            "band": _questionnaire_band(result, sections),
            "comparisons": tuple(c for c in result.comparisons if c.question not in withheld | silent),
        }
    )


def _without_agreement(section: SectionResult, held_back: frozenset[str]) -> SectionResult:
    """A section's agreement is a median over its questions, and a question held back may be the one in the middle."""
    if any(question.id in held_back for question in section.questions):
        return section.model_copy(update={"agreement": None})
    return section


def _withheld(result: FrozenResult) -> frozenset[str]:
    """Ids of the questions below their minimum that anybody was asked."""
    found: set[str] = set()
    for part, section in zip(result.definition.sections, result.sections, strict=True):
        if not part.is_facts:
            found.update(q.id for q in section.questions if q.shown and not meets_minimum(part, q))
            found.update(v.id for v in section.values if v.shown and not value_meets_minimum(v))
    return frozenset(found)


def _silent(definition: Questionnaire, result: FrozenResult, withheld: frozenset[str]) -> frozenset[str]:
    """Ids of the questions asked only after certain answers to a withheld one: even their counts would tell of it."""
    answered = {q.id for section in result.sections for q in section.questions if q.answered}
    answered |= {v.id for section in result.sections for v in section.values if v.answered}
    sources = set(withheld & answered)
    silent: set[str] = set()
    for section in definition.sections:
        for question in section.questions:
            if sources & question.show_if.keys():
                sources.add(question.id)
                silent.add(question.id)
    return frozenset(silent)


def _section(
    result: FrozenResult,
    part: Section,
    section: SectionResult,
    withheld: frozenset[str],
    silent: frozenset[str],
) -> SectionResult:
    questions = tuple(_question(q, withheld, silent) for q in section.questions)
    values = tuple(_value(v, withheld, silent) for v in section.values)
    unknown = [q for q in questions if q.withheld and q.answered != 0]
    silenced = any(q.answered is None for q in unknown)
    hides_band = silenced or (bool(unknown) and band_gives_away(*_view(result, part, section, questions)))
    band = None if hides_band else section.band
    score = section.score if band is not None and not unknown else None
    capped_by = tuple(id_ for id_ in section.capped_by if id_ not in withheld) if band is not None else ()
    return section.model_copy(
        update={
            "questions": questions,
            "values": values,
            "score": score,
            "score_withheld": score is None and (section.score is not None or bool(unknown)),
            "band": band,
            "capped": bool(capped_by),
            "capped_by": capped_by,
            "completeness": None if any(q.withheld for q in questions) else section.completeness,
            "shown_questions": sum(1 for q in questions if q.shown or q.withheld),
            "scored_questions": sum(1 for q in questions if q.score is not None),
        }
    )


def _question(question: QuestionResult, withheld: frozenset[str], silent: frozenset[str]) -> QuestionResult:
    """The question, or what may be said of it below its minimum: how many answered, if even that."""
    if question.id not in withheld | silent:
        return question
    evidence = question.evidence and question.evidence.model_copy(update={"gap": None, "listed": False})
    answered = None if question.id in silent else question.answered
    return question.emptied().model_copy(update={"evidence": evidence, "answered": answered})


def _value(value: ValueResult, withheld: frozenset[str], silent: frozenset[str]) -> ValueResult:
    if value.id not in withheld | silent:
        return value
    return value.emptied().model_copy(update={"answered": None if value.id in silent else value.answered})


def _view(
    result: FrozenResult, part: Section, section: SectionResult, questions: Sequence[QuestionResult]
) -> tuple[tuple[Fraction, ...], Seen, tuple[Hidden, ...]]:
    """What a viewer knows who would like to work out the section's withheld questions."""
    pairs = list(zip(part.scale_questions, questions, strict=True))
    shown = [(asked, q.score) for asked, q in pairs if q.score is not None]
    seen = Seen(
        weighted=sum((Fraction(asked.weight) * score for asked, score in shown), Fraction(0)),
        weight=sum((Fraction(asked.weight) for asked, _ in shown), Fraction(0)),
        scored=len(shown),
        asked=section.shown_questions,
        low_key=any(asked.key and score < FLOOR for asked, score in shown),
    )
    hidden = tuple(
        Hidden(
            points=scale_points(result.definition.scale_of(asked)),
            weight=Fraction(asked.weight),
            key=asked.key,
            most_voices=most_voices(part, q.answered),
            dont_know=asked.dont_know,
        )
        for asked, q in pairs
        if q.withheld and q.answered
    )
    return tuple(band.start for band in result.bands), seen, hidden


def _questionnaire_band(result: FrozenResult, sections: Sequence[SectionResult]) -> str | None:
    """The band, if the shown sections' bands suffice for one and no withheld answer could have changed it."""
    scored = [section for section in sections if section.questions]
    if result.band is None or not enough(sum(1 for section in scored if section.band is not None), len(scored)):
        return None
    places = {_place(result.bands, score) for score in _extremes(result.definition, sections)}
    return result.band if len(places) == 1 else None


def _place(bands: Sequence[FrozenBand], score: Fraction | None) -> int | None:
    return None if score is None else band_number(bands, score)


def _extremes(definition: Questionnaire, sections: Iterable[SectionResult]) -> tuple[Fraction | None, Fraction | None]:
    """The lowest and highest questionnaire score that the shown figures allow."""
    pairs = list(zip(definition.sections, sections, strict=True))
    low, high = (
        weighted_mean((_section_extreme(part, section, end), Fraction(part.weight)) for part, section in pairs)
        for end in (Fraction(0), Fraction(100))
    )
    return low, high


def _section_extreme(part: Section, section: SectionResult, end: Fraction) -> Fraction | None:
    """The section's score if every withheld question that may have a score had `end`."""
    return weighted_mean(
        (end if question.withheld and question.answered != 0 else question.score, Fraction(asked.weight))
        for asked, question in zip(part.scale_questions, section.questions, strict=True)
    )

"""Change between two rounds of one questionnaire: changed minds and changed people (scoring rule 10).

Questions are matched by id through the later definition's `since`: a renamed one is the same, a retired one is gone,
one of changed meaning is new. A question is compared only if it meets its minimum (`minimums`) in both rounds (n >= 3,
and therefore never in rounds answered together). Weights are the later definition's, on both sides.

The split needs the internal parts of both results. Its parts must each have five respondents from three voices in
either round that has any of them; disclosure.md asks for that once, but a single new organisation could be worked out
from the other round's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from a2p.definition.model import Questionnaire, ScaleQuestion, Section
from a2p.scoring.frozen import FrozenResult, QuestionResult, Voice
from a2p.scoring.minimums import RESPONDENTS, VOICES, meets_minimum
from a2p.scoring.points import histogram_score, scale_points, weighted_mean
from a2p.scoring.voices import histogram


@dataclass(frozen=True, slots=True)
class Change:
    """Scores of both rounds over what they share. `same` is the change among the voices of both rounds, `different` the
    rest of it, both None where there is no split. They add up to `change`."""

    before: Fraction
    after: Fraction
    same: Fraction | None
    different: Fraction | None

    @property
    def change(self) -> Fraction:
        """After less before, -100..100."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section's change and that of its shared questions, by the later round's ids."""

    id: str
    whole: Change
    questions: dict[str, Change]


@dataclass(frozen=True, slots=True)
class RoundChange:
    """The questionnaire's change over the sections that have one."""

    whole: Change
    sections: tuple[SectionChange, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """One question in one round."""

    result: FrozenResult
    section: Section
    question: ScaleQuestion
    figures: QuestionResult


def round_change(before: FrozenResult, after: FrozenResult) -> RoundChange | None:
    """What changed from one round to the next; None if nothing of them can be compared."""
    if before.definition.questionnaire != after.definition.questionnaire or before.together != after.together:
        return None
    earlier_ids = _earlier_ids(before.definition, after.definition)
    earlier, every = _sides(before), _sides(after).values()
    sections: list[SectionChange] = []
    weights: list[Fraction] = []
    for part in after.definition.sections:
        later = [side for side in every if side.section.id == part.id]
        pairs = [(earlier.get(earlier_ids.get(side.question.id, "")), side) for side in later]
        changes = {new.question.id: _question_change(old, new) for old, new in pairs if old is not None}
        if changes:
            inner = [Fraction(new.question.weight) for old, new in pairs if old is not None]
            sections.append(SectionChange(part.id, _mean(list(changes.values()), inner), changes))
            weights.append(Fraction(part.weight))
    if not sections:
        return None
    return RoundChange(_mean([section.whole for section in sections], weights), tuple(sections))


def _earlier_ids(before: Questionnaire, after: Questionnaire) -> dict[str, str]:
    """Later question id -> earlier one, for the questions that kept their meaning."""
    names = {question.id: question.id for section in before.sections for question in section.questions}
    for version in sorted(after.since):
        if before.version < version <= after.version:
            since = after.since[version]
            gone = {*since.retired, *since.changed_meaning}
            names = {since.renamed.get(now, now): was for now, was in names.items() if now not in gone}
            names = {now: was for now, was in names.items() if now not in gone}
    return names


def _sides(result: FrozenResult) -> dict[str, _Side]:
    """The questions that meet the minimum, by id."""
    return {
        figures.id: _Side(result, part, question, figures)
        for part, section in zip(result.definition.sections, result.sections, strict=True)
        for question, figures in zip(part.scale_questions, section.questions, strict=True)
        if meets_minimum(part, figures)
    }


def _question_change(old: _Side, new: _Side) -> Change:
    before, after = _exact(old.figures.score), _exact(new.figures.score)
    same = _same_voices_change(old, new)
    return Change(before, after, same, None if same is None else after - before - same)


def _same_voices_change(old: _Side, new: _Side) -> Fraction | None:
    """The change among the voices that have a level in both rounds; None where there is no split."""
    if old.result.internal is None or new.result.internal is None:
        return None
    was, now = _levels(old, old.result.internal), _levels(new, new.result.internal)
    both = {voice for voice, _ in was} & {voice for voice, _ in now}
    parts = [_part(was, both, inside=True), _part(now, both, inside=True)]
    others = [part for part in (_part(was, both, inside=False), _part(now, both, inside=False)) if part]
    if not others or not all(_is_enough(part) for part in (*parts, *others)):
        return None
    return _score(new, parts[1]) - _score(old, parts[0])


def _levels(side: _Side, voices: Iterable[Voice]) -> list[tuple[str, int]]:
    """(voice, level number) of each respondent who gave one."""
    councillors = side.section.voices_are_councillors
    return [
        (voice.respondent if councillors else voice.organisation, voice.levels[side.question.id])
        for voice in voices
        if side.question.id in voice.levels
    ]


def _part(levels: Sequence[tuple[str, int]], both: set[str], *, inside: bool) -> list[tuple[str, int]]:
    return [(voice, level) for voice, level in levels if (voice in both) is inside]


def _is_enough(part: Sequence[tuple[str, int]]) -> bool:
    return len(part) >= RESPONDENTS and len({voice for voice, _ in part}) >= VOICES


def _score(side: _Side, levels: Sequence[tuple[str, int]]) -> Fraction:
    points = scale_points(side.result.definition.scale_of(side.question))
    return _exact(histogram_score(histogram(levels, len(points)), points))


def _mean(changes: Sequence[Change], weights: Sequence[Fraction]) -> Change:
    """Weighted mean of changes; split only if each of them is."""
    split = all(each.same is not None for each in changes)

    def mean(values: Iterable[Fraction | None]) -> Fraction:
        return _exact(weighted_mean(zip(values, weights, strict=True)))

    return Change(
        before=mean(each.before for each in changes),
        after=mean(each.after for each in changes),
        same=mean(each.same for each in changes) if split else None,
        different=mean(each.different for each in changes) if split else None,
    )


def _exact(value: Fraction | None) -> Fraction:
    if value is None:
        raise ValueError("a question that meets the minimum has a score")
    return value

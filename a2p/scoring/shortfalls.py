"""What a round still lacks before it closes: which sections would show no band, or questions below the minimum.

Counts only, never a score, so that a coordinator may see it while the round is open.
"""

from __future__ import annotations

from dataclasses import dataclass

from a2p.definition.model import Section
from a2p.scoring.frozen import FrozenResult, QuestionResult, SectionResult
from a2p.scoring.minimums import meets_minimum, missing_respondents, missing_voices


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A section that would fall short if the round closed now.

    `no_band`: not enough answers for a band. `questions` of its `asked` scale questions would not be shown; they lack
    up to `respondents` people and `voices` organisations (councillors, where `voices_are_councillors`) who answer.
    """

    section: str
    no_band: bool
    questions: int
    asked: int
    respondents: int
    voices: int
    voices_are_councillors: bool


def shortfalls(result: FrozenResult) -> tuple[Shortfall, ...]:
    """The sections that would fall short, in order. Questions with a `show_if` count only if there are no others:
    nobody can be chased for an answer that they may not be asked for."""
    pairs = zip(result.definition.sections, result.sections, strict=True)
    found = (_shortfall(result, part, section) for part, section in pairs if part.scale_questions and not part.is_facts)
    return tuple(each for each in found if each.no_band or each.questions)


def _shortfall(result: FrozenResult, part: Section, section: SectionResult) -> Shortfall:
    questions = _always_asked(part, section)
    short = [] if result.together else [q for q in questions if not meets_minimum(part, q)]
    alone = int(result.together and not result.respondents)
    return Shortfall(
        section=section.id,
        no_band=section.band is None,
        questions=len(short),
        asked=len(questions),
        respondents=max((missing_respondents(q) for q in short), default=alone),
        voices=max((missing_voices(part, q) for q in short), default=alone),
        voices_are_councillors=part.voices_are_councillors,
    )


def _always_asked(part: Section, section: SectionResult) -> list[QuestionResult]:
    pairs = list(zip(part.scale_questions, section.questions, strict=True))
    return [q for asked, q in pairs if not asked.show_if] or [q for _, q in pairs]

"""A result told in other words: its questionnaire's texts are replaced, and every figure stays as it is."""

from __future__ import annotations

from a2p.definition.model import Questionnaire, ScaleQuestion
from a2p.scoring.bands import bands_of
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import QuestionResult, SectionResult


def reworded(disclosed: Disclosed, definition: Questionnaire, overlays: tuple[str, ...]) -> Disclosed:
    """What is disclosed, in the words of `definition`: the same questionnaire and version with these `overlays`, by
    their hashes. ValueError for a questionnaire with other questions."""
    result = disclosed.result
    if _questions(definition) != _questions(result.definition):
        raise ValueError(f"{definition.questionnaire} asks something else than the result is of")
    told: dict[str, object] = {
        "definition": definition,
        "overlays": overlays,
        "bands": bands_of(definition),
        "sections": tuple(_section(section, definition) for section in result.sections),
    }
    return Disclosed(result.model_copy(update=told))


def _questions(definition: Questionnaire) -> list[tuple[str, ...]]:
    return [(section.id, *(question.id for question in section.questions)) for section in definition.sections]


def _section(section: SectionResult, definition: Questionnaire) -> SectionResult:
    return section.model_copy(update={"questions": tuple(_advised(each, definition) for each in section.questions)})


def _advised(result: QuestionResult, definition: Questionnaire) -> QuestionResult:
    """Advice is kept with the figures as it was said: where there was any, it is said in the new words."""
    question = definition.question(result.id)
    if not result.advice or result.reached is None or not isinstance(question, ScaleQuestion):
        return result
    levels = list(result.levels)
    reached = levels.index(result.reached)
    said = tuple(advice.say for advice in question.advise if reached < levels.index(advice.below))
    return result.model_copy(update={"advice": said})

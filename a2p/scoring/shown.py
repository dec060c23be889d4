"""Which questions one respondent, or the coordinator, is shown: `answered_by` and `show_if`, read strictly.

A respondent who answers as a councillor is asked the sections put to `councillors`; everybody else those put to
`partners`. Facts sections are the coordinator's alone. A `show_if` looks at the answers of questions shown before it:
all its keys must match, each by any of the ids listed, and a key that is hidden, blank, don't know or not applicable
does not match. So an answer to a hidden question never opens another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from a2p.definition.model import Question, Questionnaire, Section
from a2p.scoring.answers import Answer, State


def shown_questions(
    definition: Questionnaire, *, councillor: bool, answers: Mapping[str, Answer]
) -> tuple[Question, ...]:
    """The questions a respondent with these answers (by question id) is shown, in the questionnaire's order."""
    return _shown((s for s in definition.sections if s.is_put_to(councillor=councillor)), answers)


def shown_facts(definition: Questionnaire, facts: Mapping[str, Answer]) -> tuple[Question, ...]:
    """The questions of the facts sections that the coordinator is shown, in the questionnaire's order."""
    return _shown((s for s in definition.sections if s.is_facts), facts)


def _shown(sections: Iterable[Section], answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    shown: dict[str, Question] = {}
    for section in sections:
        for question in section.questions:
            if all(key in shown and _chose(answers.get(key), ids) for key, ids in question.show_if.items()):
                shown[question.id] = question
    return tuple(shown.values())


def _chose(answer: Answer | None, ids: tuple[str, ...]) -> bool:
    return answer is not None and answer.state is State.GIVEN and any(part in ids for part in answer.value.split())

"""The numbers of questions, the same on paper, in reports and in what is said of a file."""

from __future__ import annotations

from a2p.definition.model import Questionnaire


def question_numbers(definition: Questionnaire) -> dict[str, str]:
    """`2.3` for the third question of the second section, of whatever type."""
    return {
        question.id: f"{s}.{q}"
        for s, section in enumerate(definition.sections, start=1)
        for q, question in enumerate(section.questions, start=1)
    }

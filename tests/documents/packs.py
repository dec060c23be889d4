"""Small rounds for the tests of the workshop pack: results made to have or lack what a workshop talks about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from a2p.definition.model import Questionnaire, ScaleQuestion
from a2p.scoring.disclosure import Disclosed, unlimited
from tests.builders import definition, scale_question, section
from tests.documents.made import made_result

EIGHT: Questionnaire = definition(
    section("one", *[scale_question(f"q{k}") for k in range(1, 5)], discuss=["What would you miss?"]),
    section("two", *[scale_question(f"q{k}") for k in range(5, 9)]),
)
APART, MILD, WEAK, STRONG, LONE = (4, 0, 1, 4), (3, 2, 2, 2), (4, 5, 0, 0), (0, 0, 1, 8), (4, 4, 0, 1)


def voiced(
    counts: Mapping[str, Sequence[int]],
    rest: Sequence[int] = STRONG,
    unknown: Mapping[str, int] | None = None,
    **more: Any,
) -> Disclosed:
    """A result of EIGHT with these voices at each level by question; `unknown` sets how many people did not know."""

    def draw(question: ScaleQuestion, levels: int) -> Sequence[int]:
        return counts.get(question.id, rest)

    changes = {}
    for asked in (f"q{k}" for k in range(1, 9)):
        dont_know = (unknown or {}).get(asked, 0)
        changes[asked] = {"dont_know": dont_know, "knowledge_gap": dont_know > 4}
    return unlimited(made_result(EIGHT, draw, questions=changes, **more))

"""Small rounds for tests: respondents said in a line, scored with an invented header."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from a2p.definition.model import Questionnaire
from a2p.scoring.answers import Answer, CoordinatorInput, Councillor, Layer, Respondent, Sector, State
from a2p.scoring.frozen import FrozenResult, QuestionResult
from a2p.scoring.score import Header, score

HEADER = Header(partnership="Anytown", kind="county", round="First")
DONT_KNOW, NOT_APPLICABLE, BLANK = Answer(State.DONT_KNOW), Answer(State.NOT_APPLICABLE), Answer(State.BLANK)


def given(value: int | str | Answer) -> Answer:
    """3 is `level-3`; a text is an option, a number or a text; an Answer stays."""
    if isinstance(value, Answer):
        return value
    return Answer(State.GIVEN, f"level-{value}" if isinstance(value, int) else value)


def respondent(
    id_: str,
    organisation: str,
    *,
    sector: Sector | None = None,
    councillor: Councillor | None = None,
    layer: Layer | None = None,
    **answers: int | str | Answer,
) -> Respondent:
    """A respondent with answers by question id (an underscore stands for a hyphen)."""
    said = {question.replace("_", "-"): given(value) for question, value in answers.items()}
    return Respondent(id_, organisation, sector, councillor, layer, said)


def one_each(question: str, values: Sequence[int | str | Answer], **more: Any) -> list[Respondent]:
    """One respondent for each value, every one from an organisation of their own."""
    return [respondent(f"r{number}", f"o{number}", **(more | {question: value})) for number, value in enumerate(values)]


def round_of(
    questionnaire: Questionnaire,
    respondents: Sequence[Respondent],
    *,
    together: bool = False,
    coordinator: CoordinatorInput | None = None,
    invited_organisations: int | None = None,
) -> FrozenResult:
    """The respondents' result."""
    return score(
        questionnaire,
        respondents,
        header=HEADER,
        sha256="0" * 64,
        together=together,
        coordinator=coordinator or CoordinatorInput(),
        invited_organisations=invited_organisations,
    )


def question_in(result: FrozenResult, question: str) -> QuestionResult:
    """A question's figures."""
    return next(each for section in result.sections for each in section.questions if each.id == question)

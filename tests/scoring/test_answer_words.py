"""An answer in words, of each type and in each state."""

from __future__ import annotations

import pytest

from a2p.scoring.answer_words import Shown, in_words, levels_of
from a2p.scoring.answers import Answer, State
from tests.builders import definition, options, question, scale_question, section

WORDS = definition(
    section(
        "all",
        scale_question("aim"),
        question("channel", "choice"),
        question("means", "choices", options=options("post", "phone", "visit")),
        question("letters", "number", unit="letters"),
        question("share", "number"),
        question("last", "date"),
        question("story"),
    )
)


def said(question_id: str, answer: Answer) -> Shown:
    asked = WORDS.question(question_id)
    return in_words(asked, levels_of(WORDS, asked), answer)


@pytest.mark.parametrize(
    ("question_id", "value", "words"),
    [
        ("aim", "level-2", "Level 2"),
        ("channel", "not-yet", "Not yet"),
        ("means", "post visit", "Post, Visit"),
        ("letters", "1200", "1,200 letters"),
        ("share", "0.5", "0.5"),
        ("last", "2026-03-01", "1 March 2026"),
        ("story", "As it was.", "As it was."),
    ],
)
def test_each_type_of_answer_has_its_words(question_id: str, value: str, words: str) -> None:
    assert said(question_id, Answer(State.GIVEN, value, "because")) == Shown(words, "because")


@pytest.mark.parametrize(
    ("state", "words"),
    [(State.DONT_KNOW, "Don’t know"), (State.NOT_APPLICABLE, "Does not apply"), (State.BLANK, "Not answered")],
)
def test_each_state_has_its_words(state: State, words: str) -> None:
    assert said("aim", Answer(state)) == Shown(words)

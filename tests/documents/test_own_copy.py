"""A respondent's own answers as PDF."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from a2p.documents.own_copy import OwnCopy, copy_sections, own_copy, own_copy_html
from a2p.scoring.answers import Answer, State
from tests.builders import definition, options, question, scale_question, section
from tests.documents.pdf import findings_of, marks_outside, smallest_letters, text_of

ASKED = definition(
    section(
        "a",
        scale_question("first", not_applicable=True),
        question("pick", "choice", show_if={"first": ["level-3"]}),
        question("many", "choices", options=options("red", "green")),
        question("count", "number", min=1, max=4000, unit="people"),
        question("when", "date"),
        question("why"),
    ),
    section("wards", scale_question("ward"), answered_by=["councillors"]),
    section("facts", question("members", "number", min=0), answered_by=["coordinator"]),
)
GIVEN = {
    "first": Answer(State.GIVEN, "level-2", "Since <spring> & summer."),
    "pick": Answer(State.GIVEN, "option-1"),
    "many": Answer(State.GIVEN, "red green"),
    "count": Answer(State.GIVEN, "1200"),
    "when": Answer(State.GIVEN, "2026-03-01"),
    "why": Answer(State.GIVEN, "One line.\nAnother ŵ line."),
}


def copy(*, councillor: bool = False, answers: dict[str, Answer] | None = None) -> OwnCopy:
    moment = datetime(2026, 6, 1, 13, 5, tzinfo=UTC)
    whose = ("Fenland Partnership", "Spring", "Ben Ashby", "Fen Trust")
    return OwnCopy(*whose, False, councillor, moment, None, ASKED, GIVEN if answers is None else answers)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return own_copy(copy())


def test_every_answer_stands_in_words_with_its_comment(paper: bytes) -> None:
    text = " ".join(text_of(paper).split())
    for words in ("Level 2", "Since <spring> & summer.", "Red, Green", "1,200 people", "1 March 2026", "ŵ line."):
        assert words in text
    assert "Ben Ashby, Fen Trust" in text
    assert "Not submitted. Last saved on 1 June 2026 at 2:05pm" in text


def test_what_is_not_asked_of_this_person_is_not_there() -> None:
    asked = [line.ask for each in copy_sections(copy()) for line in each.lines]
    assert not any("pick" in ask or "ward" in ask or "members" in ask for ask in asked)
    wards = [line.ask for each in copy_sections(copy(councillor=True)) for line in each.lines]
    assert any("ward" in ask for ask in wards)


def test_an_empty_response_says_so() -> None:
    assert own_copy_html(copy(answers={})).count("Not answered") == 5


def test_it_is_tagged_large_enough_and_keeps_to_its_page(paper: bytes) -> None:
    assert findings_of(paper) == []
    assert marks_outside(own_copy_html(copy()), ("own_copy.css",)) == []
    assert smallest_letters(paper) > 7.9


def test_the_same_answers_give_the_same_bytes(paper: bytes) -> None:
    assert own_copy(copy()) == paper

"""What people wrote travels beside the result, without who wrote it."""

from __future__ import annotations

from a2p.scoring.answers import Answer, Respondent, State
from a2p.scoring.remarks import Remark, remarks_of
from tests.builders import definition, question, scale_question, section

ASKED = definition(
    section("purpose", scale_question("aim"), question("story"), question("later", show_if={"aim": ["level-1"]})),
    section("ward", scale_question("heard"), answered_by=["councillors"]),
)


def said(**answers: Answer) -> tuple[Remark, ...]:
    return remarks_of(ASKED, [Respondent("r1", "Police", answers=answers)])


def test_comments_reasons_and_texts_are_told_apart() -> None:
    assert said(
        aim=Answer(State.NOT_APPLICABLE, comment="not ours"), story=Answer(State.GIVEN, "We met.", comment="once")
    ) == (
        Remark("purpose", "story", "We met.", "answer"),
        Remark("purpose", "story", "once", "comment"),
        Remark("purpose", "aim", "not ours", "reason"),
    )


def test_what_was_written_on_a_hidden_question_is_not_passed_on() -> None:
    hidden = Answer(State.GIVEN, "hidden text")
    assert said(aim=Answer(State.GIVEN, "level-4"), later=hidden, heard=Answer(State.BLANK, comment="hidden")) == ()


def test_remarks_stand_in_the_order_of_the_alphabet_so_that_no_order_tells_who() -> None:
    people = [
        Respondent(f"r{number}", "Police", answers={"aim": Answer(State.DONT_KNOW, comment=text)})
        for number, text in enumerate(("zebra", "apple", "mole"))
    ]
    assert [remark.text for remark in remarks_of(ASKED, people)] == ["apple", "mole", "zebra"]

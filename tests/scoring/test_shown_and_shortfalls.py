"""Which questions somebody is shown, and what a round still lacks before it closes."""

from __future__ import annotations

import pytest

from a2p.scoring.answers import Answer, State
from a2p.scoring.shortfalls import Shortfall, shortfalls
from a2p.scoring.shown import shown_facts, shown_questions
from tests.builders import definition, options, question, scale_question, section
from tests.scoring.made import BLANK, DONT_KNOW, NOT_APPLICABLE, given, one_each, respondent, round_of

AUDIENCES = definition(
    section("all", scale_question("aim")),
    section("both", scale_question("plan"), answered_by=["partners", "councillors"]),
    section("members", scale_question("scrutiny"), answered_by=["councillors"]),
    section("evidence", scale_question("money"), answered_by=["partners", "coordinator"]),
    section("facts", question("staff", "number"), answered_by=["coordinator"]),
)


def test_partners_councillors_and_the_coordinator_are_each_shown_their_own_sections() -> None:
    partner = shown_questions(AUDIENCES, councillor=False, answers={})
    councillor = shown_questions(AUDIENCES, councillor=True, answers={})
    assert [each.id for each in partner] == ["aim", "plan", "money"]
    assert [each.id for each in councillor] == ["plan", "scrutiny"]
    assert [each.id for each in shown_facts(AUDIENCES, {})] == ["staff"]


CHAIN = definition(
    section(
        "purpose",
        scale_question("aim"),
        question("who", "choices", options=options("board", "staff", "nobody")),
        scale_question("plan", show_if={"aim": ["level-1", "level-2"], "who": ["board", "staff"]}),
        scale_question("money", show_if={"plan": ["level-4"]}),
    )
)


@pytest.mark.parametrize(
    ("aim", "who", "plan", "shown"),
    [
        (given(1), given("nobody staff"), BLANK, ["aim", "who", "plan"]),
        (given(3), given("board"), given(4), ["aim", "who"]),
        (given(2), given("nobody"), given(4), ["aim", "who"]),
        (given(2), given("board"), given(4), ["aim", "who", "plan", "money"]),
        (DONT_KNOW, given("board"), given(4), ["aim", "who"]),
        (NOT_APPLICABLE, given("board"), given(4), ["aim", "who"]),
        (BLANK, given("board"), given(4), ["aim", "who"]),
    ],
)
def test_a_question_is_shown_if_every_key_matches_one_of_its_ids(
    aim: Answer, who: Answer, plan: Answer, shown: list[str]
) -> None:
    found = shown_questions(CHAIN, councillor=False, answers={"aim": aim, "who": who, "plan": plan})
    assert [each.id for each in found] == shown


def test_a_comment_beside_a_dont_know_opens_nothing() -> None:
    odd = Answer(State.DONT_KNOW, value="level-1", comment="level-1")
    assert len(shown_questions(CHAIN, councillor=False, answers={"aim": odd, "who": given("board")})) == 2


def test_a_round_without_answers_falls_short_everywhere_people_are_asked() -> None:
    found = shortfalls(round_of(AUDIENCES, []))
    assert [(each.section, each.respondents, each.voices, each.voices_are_councillors) for each in found] == [
        ("all", 5, 3, False),
        ("both", 5, 3, False),
        ("members", 5, 5, True),
        ("evidence", 5, 3, False),
    ]


def test_a_section_says_by_how_many_people_and_organisations_it_falls_short() -> None:
    two = definition(section("purpose", scale_question("aim"), scale_question("plan")))
    people = [respondent(f"r{k}", f"o{k % 2}", aim=2) for k in range(3)]
    more = [respondent(f"s{k}", f"p{k}", plan=2) for k in range(5)]
    expected = Shortfall(
        "purpose", no_band=True, questions=1, asked=2, respondents=2, voices=1, voices_are_councillors=False
    )
    assert shortfalls(round_of(two, [*people, *more])) == (expected,)


def test_a_round_with_enough_answers_falls_short_nowhere() -> None:
    one = definition(section("purpose", scale_question("aim"), scale_question("plan", show_if={"aim": ["level-1"]})))
    assert shortfalls(round_of(one, one_each("aim", [2] * 5))) == ()


def test_a_round_answered_together_lacks_only_its_response() -> None:
    one = definition(section("purpose", scale_question("aim")))
    assert shortfalls(round_of(one, one_each("aim", [2]), together=True)) == ()
    (lacking,) = shortfalls(round_of(one, [], together=True))
    assert (lacking.no_band, lacking.respondents, lacking.questions) == (True, 1, 0)

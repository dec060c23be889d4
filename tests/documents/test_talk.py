from fractions import Fraction

import pytest

from a2p.documents.asked import NothingToPrint, asked_of
from a2p.documents.talk import talk_of
from a2p.documents.topics import topics_of
from a2p.scoring.disclosure import Disclosed, unlimited
from tests.builders import definition, question, scale_question, section
from tests.documents.made import made_result
from tests.documents.rounds import aspire, aspire_round, disclosed_round

SIX = definition(section("a", *[scale_question(f"q{k}") for k in range(6)]), section("b"))
QUIET: dict[str, object] = {"knowledge_gap": False, "dont_know_share": Fraction(0)}


def _alike(*counts: int, **questions: dict[str, object]) -> Disclosed:
    ids = [q.id for s in SIX.sections for q in s.scale_questions]
    changes = {each: QUIET | questions.get(each, {}) for each in ids}
    return unlimited(made_result(SIX, counts, questions=changes))


def _ids(disclosed: Disclosed, picked: tuple[str, ...] | None = None) -> tuple[str, ...]:
    return tuple(topic.asked.id for topic in talk_of(disclosed, picked))


@pytest.mark.parametrize(
    "disclosed",
    [
        aspire_round(),
        _alike(9, 0, 0, 0, q4={"score": Fraction(60)}),
        _alike(0, 0, 0, 9, q2={"score": Fraction(80)}),
        disclosed_round(aspire(), respondents=1, organisations=1, together=True),
    ],
    ids=["apart", "weak", "all well", "together"],
)
def test_slides_and_posters_are_of_the_packs_topics(disclosed: Disclosed) -> None:
    assert talk_of(disclosed) == topics_of(disclosed)
    assert talk_of(disclosed)


@pytest.mark.parametrize("people", [0, 4])
def test_without_figures_the_key_questions_begin(people: int) -> None:
    shown = disclosed_round(aspire(), respondents=people, organisations=people, withhold=True)
    assert {topic.why for topic in talk_of(shown)} == {"begin"}
    keys = [q.id for s in aspire().sections for q in s.scale_questions if q.key]
    assert list(_ids(shown)) == keys[:5]


def test_without_key_questions_the_first_of_each_section_begins() -> None:
    assert _ids(disclosed_round(SIX, respondents=0, organisations=0)) == ("q0", "b-1")


def test_picked_questions_are_talked_about_in_their_order_and_once() -> None:
    talk = talk_of(_alike(9, 0, 0, 0), ("q5", "q1", "q5"))
    assert [(topic.why, topic.asked.id) for topic in talk] == [("chosen", "q5"), ("chosen", "q1")]
    assert [topic.number for topic in talk] == ["1.6", "1.2"]


@pytest.mark.parametrize("picked", [("nowhere",), ("q1", "nowhere"), ()])
def test_a_pick_that_is_no_question_is_refused_with_its_name(picked: tuple[str, ...]) -> None:
    with pytest.raises(NothingToPrint, match=picked[-1] if picked else "none was picked"):
        talk_of(_alike(9, 0, 0, 0), picked)


MIXED = definition(
    section("a", scale_question("first"), question("why")),
    section("wards", answered_by=["councillors"]),
    section("facts", question("members", "number"), answered_by=["coordinator"]),
)


def test_cards_and_posters_leave_the_facts_out_and_can_be_for_one_audience() -> None:
    assert [each.number for each in asked_of(MIXED)] == ["1.1", "1.2", "2.1", "2.2"]
    assert [each.number for each in asked_of(MIXED, audience="councillors")] == ["2.1", "2.2"]
    assert [each.number for each in asked_of(MIXED, ("why", "first"), "partners")] == ["1.1", "1.2"]


@pytest.mark.parametrize("picked", [("members",), ("nowhere",), ()])
def test_facts_and_unknown_questions_can_not_be_picked(picked: tuple[str, ...]) -> None:
    with pytest.raises(NothingToPrint):
        asked_of(MIXED, picked)


def test_a_question_put_to_others_than_the_audience_can_not_be_picked() -> None:
    with pytest.raises(NothingToPrint, match="why"):
        asked_of(MIXED, ("why",), "councillors")

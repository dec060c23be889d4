"""Which questions a workshop talks about, what its pages say of them, and what its sheets are filled with."""

from fractions import Fraction
from typing import Any, Literal

import pytest

from a2p.documents.agreed_view import Settlement
from a2p.documents.groups_view import group_gaps
from a2p.documents.known import Known, Planned
from a2p.documents.layout import ORDINARY, Setting
from a2p.documents.pack.options import PackOptions
from a2p.documents.pack.room import response_mix, room
from a2p.documents.pack.sheets import action_rows, consensus_rows, gap_rows, vote_rows
from a2p.documents.pack.strengths import strengths_of
from a2p.documents.pack.topic_view import TopicView, prompts, spread, topic_view
from a2p.documents.picture import picture
from a2p.documents.topics import topics_of
from a2p.scoring.disclosure import Disclosed, unlimited
from a2p.scoring.frozen import Comparison, Group
from tests.documents.packs import APART, EIGHT, LONE, MILD, STRONG, WEAK, voiced
from tests.documents.rounds import aspire, aspire_round, disclosed_round

TOGETHER = disclosed_round(aspire(), respondents=1, organisations=1, together=True)


def _ids(disclosed: Disclosed, chosen: tuple[str, ...] = ()) -> list[str]:
    return [topic.asked.id for topic in topics_of(disclosed, chosen)]


def test_the_five_widest_disagreements_are_the_pictures_five() -> None:
    assert _ids(aspire_round()) == [pick.asked.id for pick in picture(aspire_round()).widest]


def test_widest_first_and_five_at_most() -> None:
    six = {f"q{k}": MILD for k in range(1, 7)} | {"q6": APART}
    assert _ids(voiced(six)) == ["q6", "q1", "q2", "q3", "q4"]


def test_a_question_on_which_one_voice_stands_alone_is_no_topic_unless_chosen() -> None:
    made = voiced({"q1": LONE, "q2": APART, "q3": APART, "q4": APART})
    assert picture(made).widest[-1].asked.id == "q1"
    assert _ids(made) == ["q2", "q3", "q4"]
    assert _ids(made, ("q1",)) == ["q1"]


def test_weak_questions_make_up_three_where_views_differ_on_fewer() -> None:
    made = voiced({"q5": APART, "q1": WEAK, "q2": (5, 4, 0, 0), "q3": WEAK})
    assert [(t.asked.id, t.why) for t in topics_of(made)] == [("q5", "apart"), ("q2", "weak"), ("q1", "weak")]


def test_answered_together_the_weakest_three_come_first_then_what_is_not_known() -> None:
    why = [topic.why for topic in topics_of(TOGETHER)]
    assert why == ["weak", "weak", "weak", "unknown", "unknown"]


def test_nothing_is_a_topic_where_nothing_may_be_shown() -> None:
    assert _ids(disclosed_round(aspire(), respondents=4, organisations=4, withhold=True)) == []
    assert _ids(disclosed_round(aspire(), respondents=0, organisations=0)) == []


def test_a_facilitator_picks_others_in_their_own_order_each_once() -> None:
    assert _ids(aspire_round(), ("seniority", "contact", "seniority")) == ["seniority", "contact"]


@pytest.mark.parametrize("question", ["nonsense", "money-holder", "speaking-plainly", ""])
def test_what_can_not_be_talked_about_is_refused(question: str) -> None:
    with pytest.raises(ValueError, match="no question"):
        topics_of(aspire_round(), (question,))


def test_a_pack_has_known_parts_and_a_known_length() -> None:
    with pytest.raises(ValueError, match="at least one of the parts"):
        PackOptions(parts=())
    with pytest.raises(ValueError, match="at least one of the parts"):
        PackOptions(**_wrong(parts=("flags",)))
    with pytest.raises(ValueError, match="a pack is for one of"):
        PackOptions(**_wrong(length="a week"))


def _wrong(**options: Any) -> dict[str, Any]:
    """Options as somebody could send them, whatever their types say."""
    return options


def _page(disclosed: Disclosed, question: str) -> TopicView:
    return topic_view(Setting(disclosed.result, (), ORDINARY), topics_of(disclosed, (question,))[0], 1)


def test_the_spread_is_said_in_a_sentence() -> None:
    made = voiced({"q1": APART, "q2": (0, 0, 9, 0), "q3": (0, 4, 3, 2), "q4": (3, 2, 2, 2), "q5": (0, 4, 1, 4)})
    said = [_page(made, f"q{k}").spread for k in range(1, 6)]
    assert said == [
        "Two camps: of 9 organisations, 4 stand at ‘Level 1’, 5 at ‘Level 3’ or above.",
        "9 organisations, all at ‘Level 3’.",
        "9 organisations stand on 3 of the 4 levels, from ‘Level 2’ to ‘Level 4’.",
        "Two camps: of 9 organisations, 3 stand at ‘Level 1’, 4 at ‘Level 3’ or above.",
        "Two camps: of 9 organisations, 4 stand at ‘Level 2’ or below, 4 at ‘Level 4’.",
    ]


def test_a_topics_page_has_every_level_with_its_voices() -> None:
    page = _page(voiced({"q1": APART}), "q1")
    assert [level.voices for level in page.levels] == ["4", "0", "1", "4"]
    assert [level.text for level in page.levels] == list(EIGHT.section("one").scale_questions[0].levels.values())
    assert page.counted == "Organisations"
    assert page.own_prompts == ("What would you miss?",)


def test_prompts_follow_what_is_the_matter() -> None:
    made = voiced({"q1": APART, "q2": WEAK}, unknown={"q3": 6})
    matter = {
        question: prompts(topics_of(made, (question,))[0], together=False)[1] for question in ("q1", "q2", "q3", "q4")
    }
    assert matter["q1"].startswith("Why do views differ")
    assert matter["q2"].startswith("What keeps us here")
    assert matter["q3"].startswith("Who would know")
    assert matter["q4"].startswith("What would take us to the next level")


def test_every_topic_is_asked_what_is_real_where_energy_goes_and_what_changed() -> None:
    for topic in topics_of(aspire_round()):
        said = " ".join(prompts(topic, together=False))
        for words in ("reflect how things really are", "views differ", "our energy", "has changed"):
            assert words in said


def test_of_a_withheld_topic_nothing_is_shown_but_why() -> None:
    made = disclosed_round(aspire(), respondents=4, organisations=4, withhold=True)
    page = _page(made, "seniority")
    assert page.spread == "Not shown: too few people answered (4)."
    assert (page.bars, page.score, page.facts, page.counted) == (None, "", (), "")
    assert {level.voices for level in page.levels} == {""}


def test_a_partnership_that_answered_together_has_its_level_marked_and_no_bar() -> None:
    topic = topics_of(TOGETHER)[0]
    page = topic_view(Setting(TOGETHER.result, (), ORDINARY), topic, 1)
    assert spread(topic, TOGETHER.result.definition.scale_of(topic.asked), together=True) == page.spread
    assert page.spread.startswith("The partnership placed itself at ‘")
    assert page.bars is None
    assert sorted(level.voices for level in page.levels) == ["", "", "", "Here"]
    unknown = topic_view(Setting(TOGETHER.result, (), ORDINARY), topics_of(TOGETHER)[-1], 5)
    assert unknown.spread == "The partnership answered don’t know."


def test_a_topic_is_not_praised_as_a_strength() -> None:
    made = voiced({"q1": (1, 1, 1, 6)})
    topics = topics_of(made, ("q1",))
    assert "1.1" in {row.number for row in strengths_of(voiced({"q1": (0, 0, 0, 9)})).rows}
    assert "1.1" not in {row.number for row in strengths_of(made, topics).rows}


def test_where_nothing_is_strong_the_highest_scores_stand_in_if_they_are_not_weak() -> None:
    some = strengths_of(voiced({"q1": (0, 4, 5, 0)}, rest=WEAK))
    assert (some.title, [row.number for row in some.rows]) == ("What goes best", ["1.1"])
    assert strengths_of(voiced({}, rest=WEAK)).rows == ()


def test_knowledge_gaps_come_widest_first() -> None:
    rows, more = gap_rows(voiced({}, unknown={"q1": 5, "q2": 6}))
    assert [(row.number, row.share) for row in rows] == [
        ("1.2", "6 of 22 did not know"),
        ("1.1", "5 of 23 did not know"),
    ]
    assert more == 0
    assert [row.share for row in gap_rows(TOGETHER)[0]] == ["answered don’t know"] * 2


def _compared(
    gap: int, by: Literal["councils", "councillors", "layer"] = "councils", question: str = "q1"
) -> Comparison:
    groups = (
        Group(id="councils", people=6, levels={"level-1": 5}, score=Fraction(0)),
        Group(id="others", people=9, levels={"level-4": 9}, score=Fraction(gap)),
    )
    return Comparison(question=question, by=by, groups=groups, gap=Fraction(gap))


def test_groups_are_set_beside_each_other_only_where_they_are_far_apart() -> None:
    far, near = _compared(40), _compared(20, question="q2")
    (gap,) = group_gaps(voiced({}, comparisons=(near, far)), ORDINARY)
    assert (gap.number, gap.gap) == ("1.1", "40")
    assert [(row.name, row.people, row.score) for row in gap.rows] == [
        ("Councils", "6 people", "0"), ("Other organisations", "9 people", "40"),
    ]  # fmt: skip


def test_a_withheld_question_is_no_gap_between_groups() -> None:
    made = voiced({}, comparisons=(_compared(40),)).result
    sections = tuple(
        s.model_copy(update={"questions": tuple(q.emptied() if q.id == "q1" else q for q in s.questions)})
        for s in made.sections
    )
    assert group_gaps(unlimited(made.model_copy(update={"sections": sections})), ORDINARY) == ()


KNOWN = Known(
    {"q7": Settlement("level-2", "The papers say so.", 4), "q1": Settlement(None), "gone": Settlement("x")},
    (Planned("Write it down", owner="The board’s office", due="1 June 2026", about="q7"),),
)


def test_the_vote_is_on_topics_weak_questions_and_what_was_voted_on() -> None:
    made = voiced({"q1": APART, "q2": WEAK})
    rows = vote_rows(made, picture(made), topics_of(made), KNOWN)
    assert [(row.number, row.why, row.votes) for row in rows] == [
        ("1.1", "Views differ", ""), ("1.2", "Weak", ""), ("2.3", "Voted on", "4"),
    ]  # fmt: skip


def test_the_consensus_sheet_is_filled_with_what_was_agreed() -> None:
    made = voiced({"q1": APART, "q2": WEAK})
    rows = consensus_rows(made, topics_of(made), KNOWN, Setting(made.result, (), ORDINARY))
    assert [row.number for row in rows] == ["1.1", "1.2", "2.3"]
    ticked = [[tick.label for tick in row.ticks if tick.ticked] for row in rows]
    assert ticked == [["Left open"], [], ["Level 2"]]
    assert rows[2].reason == "The papers say so."
    assert rows[0].survey == "Survey: score 52 · Partners disagree: two camps"


def test_the_action_sheet_is_filled_with_the_actions_there_are() -> None:
    (row,) = action_rows(voiced({}), KNOWN)
    assert (row.what, row.about, row.owner, row.due) == ("Write it down", "2.3", "The board’s office", "1 June 2026")


def test_tables_dots_and_copies_are_counted_from_who_answered() -> None:
    set_up = room(aspire_round().result, "ninety", 5)
    assert set_up.setting[0].startswith("3 tables of 6 at most")
    assert "54 sticky dots, three for each person, to vote with." in set_up.bring
    assert "18 copies of the picture page and of how to read it." in set_up.bring
    assert "sticky" not in " ".join(room(aspire_round().result, "board", 2).bring)


def test_the_response_mix_is_counts_alone() -> None:
    mix = response_mix(voiced({}, invited_organisations=12).result)
    assert mix == (
        "18 people from 9 organisations answered.",
        "12 organisations were invited.",
        "2 people began and did not send their answers.",
    )
    assert response_mix(disclosed_round(aspire(), respondents=0, organisations=0).result) == ("Nobody has answered.",)


def test_strong_questions_are_named_with_their_score() -> None:
    assert {row.score for row in strengths_of(voiced({}, rest=STRONG)).rows} == {"96"}

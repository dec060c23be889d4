"""The timed agenda of a workshop: minutes that add up, and where the time of what a result lacks goes."""

import itertools
from datetime import time
from typing import Any

import pytest

from a2p.documents.pack.agenda import Have, Item, Kind, agenda, total
from a2p.documents.pack.agenda_view import moment, shared
from a2p.documents.pack.options import LENGTH_NAMES, Length
from a2p.documents.topics import topics_of
from tests.documents.packs import APART, STRONG, WEAK, voiced
from tests.documents.rounds import aspire, disclosed_round

EVERY = [
    Have(topics, chosen=chosen, strengths=strengths, gaps=gaps, groups=groups)
    for topics, chosen, strengths, gaps, groups in itertools.product(
        range(12), (False, True), (False, True), (False, True), (False, True)
    )
    if topics or not chosen
]


def _minutes(length: Length, have: Have) -> dict[Kind, int]:
    spent: dict[Kind, int] = {}
    for item in agenda(length, have):
        spent[item.kind] = spent.get(item.kind, 0) + item.minutes
    return spent


@pytest.mark.parametrize("length", LENGTH_NAMES)
def test_minutes_add_up_exactly_whatever_there_is_to_talk_about(length: Length) -> None:
    for have in EVERY:
        items = agenda(length, have)
        assert sum(item.minutes for item in items) == total(length), have
        assert all(item.minutes > 0 for item in items), have
        assert [item.start for item in items] == [sum(i.minutes for i in items[:k]) for k in range(len(items))]


@pytest.mark.parametrize("length", LENGTH_NAMES)
def test_topics_keep_their_order_and_only_what_a_result_has_is_on_the_agenda(length: Length) -> None:
    for have in EVERY:
        items = agenda(length, have)
        held = [item.topic for item in items if item.kind == "topic"]
        assert held == list(range(len(held)))
        assert len(held) <= have.topics
        kinds = {item.kind for item in items}
        assert not kinds & {kind for kind in ("gaps", "groups", "strengths") if not getattr(have, kind)}


def test_a_board_item_has_two_topics_of_five_minutes() -> None:
    assert [(i.kind, i.minutes) for i in agenda("board", Have(5))] == [
        ("picture", 4), ("topic", 5), ("topic", 5), ("actions", 5), ("close", 1),
    ]  # fmt: skip


def test_ninety_minutes_have_three_topics_and_half_a_day_all_five() -> None:
    full = Have(5, gaps=True, groups=True)
    assert [i.minutes for i in agenda("ninety", full) if i.kind == "topic"] == [10, 10, 10]
    assert [i.minutes for i in agenda("half-day", full) if i.kind == "topic"] == [10] * 5
    assert _minutes("half-day", full)["gaps"] == _minutes("half-day", full)["groups"] == 10


def test_with_fewer_topics_each_of_them_gets_longer_and_then_the_gaps() -> None:
    assert [i.minutes for i in agenda("ninety", Have(1, gaps=True)) if i.kind == "topic"] == [15]
    assert _minutes("ninety", Have(1, gaps=True))["gaps"] == 15
    assert _minutes("ninety", Have(3))["topic"] == 35


def test_what_nothing_else_can_use_goes_to_the_actions() -> None:
    assert _minutes("ninety", Have(0)) == {
        "opening": 5, "picture": 10, "strengths": 10, "vote": 10, "actions": 50, "close": 5,
    }  # fmt: skip


def test_where_there_is_nothing_to_talk_about_the_time_goes_to_answering() -> None:
    assert _minutes("ninety", Have(0, strengths=False))["answer"] == 40
    assert _minutes("board", Have(0, strengths=False))["answer"] == 10


def test_topics_that_the_facilitator_chose_come_before_all_else_and_are_shortened() -> None:
    items = agenda("ninety", Have(5, chosen=True, gaps=True))
    assert [i.minutes for i in items if i.kind == "topic"] == [8] * 5
    assert not {"gaps", "strengths"} & {i.kind for i in items}
    assert sum(i.kind == "topic" for i in agenda("ninety", Have(9, chosen=True))) == 6


def test_half_a_day_has_a_break_nearest_to_its_middle_and_the_others_none() -> None:
    for have in (Have(5), Have(0), Have(2, gaps=True, groups=True)):
        items = agenda("half-day", have)
        (rest,) = (item for item in items if item.kind == "break")
        others = [item.start + item.minutes for item in items if item.kind != "break"]
        assert rest not in (items[0], items[-1])
        assert abs(2 * rest.start + 15 - 180) <= min(abs(2 * end + 15 - 180) for end in others if end < rest.start)
        assert "break" not in _minutes("ninety", have) | _minutes("board", have)


@pytest.mark.parametrize(
    ("minutes", "start", "said"),
    [
        (35, None, "0:35"),
        (90, None, "1:30"),
        (35, time(9, 30), "10:05"),
        (60, time(23, 30), "00:30"),
        (0, time(0), "00:00"),
    ],
)
def test_times_are_by_the_clock_where_a_start_is_given_and_count_up_where_not(
    minutes: int, start: time | None, said: str
) -> None:
    assert moment(minutes, start) == said


def _said(length: Length = "ninety", *, gaps: bool = False, **made: Any) -> str:
    disclosed = voiced(made.pop("counts", {}), **made)
    topics = topics_of(disclosed)
    items = agenda(length, Have(len(topics), gaps=gaps))
    return " ".join(shared(disclosed.result, topics, items, length, gaps=gaps, groups=False))


def test_it_says_how_the_topics_were_found() -> None:
    five = {f"q{k}": APART for k in range(1, 6)}
    assert _said(counts=five).startswith(
        "The topics are the 5 questions on which views differ most. The time holds 3 of"
    )
    assert _said(counts={"q1": APART}).startswith("The topic is the one question on which views differ.")
    assert "on only 1 question, so the weakest make up 2 topics" in _said(counts={"q1": APART, "q2": WEAK})
    assert "On no question do views differ enough, so the topic is the weakest question." in _said(counts={"q2": WEAK})
    assert "so the topics are the 3 questions with the lowest scores" in _said(counts={})


def test_it_says_where_the_result_has_less_than_the_time_or_more() -> None:
    assert "90 minutes would do" in _said("half-day", counts={"q1": APART})
    assert "No time is set aside for ‘What people don’t know’" in _said(
        "board", gaps=True, counts={"q1": APART, "q2": APART}
    )


def test_rounds_without_a_spread_say_why() -> None:
    together = disclosed_round(aspire(), respondents=1, organisations=1, together=True)
    nobody = disclosed_round(aspire(), respondents=0, organisations=0)
    few = voiced({"q1": (2, 1, 0, 0)}, rest=(0, 0, 1, 2), organisations=3)
    for disclosed, said in (
        (together, "The partnership answered together and there is no spread"),
        (few, "There are too few voices to say how far views differ"),
        (nobody, "There is nothing in this result to talk about yet"),
    ):
        topics = topics_of(disclosed)
        items: tuple[Item, ...] = agenda("ninety", Have(len(topics)))
        assert said in shared(disclosed.result, topics, items, "ninety", gaps=False, groups=False)[0]


def test_strong_questions_alone_give_the_lowest_of_them() -> None:
    assert {topic.why for topic in topics_of(voiced({}, rest=STRONG))} == {"lowest"}

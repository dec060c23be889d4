"""Documents of released results: each level prints what it lets out, and nothing that it doesn't is in the file."""

from __future__ import annotations

import json
from functools import cache

import pytest
from bs4 import BeautifulSoup

from a2p.documents.handout import handout_html, handout_pdf
from a2p.documents.making import make
from a2p.documents.material import Material
from a2p.documents.order import NoSuchOrder, Order, order_from_json
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.releases import released_view
from tests.documents.pdf import findings_of
from tests.documents.rounds import VARIED, aspire, disclosed_round


@cache
def whole() -> Disclosed:
    return disclosed_round(aspire(), story=VARIED, respondents=28, organisations=14)


def material(order: Order) -> Material:
    left = released_view(whole(), order.figures)
    assert left is not None
    return Material(left)


def printed(order: Order) -> BeautifulSoup:
    return BeautifulSoup(make(material(order), order).decode(), "html5lib")


SUMMARY = Order("report", "html", readers="respondents", level="summary")
SCORES = Order("report", "html", readers="region", level="3")
BOARD = Order("report", "html", readers="public", level="board")


def questions() -> list[str]:
    return [q.ask for s in whole().result.definition.sections if not s.is_facts for q in s.scale_questions]


def test_a_summary_has_sections_and_not_a_single_question() -> None:
    said = printed(SUMMARY).get_text()
    assert "Decisions and accountability" in said
    assert [ask for ask in questions() if ask in said] == []


def test_question_scores_are_printed_without_how_answers_are_spread() -> None:
    page = printed(SCORES)
    assert [ask for ask in questions() if ask not in page.get_text()] == []
    assert page.select(".q, .bar") == []


def test_the_board_paper_shows_how_answers_are_spread_where_ten_voices_answered() -> None:
    assert len(printed(BOARD).select(".q .bar")) == len(questions())


@pytest.mark.parametrize("order", [SUMMARY, SCORES, BOARD], ids=lambda order: str(order.readers))
def test_whom_it_is_for_and_that_it_is_no_inspection_is_said_first(order: Order) -> None:
    head = printed(order).select_one(".head")
    assert head is not None
    first = {"respondents": "For those who answered.", "region": "not to be passed on", "public": "not an inspection"}
    assert first[order.readers] in head.get_text()


def test_several_questionnaires_are_one_paper_and_no_two_marks_bear_one_name() -> None:
    paper = Material(material(BOARD).disclosed, others=(Material(_renamed(material(BOARD).disclosed)),))
    page = BeautifulSoup(handout_html(paper, BOARD), "html5lib")
    assert [name.get_text() for name in page.select(".handout .name")] == ["Aspire", "Another"]
    ids = [str(each["id"]) for each in page.select("[id]")]
    assert len(ids) == len(set(ids))


def _renamed(disclosed: Disclosed) -> Disclosed:
    other = disclosed.result.definition.model_copy(update={"questionnaire": "another", "title": "Another"})
    return Disclosed(disclosed.result.model_copy(update={"definition": other}))


def test_the_same_is_the_same_file_and_names_itself() -> None:
    order = Order("report", readers="public", level="board")
    made = handout_pdf(material(order), order)
    assert made == make(material(order), order)
    assert "<title>Board paper for the public: Great Fenland Partnership, Aspire" in handout_html(
        material(order), order
    )
    assert findings_of(made) == []


def test_a_report_released_whole_has_no_action_sheet_and_says_whom_it_is_for() -> None:
    page = printed(Order("report", "html", readers="region", level="4"))
    assert page.select("#action-sheet") == []
    assert "not to be passed on" in page.get_text()


@pytest.mark.parametrize(
    "wrong",
    [
        {"readers": "public", "level": "nothing"},
        {"readers": "region", "level": "1"},
        {"readers": "region", "level": "board"},
        {"readers": "region", "level": "4", "names": True},
        {"readers": "region", "level": "4", "section": "purpose"},
        {"also": [2], "section": "purpose"},
    ],
    ids=str,
)
def test_what_no_level_lets_out_is_no_order(wrong: dict[str, object]) -> None:

    with pytest.raises(NoSuchOrder):
        order_from_json(json.dumps({"kind": "report"} | wrong))

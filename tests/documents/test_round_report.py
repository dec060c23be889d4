"""One capacity report over several questionnaires of a round: one cover, one opening page, then each one’s own."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from bs4 import BeautifulSoup

from a2p.definition import catalogue
from a2p.definition.catalogue import support_modules
from a2p.documents.known import Beside, BesideSection, Known, Planned
from a2p.documents.making import make
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.round_report import round_report_document, round_report_html, round_report_sheets
from a2p.documents.round_view import RoundView, round_view
from a2p.scoring.releases import Figures, released_view
from tests.documents.pdf import findings_of, laid_out, words_on
from tests.documents.rounds import VARIED, disclosed_round

ORDER = Order("report", also=(2, 3))
NAMES = ("aspire", "two-tier", "perform")


@cache
def several() -> Material:
    """A round of three questionnaires, with an action on a question of the second."""
    first, *others = (_one(name, k) for k, name in enumerate(NAMES))
    return replace(first, others=tuple(others))


def _one(name: str, number: int) -> Material:
    found = disclosed_round(
        catalogue.read(name), story=VARIED, respondents=18 + number * 4, organisations=9 + number * 2
    )
    about = found.result.definition.sections[0].scale_questions[0].id if number == 1 else ""
    actions = (Planned("Meet the districts twice a year", about=about), Planned("Write the aims down"))
    first = found.result.definition.sections[0].id
    others = BesideSection(first, 9, Fraction(50), (Fraction(40), Fraction(60)))
    beside = Beside("County partnerships in the region", "Spring", sections=(others,))
    return Material(found, (), Known(actions=actions, beside=beside), support_modules())


@cache
def pages() -> list[str]:
    document = laid_out(round_report_document(several(), ORDER), round_report_sheets(ORDER))
    return [" ".join(words) for words in words_on(document)]


@cache
def html() -> BeautifulSoup:
    return BeautifulSoup(round_report_html(several(), ORDER), "html5lib")


def view(material: Material | None = None, order: Order = ORDER) -> RoundView:
    return round_view(material or several(), order)


def test_the_opening_page_is_one_page_and_so_is_every_picture() -> None:
    starts = [k for k, page in enumerate(pages()) if "Where the partnership stands" in page]
    assert len(starts) == 4
    assert "The weakest questions" in pages()[starts[0]]
    assert "How to read this report" in pages()[starts[0] + 1]
    assert all("Who answered" in pages()[k] for k in starts[1:])


def test_five_questionnaires_too_stand_on_one_opening_page_after_one_page_of_contents() -> None:
    names = (*NAMES, "place-shaping", "member-engagement")
    first, *others = (_one(name, 1) for name in names)
    html = round_report_document(replace(first, others=tuple(others)), ORDER)
    start = html.index('<div class="part">')
    document = laid_out(html[:start] + "</body></html>", round_report_sheets(ORDER))
    said = [" ".join(words) for words in words_on(document)]
    places = ["Capacity report", "Contents", "The weakest questions", "How to read this report"]
    assert [place in page for place, page in zip(places, said, strict=True)] == [True] * 4


def test_the_opening_page_has_every_section_of_every_questionnaire() -> None:
    over = html().select_one("#over")
    assert over is not None
    titles = {s.title for r in view().reports for s in r.sections if not s.is_facts}
    assert {row.get_text() for row in over.select("th[scope=row] a")} == titles
    assert [row.get_text() for row in over.select("th[scope=rowgroup]")] == ["Aspire", "Two-tier", "Perform"]


def test_every_entry_of_the_contents_leads_somewhere_and_no_name_is_given_twice() -> None:
    ids = [str(each["id"]) for each in html().select("[id]")]
    assert len(ids) == len(set(ids))
    links = [str(each["href"])[1:] for each in html().select(".contents a")]
    assert len(links) > 20
    assert set(links) <= set(ids)


def test_it_has_every_question_of_every_questionnaire_once_and_its_numbers() -> None:
    said = html().get_text()
    asked = [q.ask for r in view().reports for s in r.result.definition.sections for q in s.scale_questions]
    assert [ask for ask in asked if ask not in said] == []
    assert len(html().select(".section .q .bar")) == len(asked)


def test_each_questionnaire_stands_beside_others_like_it() -> None:
    parts = html().select(".outcome[id$=--beside]")
    assert [str(part["id"]) for part in parts] == [f"{name}--beside" for name in NAMES]
    assert all("median" in part.get_text().lower() for part in parts)


def test_what_stands_out_is_chosen_over_all_questionnaires() -> None:
    scores = [int(pick.figure) for pick in view().weak]
    assert scores == sorted(scores)
    lowest = min(q.score for r in view().reports for s in r.result.sections for q in s.questions if q.score is not None)
    assert scores[0] == round(lowest)


def test_the_actions_are_listed_once_each_with_its_questionnaire() -> None:
    plan = html().select_one("#action-sheet")
    assert plan is not None
    rows = [row.get_text(" ") for row in plan.select("tbody th")]
    assert len(rows) == 2
    assert "Two-tier: question 1.1" in rows[0]


def test_the_file_is_tagged_without_fault_and_always_the_same() -> None:
    small = replace(_one("first-look", 0), others=(_one("aspire", 1),))
    made = make(small, ORDER)
    assert made == make(small, ORDER)
    assert findings_of(made) == []


def test_its_hash_is_of_all_questionnaires() -> None:
    other = replace(several(), others=several().others[:1])
    assert several().digest(ORDER) != other.digest(ORDER)
    assert re.search(several().digest(ORDER), html().get_text())


def test_a_round_released_whole_is_one_report_without_the_action_sheet() -> None:
    order = Order("report", "html", readers="region", level="4", also=(2,))
    page = BeautifulSoup(make(several(), order).decode(), "html5lib")
    assert page.select("#action-sheet") == []
    assert "not to be passed on" in page.get_text()


def test_a_round_without_answers_says_so() -> None:
    empty = Material(disclosed_round(catalogue.read("first-look"), respondents=0))
    assert view(replace(empty, others=(empty,))).headline == "Nobody has answered yet"


@pytest.mark.parametrize("figures", [Figures.SECTIONS, Figures.QUESTIONS])
def test_a_reduced_round_has_no_questions_to_open_with(figures: Figures) -> None:
    reduced = [released_view(each.disclosed, figures) for each in (several(), *several().others)]
    first, *others = (Material(each) for each in reduced if each is not None)
    made = view(replace(first, others=tuple(others)))
    assert made.widest == ()

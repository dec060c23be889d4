"""What the report says of what came after the round: agreed levels, the action plan, the change, groups compared."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup

from a2p.documents.agreed_view import Settlement
from a2p.documents.groups_view import group_tables
from a2p.documents.known import Beside, BesideSection, Known, Planned, Since
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.report import ReportOptions, capacity_report, report_html
from a2p.scoring import rounding
from a2p.scoring.change import Change, RoundChange, SectionChange
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import Comparison, Group
from tests.documents.pdf import findings_of, text_of
from tests.documents.rounds import aspire, aspire_round

SECTION = aspire().sections[0]
FIRST, SECOND = (question.id for question in SECTION.scale_questions[:2])
LEVEL = aspire().scale_of(SECTION.scale_questions[0])[-1]
CHANGE = Change(Fraction(40), Fraction(52), Fraction(9), Fraction(3))
KNOWN = Known(
    settled={FIRST: Settlement(LEVEL.id, "The minutes show it.", 7), SECOND: Settlement(None)},
    actions=(
        Planned("Write one page on who decides what", owner="The chair", due="30 June 2026", status="Planned"),
        Planned("Meet in the evening", status="Done", carried_from="Spring 2025"),
        Planned("Publish everything", status="Dropped"),
    ),
    since=Since("Spring 2025", RoundChange(CHANGE, (SectionChange(SECTION.id, CHANGE, {FIRST: CHANGE}),))),
)


def compared() -> Disclosed:
    """A round with councils and others compared on its first question."""
    groups = (
        Group(id="councils", people=6, levels={}, score=Fraction(70)),
        Group(id="others", people=9, levels={}, score=Fraction(20)),
    )
    comparison = Comparison(question=FIRST, by="councils", groups=groups, gap=Fraction(50))
    return Disclosed(aspire_round().result.model_copy(update={"comparisons": (comparison,)}))


def page(known: Known = KNOWN, section: str = "") -> BeautifulSoup:
    return BeautifulSoup(report_html(compared(), (), ReportOptions(known=known, section=section)), "html5lib")


def words(soup: BeautifulSoup, selector: str) -> str:
    found = soup.select_one(selector)
    assert found is not None, selector
    return re.sub(r"\s+", " ", found.get_text(" ")).strip()


@pytest.fixture(scope="module")
def whole() -> BeautifulSoup:
    return page()


def test_what_was_agreed_stands_beside_the_survey(whole: BeautifulSoup) -> None:
    said = words(whole, "#agreed")
    assert "talked about 2 questions and agreed a level on 1" in said
    assert "The minutes show it." in said
    assert LEVEL.label in said
    assert "Left open" in said


def test_the_action_plan_has_what_is_still_to_do(whole: BeautifulSoup) -> None:
    said = words(whole, "#action-sheet")
    assert said.startswith("Action plan")
    assert "Write one page on who decides what" in said
    assert "The chair" in said
    assert "Meet in the evening" not in said
    assert "Publish everything" not in said


def test_the_change_is_split_into_changed_minds_and_changed_people_and_actions_done_are_named(
    whole: BeautifulSoup,
) -> None:
    said = words(whole, "#since")
    assert "+12 +9 +3" in said
    assert "Meet in the evening Carried over from Spring 2025" in said


def test_groups_are_compared_by_their_scores(whole: BeautifulSoup) -> None:
    assert "70 20 50 far apart" in words(whole, "#groups")
    (table,) = group_tables(compared())
    assert table.groups == ("Councils", "Other organisations")


def test_where_nothing_followed_the_report_has_an_empty_action_sheet() -> None:
    soup = page(Known())
    assert soup.select_one("#agreed") is None
    assert soup.select_one("#since") is None
    assert words(soup, "#action-sheet").startswith("Action sheet")


def test_why_two_rounds_are_not_compared_is_said() -> None:
    known = Known(since=Since("Spring 2025", None, "That round was answered together."))
    assert "Spring 2025: That round was answered together." in words(page(known), "#since")


def test_a_report_of_one_section_has_that_section_alone() -> None:
    other = aspire().sections[1]
    soup = page(section=SECTION.id)
    assert soup.select_one(f"#s-{SECTION.id}") is not None
    assert soup.select_one(f"#s-{other.id}") is None


def test_on_paper_it_has_no_findings_and_the_same_words() -> None:
    made = capacity_report(compared(), options=ReportOptions(known=KNOWN))
    assert findings_of(made) == []
    said = text_of(made)
    for part in ("What was agreed", "Action plan", "Since last time", "Where groups differ", "The minutes show it."):
        assert part in said


def _beside() -> Beside:
    first, second, *_ = (part.id for part in aspire_round().result.definition.sections if not part.is_facts)
    sections = (
        BesideSection(first, 12, Fraction(40), (Fraction(30), Fraction(52))),
        BesideSection(second, 4, reason="fewer than five others"),
    )
    return Beside("District partnerships of the East", "Spring 2026", date(2026, 5, 4), sections)


def test_others_like_it_stand_beside_its_own_scores_with_their_numbers_and_reasons() -> None:
    page = report_html(aspire_round(), (), ReportOptions(known=Known(beside=_beside())))
    part = page.split('id="beside"', 1)[1].split("</section>", 1)[0]
    score = aspire_round().result.sections[0].score
    assert score is not None
    own = rounding.whole(score)
    assert f"own score {own}, median of those like it 40 of 100, their middle half from 30 to 52" in part
    assert "Of 1 section, 1 is five points or more above the median and none below it." in part
    assert "Not shown: fewer than five others" in part
    assert "no league table" in part
    assert page.index('href="#beside"') < page.index('id="beside"')


@pytest.mark.parametrize("large", [False, True])
def test_the_part_beside_others_passes_the_checker(large: bool) -> None:
    options = ReportOptions(known=Known(beside=_beside()), large_print=large)
    assert findings_of(capacity_report(aspire_round(), options=options)) == []


def test_without_a_snapshot_there_is_no_such_part_and_why_nothing_is_compared_can_be_said() -> None:
    assert 'id="beside"' not in report_html(aspire_round())
    silent = Beside("All partnerships", reason="Fewer than five others are counted.")
    page = report_html(aspire_round(), (), ReportOptions(known=Known(beside=silent)))
    assert "<p>Fewer than five others are counted.</p>" in page


def test_others_like_it_are_in_the_hash_of_what_a_report_is_made_from() -> None:
    one, other = (Material(aspire_round(), known=known) for known in (Known(), Known(beside=_beside())))
    assert one.digest(Order("report")) != other.digest(Order("report"))

import pytest
from bs4 import BeautifulSoup, Tag

from a2p.documents.asked import NothingToPrint
from a2p.documents.posters_view import PosterOptions, posters_view
from a2p.documents.room import POSTER_SHEETS, wall_posters
from a2p.documents.room_page import posters_document, wall_posters_html
from a2p.documents.talk import talk_of
from tests.builders import definition, question, scale_question, section
from tests.documents.pdf import collisions, findings_of, laid_out, pages_of, smallest_letters, tables_of, text_of
from tests.documents.rounds import aspire, aspire_round
from tests.documents.test_cards import ANY, LONG, LONG_ASK, MIXED

SECTIONS = PosterOptions(per="section")
MIXED_SCALES = definition(
    section("a", scale_question("x", levels=2), scale_question("y", levels=5), scale_question("z", levels=5)),
    bands=[{"id": "low", "label": "Low", "from": 0}, {"id": "high", "label": "High", "from": 50}],
)


@pytest.fixture(scope="module")
def posters() -> bytes:
    return wall_posters(MIXED)


@pytest.fixture(scope="module")
def section_posters() -> bytes:
    return wall_posters(MIXED, SECTIONS)


def _soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def _columns(sheet: Tag) -> list[str]:
    return [" ".join(column.get_text(" ").split()) for column in sheet.find_all("li")]


def test_each_question_has_a_poster_with_its_levels_as_columns_and_one_for_those_who_dont_know() -> None:
    first, second, third, *_ = _soup(posters_document(MIXED, PosterOptions())).find_all(class_="sheet")
    assert _columns(first) == [*(f"Level {k} Descriptor {k} of first." for k in range(1, 5)), "Don’t know"]
    assert _columns(second) == ["Red", "Green", "Don’t know"]
    assert _columns(third) == [""]


def test_a_question_that_may_not_apply_has_a_column_for_that_and_one_without_dont_know_has_none() -> None:
    asked = definition(section("a", scale_question("q", not_applicable=True, dont_know=False)))
    (sheet,) = posters_view(asked, PosterOptions()).questions
    assert [column.label for column in sheet.columns][-2:] == ["Level 4", "Does not apply"]


def test_a_section_has_a_poster_with_a_row_for_each_question_and_the_labels_over_the_columns() -> None:
    (sheet,) = _soup(posters_document(MIXED, PosterOptions(per="section", questions=("first",)))).find_all("table")
    assert [head.get_text() for head in sheet.find_all("th", scope="col")][1:] == [
        "Level 1",
        "Level 2",
        "Level 3",
        "Level 4",
        "Don’t know",
    ]
    assert [head.get_text() for head in sheet.find_all("th", scope="row")] == ["1.1How is first?"]


def test_a_sheet_of_a_section_has_questions_of_one_scale_only() -> None:
    sheets = posters_view(MIXED_SCALES, SECTIONS).sections
    assert [([row.number for row in sheet.rows], len(sheet.labels)) for sheet in sheets] == [
        (["1.1"], 3),
        (["1.2", "1.3"], 6),
    ]
    assert [sheet.place for sheet in sheets] == ["1 of 2", "2 of 2"]


def test_of_a_result_the_posters_are_those_worth_talking_about_and_show_none_of_its_figures() -> None:
    html = posters_document(aspire_round(), PosterOptions())
    assert html == posters_document(
        aspire(), PosterOptions(questions=tuple(topic.asked.id for topic in talk_of(aspire_round())))
    )


def test_where_questions_are_picked_or_sections_wanted_a_result_decides_nothing() -> None:
    for options in (PosterOptions(questions=("reason",)), SECTIONS):
        assert posters_document(aspire_round(), options) == posters_document(aspire(), options)


def test_the_checker_has_no_findings_and_tables_have_heads(posters: bytes, section_posters: bytes) -> None:
    assert findings_of(posters) == findings_of(section_posters) == []
    assert all("TH" in tags for tags in tables_of(section_posters))
    assert len(tables_of(section_posters)) == 2


def test_the_same_definition_gives_the_same_bytes(posters: bytes) -> None:
    assert wall_posters(MIXED) == posters


def test_nothing_on_a_poster_is_smaller_than_24_points(posters: bytes, section_posters: bytes) -> None:
    assert min(smallest_letters(posters), smallest_letters(section_posters)) >= 23.99


@pytest.mark.parametrize("asked", [*ANY, "two scales"])
@pytest.mark.parametrize("options", [PosterOptions(), SECTIONS], ids=lambda options: options.per)
def test_everything_stands_in_its_own_room_on_its_own_sheet(asked: str, options: PosterOptions) -> None:
    html = posters_document((ANY | {"two scales": MIXED_SCALES})[asked], options)
    document = laid_out(html, POSTER_SHEETS)
    assert collisions(document, frozenset({"sheet"})) == []
    assert len(document.pages) == len(_soup(html).find_all(class_="sheet"))


def test_many_levels_are_dealt_evenly_over_sheets_that_hang_side_by_side() -> None:
    asked = definition(section("a", scale_question("q", levels=11)))
    sheets = posters_view(asked, PosterOptions()).questions
    assert [len(sheet.columns) for sheet in sheets] == [6, 6]
    assert [sheet.place for sheet in sheets] == ["1 of 2", "2 of 2"]


def test_texts_too_long_for_a_sheet_go_on_and_nothing_of_them_is_lost() -> None:
    sheets = posters_view(LONG, PosterOptions()).questions
    (asked,) = LONG.sections[0].scale_questions
    assert " ".join(sheet.ask for sheet in sheets).strip() == LONG_ASK
    said = "".join(column.text for sheet in sheets for column in sheet.columns)
    assert "".join(said.split()) == "".join("".join(asked.levels.values()).split())
    rows = [row for sheet in posters_view(LONG, SECTIONS).sections for row in sheet.rows]
    assert " ".join(row.ask for row in rows) == LONG_ASK


def test_the_page_for_screens_has_the_same_texts() -> None:
    for options in (PosterOptions(), SECTIONS):
        page, printed = _soup(wall_posters_html(MIXED, options)), _soup(posters_document(MIXED, options))
        assert page.body is not None
        assert printed.body is not None
        assert page.body.get_text() == printed.body.get_text()
        assert page.find_all(["script", "link", "img"]) == page.find_all(style=True) == []
        assert len(page.find_all("h1")) == 1


def test_a_poster_names_the_questionnaire_and_its_section(posters: bytes) -> None:
    for page in pages_of(posters):
        assert "Sample, version 1" in " ".join(page.split())
    assert "Aims & means" in text_of(posters)


def test_without_a_question_with_levels_there_is_no_poster_of_a_section() -> None:
    with pytest.raises(NothingToPrint, match="nothing to put dots in"):
        wall_posters(definition(section("a", scale_question("q"), question("why"))), PosterOptions("section", ("why",)))

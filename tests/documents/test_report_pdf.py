import io
import itertools
from collections.abc import Callable

import pypdf
import pytest

from a2p.definition.model import Questionnaire
from a2p.documents.report import capacity_report
from a2p.documents.report_page import report_document
from a2p.documents.report_view import ReportOptions
from a2p.exchange.sample import Story
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.remarks import Remark
from a2p.scoring.rounding import tenth, whole
from tests.builders import definition, question, scale_question, section
from tests.documents.pdf import (
    alternatives_of,
    findings_of,
    fonts_of,
    marks_outside,
    pages_of,
    smallest_letters,
    tables_of,
    tags_of,
    text_of,
)
from tests.documents.rounds import after_workshop, aspire, aspire_round, disclosed_round

ODD = "{{ 7*7 }} {% raw %} <script>alert(1)</script> & 😀 שלום עולם ŵ ŷ Ŵ Ŷ"


@pytest.fixture(scope="module")
def report() -> bytes:
    return capacity_report(aspire_round())


@pytest.fixture(scope="module")
def large() -> bytes:
    return capacity_report(aspire_round(), options=ReportOptions(large_print=True, known=after_workshop().known))


def test_the_same_inputs_give_the_same_bytes(report: bytes) -> None:
    assert capacity_report(aspire_round()) == report


def test_other_options_or_remarks_change_the_hash_at_the_foot_of_the_page() -> None:
    remark = Remark("purpose", "reason", "We wrote it down.", "comment")
    short = ReportOptions(summary=True)
    plain, with_remark = capacity_report(aspire_round(), (), short), capacity_report(aspire_round(), (remark,), short)
    assert pages_of(plain)[0].splitlines()[-2:] != pages_of(with_remark)[0].splitlines()[-2:]


@pytest.mark.parametrize("options", [ReportOptions(large_print=True), ReportOptions(summary=True)])
def test_the_checker_has_no_findings_in_other_settings(options: ReportOptions) -> None:
    assert findings_of(capacity_report(aspire_round(), options=options)) == []


def test_it_has_a_title_a_language_and_bookmarks(report: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(report))
    assert reader.metadata is not None
    assert reader.metadata.title == "Capacity report: Great Fenland Partnership, Aspire, Spring 2026"
    assert str(reader.root_object["/Lang"]) == "en-GB"
    assert "How to read this report" in [item.title for item in reader.outline if not isinstance(item, list)]


def test_headings_never_skip_a_level(report: bytes) -> None:
    levels = [int(tag[1]) for tag in tags_of(report) if tag in {"H1", "H2", "H3", "H4"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_table_has_headers(report: bytes) -> None:
    tables = tables_of(report)
    assert len(tables) > 5
    assert all("TH" in tags for tags in tables)


def test_every_figure_says_in_words_what_it_shows(report: bytes) -> None:
    said = alternatives_of(report)
    assert len(said) > 22
    assert all(said)
    assert any(text.startswith("Not yet: ") and "Embedded: " in text for text in said)


def test_its_numbers_are_those_of_the_result(report: bytes) -> None:
    text = text_of(report)
    for part in aspire_round().result.sections:
        for outcome in part.questions:
            assert outcome.score is not None
            assert tenth(outcome.score) in text
        if part.band:
            assert part.score is not None
            assert f"Score {whole(part.score)}, mostly" in text


def test_every_question_stands_in_it_with_the_text_of_the_level_reached(report: bytes) -> None:
    text = text_of(report)
    asked = {q.id: q for s in aspire().sections for q in s.scale_questions}
    for outcome in (q for s in aspire_round().result.sections for q in s.questions):
        assert " ".join(asked[outcome.id].ask.split()[:4]) in text
        assert outcome.reached is not None
        assert " ".join(asked[outcome.id].levels[outcome.reached].split()[:5]) in text


def test_contents_give_the_pages_on_which_things_stand(report: bytes) -> None:
    pages = pages_of(report)
    contents = " ".join(pages[1].split())
    where = next(k for k, text in enumerate(pages, start=1) if "Action sheet" in text and k > 2)
    assert f"Action sheet {where}" in contents


def test_every_page_but_the_cover_has_its_number_and_the_round(report: bytes) -> None:
    pages = pages_of(report)
    for number, text in enumerate(pages[1:], start=2):
        assert f"{number} of {len(pages)}" in text
        assert "Aspire · Spring 2026" in text
        assert "closed 31 March 2026" in text


def test_in_large_print_too_the_foot_of_the_page_names_the_questionnaire(large: bytes) -> None:
    assert all("Aspire · 31 March 2026 · " in page for page in pages_of(large)[1:])


def test_the_action_sheet_fills_its_page_and_leaves_no_rows_for_the_next(report: bytes) -> None:
    sheets = [page.count("to fill in") for page in pages_of(report)]
    assert 3 <= max(sheets) <= 14
    assert sheets.count(0) == len(sheets) - 1


def test_the_picture_stands_on_one_page(report: bytes) -> None:
    pages = pages_of(report)
    assert "Where the partnership stands" in pages[2]
    assert "How to read this report" in pages[3]


def test_no_text_is_smaller_than_eight_points_or_sixteen_in_large_print(report: bytes, large: bytes) -> None:
    assert smallest_letters(report) >= 7.99
    assert smallest_letters(large) >= 15.99


@pytest.mark.parametrize("large_print", [False, True])
def test_the_summary_has_two_sides_at_most(large_print: bool) -> None:
    summary = capacity_report(aspire_round(), options=ReportOptions(summary=True, large_print=large_print))
    assert len(pages_of(summary)) <= 2


def test_remarks_are_printed_only_when_given() -> None:
    remark = Remark("purpose", "reason", "A remark nobody else would make.", "comment")
    assert remark.text not in text_of(capacity_report(aspire_round()))
    assert remark.text in text_of(capacity_report(aspire_round(), (remark,)))


def test_facts_are_a_table_of_the_coordinators_answers(report: bytes) -> None:
    assert "Asked once, of the coordinator" in text_of(report)


def _odd() -> Questionnaire:
    return definition(
        section("a", scale_question("q", ask=ODD, help=ODD), question("free"), title=ODD, about=ODD),
        title=ODD,
        subtitle=ODD,
        about=ODD,
    )


def test_texts_are_shown_as_text_whatever_they_hold() -> None:
    said = text_of(capacity_report(disclosed_round(_odd(), partnership=ODD), (Remark("a", "q", ODD, "comment"),)))
    assert "{{ 7*7 }}" in said
    assert "<script>alert(1)</script>" in said
    assert "😀" in said
    assert "ŵ ŷ Ŵ Ŷ" in said
    assert "שלום" in said or "םולש" in said  # readers differ in the order they give


def test_arabic_is_joined_from_a_packaged_font() -> None:
    made = capacity_report(disclosed_round(definition(title="مرحبا")), options=ReportOptions(summary=True))
    fonts = fonts_of(made)
    assert any("A2P-Arabic" in font for font in fonts)
    assert findings_of(made) == []


def test_only_packaged_fonts_are_used_whatever_the_machine_has() -> None:
    made = capacity_report(disclosed_round(definition(title="中文 ✓ ◆ ☐ 𝔘")), options=ReportOptions(summary=True))
    fonts = fonts_of(made)
    assert all("Arimo" in font or "A2P" in font for font in fonts)


def _long() -> Disclosed:
    text = "Many words follow one another here without any end in sight. " * 80
    return disclosed_round(
        definition(
            section("a", scale_question("q", ask=text[:5000], help=text[:5000]), about=text[:5000]),
            section("b", title="Supercalifragilistic" * 12),
        )
    )


ANY_ROUND: dict[str, Callable[[], Disclosed]] = {
    "ordinary": aspire_round,
    "no answer": lambda: disclosed_round(aspire(), respondents=0, organisations=0),
    "one respondent": lambda: disclosed_round(aspire(), respondents=1, organisations=1),
    "together": lambda: disclosed_round(aspire(), respondents=1, organisations=1, together=True),
    "all withheld": lambda: disclosed_round(aspire(), respondents=4, organisations=4, withhold=True),
    "200 respondents": lambda: disclosed_round(aspire(), respondents=200, organisations=60),
    "2 levels": lambda: disclosed_round(definition(levels=2)),
    "11 levels": lambda: disclosed_round(definition(levels=11), respondents=60, organisations=60),
    "long texts": _long,
    "odd texts": lambda: disclosed_round(_odd()),
}


@pytest.mark.parametrize("made", ANY_ROUND)
def test_the_checker_has_no_findings_on_the_report_of_any_round(made: str) -> None:
    assert findings_of(capacity_report(ANY_ROUND[made]())) == []


@pytest.mark.parametrize("made", ANY_ROUND)
@pytest.mark.parametrize("large", [False, True])
def test_no_text_and_no_chart_leaves_the_column(made: str, large: bool) -> None:
    html = report_document(ANY_ROUND[made](), (), ReportOptions(large_print=large))
    assert marks_outside(html, sheets=("report.css", "large.css") if large else ("report.css",)) == []


def test_withheld_questions_say_so_and_show_no_figure() -> None:
    made = disclosed_round(aspire(), respondents=4, organisations=4, withhold=True, story=Story(level=0.5))
    text = text_of(capacity_report(made))
    assert "Not shown: too few people answered (4)." in text
    assert "More than half are here or above" not in text


@pytest.mark.parametrize(
    "said",
    ["A partial picture: fewer than four in ten", "Invented answers", "An unpiloted questionnaire"],
)
def test_what_a_reader_must_know_is_said_on_the_cover_and_the_picture_page(said: str) -> None:
    pages = pages_of(capacity_report(disclosed_round(aspire(), invited=30, demo=True)))
    assert said in " ".join(pages[0].split())
    assert said in " ".join(pages[2].split())

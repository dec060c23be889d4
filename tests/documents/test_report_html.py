import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from a2p.documents.known import Known
from a2p.documents.report_page import report_document, report_html
from a2p.documents.report_view import ReportOptions, content_digest
from a2p.scoring.disclosure import unlimited
from a2p.scoring.frozen import Agreement
from a2p.scoring.named import NamedLevels, NamedQuestion, NoLevel, Silence
from a2p.scoring.remarks import Remark
from tests.builders import definition, scale_question, section
from tests.documents.made import made_result
from tests.documents.rounds import aspire, aspire_round, disclosed_round

HOSTILE = '</title><script>alert(1)</script>{{ 7*7 }}<img src="file:///etc/passwd">'


def _soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_the_page_stands_alone() -> None:
    soup = _soup(report_html(aspire_round()))
    assert soup.find("style") is not None
    assert soup.find_all(["script", "link", "img", "iframe"]) == []
    assert "url(" not in str(soup.style)


def test_it_has_the_same_texts_charts_and_tables_as_what_is_printed() -> None:
    page, printed = _soup(report_html(aspire_round())), _soup(report_document(aspire_round(), (), ReportOptions()))
    assert page.body is not None
    assert printed.body is not None
    assert page.body.get_text() == printed.body.get_text()
    assert len(page.find_all("svg")) == len(printed.find_all("svg")) > 30


def test_it_says_how_many_comments_were_hidden() -> None:
    assert "hid 3." in _soup(report_html(aspire_round(), (), ReportOptions(known=Known(hidden_remarks=3)))).get_text()
    assert "read the comments over" not in _soup(report_html(aspire_round())).get_text()


@pytest.mark.parametrize("options", [ReportOptions(), ReportOptions(large_print=True), ReportOptions(summary=True)])
def test_ids_are_unique_links_lead_somewhere_and_no_style_attribute_is_used(options: ReportOptions) -> None:
    soup = _soup(report_html(aspire_round(), (), options))
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {link["href"] for link in soup.find_all("a")} <= {f"#{i}" for i in ids}
    assert soup.find_all(style=True) == []
    assert len(soup.find_all("h1")) == 1


def test_every_chart_is_named_by_its_title_and_carries_its_own_font() -> None:
    for svg in _soup(report_html(aspire_round())).find_all("svg"):
        title = svg.find("title")
        assert title is not None
        assert title.get_text()
        assert svg["aria-labelledby"] == title["id"]
        assert "Arimo" in str(svg["font-family"])


def test_headings_never_skip_a_level() -> None:
    levels = [int(h.name[1]) for h in _soup(report_html(aspire_round())).find_all(re.compile("^h[1-6]$"))]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_texts_are_escaped_wherever_they_stand() -> None:
    odd = definition(
        section("a", scale_question("q", ask=HOSTILE, help=HOSTILE, evidence=HOSTILE), title=HOSTILE, about=HOSTILE),
        title=HOSTILE, subtitle=HOSTILE, about=HOSTILE,
    )  # fmt: skip
    html = report_html(disclosed_round(odd, partnership=HOSTILE), (Remark("a", "q", HOSTILE, "comment"),))
    assert _soup(html).find_all(["script", "img"]) == []
    assert "{{ 7*7 }}" in html
    assert html.count("<title>") - html.count("<svg") <= 1


def test_a_report_without_names_speaks_of_this_partnership_and_has_no_line_for_the_round() -> None:
    result = aspire_round().result.model_copy(update={"partnership": "", "round": ""})
    soup = _soup(report_html(unlimited(result)))
    assert soup.title is not None
    assert soup.title.get_text() == "Capacity report: Aspire"
    assert [h1.get_text() for h1 in soup.find_all("h1")] == ["This partnership"]
    assert soup.find(class_="round") is None
    assert "how this partnership answered" in soup.get_text()


def test_a_round_without_answers_says_so_at_every_question() -> None:
    said = _soup(report_html(disclosed_round(aspire(), respondents=0, organisations=0))).get_text()
    questions = [q for s in aspire().sections if not s.is_facts for q in s.questions]
    assert said.count("No answers.") == len(questions)
    assert "Nobody" not in said.replace("Nobody has answered yet", "")


def test_a_round_answered_together_speaks_of_no_half_and_of_no_single_organisation() -> None:
    made = disclosed_round(aspire(), respondents=1, organisations=1, together=True)
    sections = " ".join(q.get_text() for q in _soup(report_html(made)).find_all(class_="figures"))
    assert "answered together" in sections
    assert "1 organisation" not in sections
    assert "More than half" not in report_html(made)


def test_voices_that_are_all_alike_are_said_to_be_at_one_level() -> None:
    said = _soup(report_html(unlimited(made_result(definition(), [0, 9, 0, 0])))).get_text()
    assert "all at one level" in said
    assert "typically 0.0" not in said


def test_where_questions_are_withheld_it_says_that_scores_and_bands_are_too() -> None:
    said = _soup(report_html(disclosed_round(aspire(), respondents=4, organisations=4, withhold=True))).get_text()
    assert "The score of a section with such a question is not shown either" in said
    assert "Nothing else is left out" not in said


def test_a_character_that_no_document_can_hold_is_replaced() -> None:
    html = report_html(disclosed_round(aspire(), partnership="A\x00B\ufffeC"))
    assert "A\ufffdB\ufffdC" in html


def test_the_facilitators_lone_voice_is_never_pointed_out() -> None:
    alone = Agreement(ad=Fraction(1, 3), label="close", patterns=("lone-voice",))
    lone, plain = (
        report_html(
            unlimited(made_result(definition(), [0, 8, 0, 1], questions={"purpose-1": {"agreement": agreement}}))
        )
        for agreement in (alone, alone.model_copy(update={"patterns": ()}))
    )
    digest = re.compile(r"[0-9a-f]{64}| · [0-9a-f]{8}")
    assert digest.sub("", lone) == digest.sub("", plain)


def test_only_the_appendix_of_a_report_that_was_asked_to_names_organisations() -> None:
    shown = aspire_round()
    asked = [(part, each) for part in shown.result.definition.sections for each in part.scale_questions]
    questions = [NamedQuestion(part.id, each.id, None, (3, NoLevel.DONT_KNOW, 1)) for part, each in asked]
    questions[1] = replace(questions[1], silence=Silence.CONDITIONAL, stands=())
    named = NamedLevels(("Fire", HOSTILE, "Police"), tuple(questions))
    soup = _soup(report_html(shown, (), ReportOptions(named=named)))
    first, second = soup.select("table.named tbody tr")[:2]
    assert [line.get_text() for line in first.select("p")] == [
        "1\u00a0Not yet: Police",
        "3\u00a0Working: Fire",
        f"Don’t know: {HOSTILE}",
    ]
    assert "no organisation is named" in second.get_text()
    assert soup.find("script") is None
    assert "An open round" in soup.select(".cover .caveats")[0].get_text()
    assert not _soup(report_html(shown)).select("table.named")
    assert HOSTILE not in _soup(report_html(shown, (), ReportOptions(named=named, summary=True))).get_text()
    assert content_digest(shown, (), ReportOptions(named=named)) != content_digest(shown, (), ReportOptions())

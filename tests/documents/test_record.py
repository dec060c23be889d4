"""The record of a workshop and the action plan: what they say, in every format, and what they never say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from zipfile import ZipFile

import docx
import pytest
from bs4 import BeautifulSoup
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from a2p.documents.agreed_view import Settlement
from a2p.documents.known import NOTHING_KNOWN, Known
from a2p.documents.making import make
from a2p.documents.material import Material
from a2p.documents.order import KINDS, Order
from a2p.documents.record_view import record_view
from a2p.documents.set_page import page_of, sheets_of
from a2p.scoring.disclosure import Disclosed, disclose
from tests.builders import definition, scale_question, section
from tests.documents.made import made_result
from tests.documents.pdf import findings_of, marks_outside, pages_of, smallest_letters, text_of
from tests.documents.rounds import HELD, PLAN, after_workshop, aspire_round, disclosed_round

ODD = "=1+1 {{ 7*7 }} <b>bold</b> \x07\x00 end"
SAID = "=1+1 {{ 7*7 }} <b>bold</b> \ufffd\ufffd end"
RECORD, WORD = Order("record"), Order("record", "docx")


def _name(order: Order) -> str:
    return f"{order.kind}-{order.format}"


WORD_KINDS = [Order(kind, "docx") for kind in KINDS if "docx" in KINDS[kind].formats]


def _read(made: bytes) -> Document:
    return docx.Document(io.BytesIO(made))


def _texts(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row.cells)


def _tables(document: Document) -> list[Table]:
    return [block for block in document.iter_inner_content() if isinstance(block, Table)]


def _words_of(material: Material, order: Order) -> str:
    """All that a document says, on one line, without spaces that a format adds."""
    made = make(material, order)
    if order.format == "docx":
        said = " ".join(_texts(_read(made)))
    elif order.format == "html":
        page = BeautifulSoup(made.decode(), "html.parser")
        assert page.body is not None
        said = page.body.get_text(" ")
    else:
        said = text_of(made)
    return "".join(said.split())


@pytest.fixture(scope="module")
def record() -> bytes:
    return make(after_workshop(), RECORD)


@pytest.mark.parametrize("format_", ["pdf", "html", "docx"])
def test_a_record_says_what_was_agreed_why_the_votes_the_actions_and_what_was_left_open(format_: str) -> None:
    said = _words_of(after_workshop(), Order("record", format_))
    for text in (
        HELD.day, HELD.place, "14 people from 2 organisations", "Fire; Police", "Most had read it.",
        "Agreed: Embedded", "We use it.", "Every month", "Votes for its importance: 9", "Two views remain.",
        "Not yet 0 · Starting 4 · Working 4 · Embedded 1", PLAN.what, "Chris Bell", "30 June 2026", "Cost: Two days",
        "Carried over from Autumn 2025", "Question 1.3", "Who chairs.", "Who pays", "Agreed scores beside the survey’s",
    ):  # fmt: skip
        assert "".join(text.split()) in said


def test_what_was_left_open_is_listed_and_the_most_votes_come_first() -> None:
    view = record_view(after_workshop(), RECORD)
    assert [(item.survey.number, item.reason) for item in view.open_rows] == [("1.2", "Two views remain.")]
    assert [(row.number, row.votes) for row in view.votes] == [("1.2", 9), ("1.1", 3)]
    assert view.agreed.startswith("3 questions were talked about. 1 of them was left open.")


def test_a_round_without_a_workshop_has_a_record_that_says_so() -> None:
    view = record_view(replace(after_workshop(), known=NOTHING_KNOWN), RECORD)
    assert view.lede.startswith("No workshop is recorded for this round. Nothing that was agreed and no action")
    said = text_of(make(replace(after_workshop(), known=NOTHING_KNOWN), RECORD))
    assert "It is not recorded that any question was talked about." in said
    assert "No action is recorded." in said
    assert "Nothing is recorded as left open." in said


def test_a_draft_says_on_every_page_that_it_is_one_and_what_to_do() -> None:
    pages = pages_of(make(after_workshop(), replace(RECORD, draft=True, large_print=True)))
    assert len(pages) > 3
    assert all("Draft for correction" in page for page in pages)
    assert "Tell whoever sent you this" in " ".join(pages[0].split())
    word = _read(make(after_workshop(), replace(WORD, draft=True)))
    assert "Draft for correction" in word.sections[0].header.paragraphs[0].text
    assert replace(RECORD, draft=True).file_name == "record-of-the-workshop-draft.pdf"


def test_a_final_record_has_no_mark_of_a_draft(record: bytes) -> None:
    assert "Draft" not in text_of(record)
    assert "Draft" not in _words_of(after_workshop(), WORD)


@pytest.mark.parametrize("kind", ["record", "action-plan"])
@pytest.mark.parametrize("large", [False, True])
def test_a_checker_finds_nothing_and_letters_are_large_enough(kind: str, *, large: bool) -> None:
    made = make(after_workshop(), Order(kind, large_print=large))
    assert findings_of(made) == []
    assert smallest_letters(made) >= (15.99 if large else 7.99)


@pytest.mark.parametrize("large", [False, True])
def test_no_long_word_leaves_the_column(*, large: bool) -> None:
    word = "w" * 130
    known = replace(
        after_workshop().known,
        actions=(replace(PLAN, what=word, cause=word, owner=word),),
        workshops=(replace(HELD, place=word, organisations=(word,), note=word, left_open=word),),
    )
    order = replace(RECORD, large_print=large)
    page = page_of("documents/record.html", record_view(replace(after_workshop(), known=known), order), order)
    assert marks_outside(page, sheets=sheets_of(order, "record.css")) == []


@pytest.mark.parametrize("order", [*WORD_KINDS, RECORD, Order("action-plan")], ids=_name)
def test_the_same_material_gives_the_same_bytes(order: Order) -> None:
    assert make(after_workshop(), order) == make(after_workshop(), order)


@pytest.mark.parametrize("order", WORD_KINDS, ids=_name)
def test_a_word_file_is_in_the_language_of_the_questionnaire(order: Order) -> None:
    result = aspire_round().result
    in_welsh = result.definition.model_copy(update={"language": "cy"})
    document = _read(make(Material(Disclosed(result.model_copy(update={"definition": in_welsh}))), order))
    said = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert (document.core_properties.language, said) == ("cy", {"cy"})


@pytest.mark.parametrize("order", WORD_KINDS, ids=_name)
def test_a_word_file_has_a_title_a_language_a_size_and_nothing_but_text(order: Order) -> None:
    made = make(after_workshop(), order)
    document = _read(made)
    known, page = document.core_properties, document.sections[0]
    assert KINDS[order.kind].title in known.title
    assert (known.language, known.author) == ("en-GB", "")
    assert known.created is not None
    assert known.created.date().isoformat() == "2026-03-31"
    assert page.page_width is not None
    assert page.page_height is not None
    assert sorted((round(page.page_width.mm), round(page.page_height.mm))) == [210, 297]
    assert not [name for name in ZipFile(io.BytesIO(made)).namelist() if "vba" in name or "media" in name]
    footer = page.footer._element.xml
    assert "NUMPAGES" in footer


@pytest.mark.parametrize("order", WORD_KINDS, ids=_name)
def test_a_word_file_is_built_of_headings_and_of_tables_that_repeat_their_heads(order: Order) -> None:
    document = _read(make(after_workshop(), order))
    styles = [each.style.name for each in document.paragraphs if each.style is not None]
    levels = [int(str(name)[-1]) for name in styles if str(name).startswith("Heading")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    headed = [table for table in _tables(document) if table.rows[0].cells[0].text != "Held on"]
    assert headed
    assert all(table.rows[0]._tr.xpath("w:trPr/w:tblHeader") for table in headed)
    assert all(paragraph.text for paragraph in document.paragraphs[:-1])


def test_a_summary_to_edit_says_what_the_printed_one_says() -> None:
    word = _words_of(after_workshop(), Order("summary", "docx"))
    text = "".join(text_of(make(after_workshop(), Order("summary"))).split())
    for part in (part for part in aspire_round().result.definition.sections if not part.is_facts):
        assert "".join(part.title.split()) in word
    for said in ("Strong on Purpose", "18 people from 9 organisations answered", "Weak: 13 of 22", "Where to begin"):
        assert "".join(said.split()) in word
        assert "".join(said.split()) in text


def _odd() -> Material:
    """People's texts, and the definition's, as odd as they come."""
    asked = scale_question("q", ask=ODD)
    shown = disclosed_round(definition(section("a", asked, title=ODD), title=ODD), partnership=ODD)
    level = next(iter(shown.result.definition.scales.values()))[0].id
    held = replace(HELD, place=ODD, organisations=(ODD,), note=ODD, left_open=ODD)
    action = replace(PLAN, what=ODD, cause=ODD, owner=ODD, cost=ODD, measure=ODD)
    return Material(shown, known=Known({"q": Settlement(level, ODD, 2)}, (action,), workshops=(held,)))


ORDERS = [Order(kind, form) for kind in ("record", "action-plan") for form in ("pdf", "html", "docx")]


@pytest.mark.parametrize("order", [*ORDERS, Order("summary", "docx")], ids=_name)
def test_odd_texts_are_texts(order: Order) -> None:
    said = _words_of(_odd(), order)
    assert "".join(SAID.split()) in said
    if order.format == "docx":
        xml = ZipFile(io.BytesIO(make(_odd(), order))).read("word/document.xml")
        assert b"instrText" not in xml
        assert b"fldSimple" not in xml


@pytest.mark.parametrize("order", [*ORDERS, Order("summary", "docx")], ids=_name)
def test_what_is_withheld_leaves_no_trace(order: Order) -> None:
    """Rounds of four people whose answers differ, though not their band, give the very same document."""
    made = [make(_few(levels), order) for levels in ([0, 4, 0, 0], [0, 3, 1, 0])]
    assert made[0] == made[1]
    if order.kind == "record":
        assert "toofewpeopleanswered" in _words_of(_few([0, 4, 0, 0]), order)


def _few(levels: list[int]) -> Material:
    shown = disclose(made_result(definition(section("a", scale_question("q"))), levels, organisations=4, respondents=4))
    return Material(shown, known=Known({"q": Settlement("level-3", "Why.")}))

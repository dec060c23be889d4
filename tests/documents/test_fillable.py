"""The fillable form: everything that the paper form asks, in fields, for everybody to read and fill in."""

from __future__ import annotations

import io

import pikepdf
import pytest

from a2p.documents.blank import BlankOptions, blank_form, blank_html
from a2p.documents.fillable import fillable_form
from tests.documents.pdf import findings_of, marks_outside, pages_of, tags_of, text_of
from tests.exchange.filling import EVERY_TYPE

LARGE = ("blank.css", "large.css", "blank_large.css", "fillable.css", "fillable_large.css")


@pytest.fixture(scope="module", params=[False, True], ids=["ordinary", "large print"])
def made(request: pytest.FixtureRequest) -> bytes:
    return fillable_form(EVERY_TYPE, BlankOptions(large_print=request.param))


def test_the_checker_has_no_findings(made: bytes) -> None:
    assert findings_of(made) == []


def test_it_asks_what_the_paper_form_asks_but_for_the_coordinators_sheet(made: bytes) -> None:
    text = text_of(made)
    for asked in (question for section in EVERY_TYPE.sections for question in section.questions):
        assert (asked.ask in text) == (asked.id != "members")
    paper = text_of(blank_form(EVERY_TYPE))
    for words in (
        "For councillors only.",
        "never “secret”",
        "Not applicable, because",
        "Answer this only if you chose",
    ):
        assert (words in text, words in paper) == (True, True)


def test_every_field_is_in_the_order_of_reading(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as document:
        boxes = [
            box
            for page in document.pages
            for box in page.get("/Annots", pikepdf.Array())
            if not int(box.F) & 2  # the mark is hidden
        ]
        assert tags_of(made).count("Form") == len(boxes)
        names = [str(box.T if "/T" in box else box.Parent.T) for box in boxes]
    order = list(dict.fromkeys(names))
    wanted = [
        "organisation",
        "sector",
        "councillor",
        "return-to",
        "return-by",
        "a-first",
        "r-first",
        "c-first",
        "a-pick",
    ]
    assert order[: len(wanted)] == wanted


def test_the_same_definition_gives_the_same_bytes_and_another_round_other_ones(made: bytes) -> None:
    large = "2 of" in pages_of(made)[1] and len(pages_of(made)) > 5
    assert fillable_form(EVERY_TYPE, BlankOptions(large_print=large)) == made
    assert fillable_form(EVERY_TYPE, BlankOptions(large_print=large), round_id=3) != made


@pytest.mark.parametrize("large", [False, True])
def test_nothing_leaves_the_column(large: bool) -> None:
    html = blank_html(EVERY_TYPE, BlankOptions(large_print=large), fillable=True)
    assert marks_outside(html, LARGE if large else ("blank.css", "fillable.css")) == []


def test_every_box_lies_in_the_column(made: bytes) -> None:
    margin, width = 18 / 25.4 * 72, 210 / 25.4 * 72
    with pikepdf.open(io.BytesIO(made)) as document:
        for page in document.pages:
            for box in page.get("/Annots", pikepdf.Array()):
                left, bottom, right, top = (float(edge) for edge in box.Rect)
                hidden = int(box.F) & 2
                assert hidden or margin - 1 <= left < right <= width - margin + 1
                assert hidden or 40 <= bottom < top

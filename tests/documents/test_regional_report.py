"""The regional report and its charts, as PDF and HTML."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from functools import cache
from html import unescape

import pypdf
import pytest

from a2p.documents.making import make
from a2p.documents.order import HTML, NoSuchOrder, Order
from a2p.documents.regional import CHART_SHEETS, LARGE_SHEETS, SHEETS
from a2p.documents.regional_material import Place, RegionalMaterial, TakeUp, Theme
from a2p.documents.regional_page import charts_document, regional_document
from a2p.documents.words import whole
from tests.builders import definition, section
from tests.documents.pdf import (
    alternatives_of,
    collisions,
    findings_of,
    laid_out,
    letters,
    marks_outside,
    pages_of,
    tables_of,
    tags_of,
    text_of,
)
from tests.documents.pseudo import longer
from tests.documents.regions import places, region, result, snapshot_of

NAMED = Order("regional-report", names=True)
PLAIN = Order("regional-report")
CHARTS = Order("regional-charts")
LARGE = Order("regional-report", names=True, large_print=True)


def small() -> RegionalMaterial:
    return region(30, ("aspire",))


@cache
def made(order: Order) -> bytes:
    return make(small(), order)


@cache
def page(order: Order) -> str:
    return make(small(), replace(order, format=HTML)).decode()


every = pytest.mark.parametrize("order", [NAMED, PLAIN, LARGE, CHARTS], ids=["named", "plain", "large", "charts"])


@every
def test_the_checker_has_no_findings(order: Order) -> None:
    assert findings_of(made(order)) == []


@pytest.mark.parametrize("order", [PLAIN, CHARTS])
def test_the_same_inputs_give_the_same_bytes(order: Order) -> None:
    assert make(small(), order) == made(order)


@every
def test_every_table_has_headers_and_every_figure_its_words(order: Order) -> None:
    assert all("TH" in tags for tags in tables_of(made(order)))
    assert alternatives_of(made(order))
    assert all(alternatives_of(made(order)))


@every
def test_headings_never_skip_a_level(order: Order) -> None:
    levels = [int(tag[1]) for tag in tags_of(made(order)) if tag in {"H1", "H2", "H3", "H4"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_it_has_a_title_a_language_and_bookmarks() -> None:
    reader = pypdf.PdfReader(io.BytesIO(made(NAMED)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Regional report: East of England, Spring 2026"
    assert str(reader.root_object["/Lang"]) == "en-GB"
    marks = [item.title for item in reader.outline if not isinstance(item, list)]
    assert {"Contents", "The region on one page", "Aspire, partners answered apart"} <= set(marks)


def test_each_page_names_the_region_the_snapshot_and_the_hash() -> None:
    digest = small().digest(PLAIN)[:8]
    for sheet in pages_of(made(PLAIN))[1:]:
        assert "East of England" in sheet
        assert f"Spring 2026 · made 4 May 2026 · {digest}" in sheet


def test_its_numbers_are_those_of_the_snapshot() -> None:
    text = text_of(made(PLAIN))
    for group in small().snapshot.pictures[0].groups:
        for cell in group.sections:
            if cell.figures and cell.figures.quartiles:
                low, high = map(whole, cell.figures.quartiles)
                assert f"{whole(cell.figures.median)} {low}–{high}" in text


def test_without_names_no_partnership_is_named_by_a_score_or_in_words() -> None:
    said = [page(PLAIN), text_of(made(PLAIN)), page(CHARTS), text_of(made(CHARTS))]
    for row in small().take_up:
        if row.place.kind != "county":
            assert not any(row.place.name in text for text in said)
    assert not any("poor at deciding" in text for text in said)
    assert "poor at deciding" in page(NAMED)


def test_with_names_it_says_that_it_is_not_to_be_passed_on() -> None:
    assert "not to be passed on" in pages_of(made(NAMED))[0]
    assert "not to be passed on" not in pages_of(made(PLAIN))[0]


def rows_of(said: str, title: str) -> list[str]:
    """The row headers of the table by name under a heading that begins so."""
    table = said.split('id="by-name"', 1)[1].split(f"<h3>{title}", 1)[1].split("</table>", 1)[0]
    return re.findall(r'<th scope="row(?:group)?"[^>]*>([^<]*)', table.split("</thead>", 1)[1])


def test_partnerships_stand_by_county_and_name_and_never_by_score() -> None:
    listed = rows_of(page(NAMED), "Aspire")
    table = small().named[0]
    areas = sorted({row.place.area for row in table.rows})
    expected: list[str] = []
    for area in areas:
        ours = sorted(row.place.name for row in table.rows if row.place.area == area)
        own = [name for name in ours if name == area]
        expected += ours if ours == own else [area, *own, *(name for name in ours if name != area)]
    assert listed == expected


def test_a_long_table_by_name_repeats_its_header_on_every_page() -> None:
    pages = [
        page for page in pages_of(make(region(60, ("aspire",)), NAMED)) if "Together" in page and "Purpose" in page
    ]
    assert len(pages) >= 2


def test_what_is_withheld_is_said_with_its_reason() -> None:
    asked = definition(section("purpose"))
    few = places(9)
    counted = [result(place, asked, n, {"purpose": 40}) for n, place in enumerate(few[:4], start=1)]
    snapshot = snapshot_of(counted, {"sample": asked}, {place.id: place.name for place in few}, 9)
    said = make(RegionalMaterial(snapshot), Order("regional-report", HTML)).decode()
    assert "Too few partnerships for a picture" in said
    assert "Not shown: fewer than five partnerships" in said
    assert "4 partnerships are counted" in said


def test_an_empty_snapshot_is_a_report_that_says_so() -> None:
    bare = RegionalMaterial(snapshot_of([], {}, {}, 0))
    assert "Nothing is counted" in text_of(make(bare, PLAIN))
    assert findings_of(make(bare, CHARTS)) == []


def test_texts_of_partnerships_are_never_markup() -> None:
    odd = "<script>alert(1)</script> {{ 7*7 }} & 😀"
    place = Place(odd, "unitary", odd)
    material = replace(small(), themes=(Theme(place, odd, odd),), take_up=(TakeUp(place, ("open",)),))
    said = make(material, Order("regional-report", HTML, names=True)).decode()
    assert "<script>" not in said
    assert "{{ 7*7 }}" in said


def test_html_and_pdf_say_the_same() -> None:
    pdf = re.sub(r"\W", "", text_of(made(NAMED)))
    for said in re.findall(r"<(?:h2|h3|th|li)[^>]*>([^<]{12,})<", page(NAMED)):
        assert re.sub(r"\W", "", unescape(said)) in pdf


LONG = Place(
    longer("Great Fenland Strategic Partnership of the Upper Valleys"), "district", longer("Great Fenlandshire")
)


def with_long_names() -> RegionalMaterial:
    material = small()
    rows = tuple(replace(row, place=replace(LONG, kind=row.place.kind)) for row in material.take_up)
    tables = tuple(
        replace(
            table,
            rows=tuple(replace(row, place=LONG) for row in table.rows),
            sections=tuple(map(longer, table.sections)),
        )
        for table in material.named
    )
    picture = material.snapshot.pictures[0]
    titled = tuple(each.model_copy(update={"title": longer(each.title)}) for each in picture.sections)
    snapshot = material.snapshot.model_copy(
        update={"pictures": (picture.model_copy(update={"sections": titled}),), "region": longer("East of England")}
    )
    return replace(material, snapshot=snapshot, take_up=rows, named=tables)


@pytest.mark.parametrize(
    ("order", "sheets", "least"), [(NAMED, SHEETS, 8), (LARGE, LARGE_SHEETS, 16)], ids=["ordinary", "large"]
)
def test_nothing_leaves_its_page_or_stands_on_its_neighbour(
    order: Order, sheets: tuple[str, ...], least: float
) -> None:
    whole_page = regional_document(with_long_names(), order)
    assert marks_outside(whole_page, sheets) == []
    document = laid_out(whole_page, sheets)
    assert collisions(document) == []
    assert [text for text, size in letters(document) if size < least - 0.01] == []


def test_slides_hold_what_is_on_them_in_letters_of_18_points() -> None:
    document = laid_out(charts_document(with_long_names(), CHARTS), CHART_SHEETS)
    assert collisions(document, frozenset({"slide"})) == []
    assert [text for text, size in letters(document) if size < 17.99] == []


def test_orders_of_a_snapshot_heed_their_own_options_only() -> None:
    assert NAMED.file_name == "regional-report-with-names.pdf"
    assert LARGE.file_name == "regional-report-with-names-large-print.pdf"
    with pytest.raises(NoSuchOrder):
        Order("regional-charts", names=True)
    with pytest.raises(NoSuchOrder):
        Order("regional-report", comments=False)


def test_the_hash_covers_names_only_where_they_are_printed() -> None:
    fewer = replace(small(), named=(), themes=())
    assert fewer.digest(PLAIN) == small().digest(PLAIN)
    assert fewer.digest(NAMED) != small().digest(NAMED)

"""Looking into a PDF: its text, its tags, the sizes of its letters, and what a checker finds."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any

import page
import pikepdf
import pypdf
import weasyprint
from weasyprint.formatting_structure.boxes import Box, ReplacedBox

from a2p.documents import render


def text_of(pdf: bytes) -> str:
    """All text, with runs of white space as one space."""
    return " ".join(" ".join(pages_of(pdf)).split())


def pages_of(pdf: bytes) -> list[str]:
    return [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def tags_of(pdf: bytes) -> list[str]:
    """The type of every structure element, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(element.S)[1:] for element in _walk(document.Root.StructTreeRoot)]


def tables_of(pdf: bytes) -> list[list[str]]:
    """The types of the elements inside each table."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tables = [element for element in _walk(document.Root.StructTreeRoot) if element.S == "/Table"]
        return [[str(part.S)[1:] for part in _walk(table)] for table in tables]


def alternatives_of(pdf: bytes) -> list[str]:
    """The alternative text of every figure; empty where it has none."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(e.get("/Alt", "")) for e in _walk(document.Root.StructTreeRoot) if e.S == "/Figure"]


def fonts_of(pdf: bytes) -> set[str]:
    """The names of all fonts."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {str(o.BaseFont) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}


def _walk(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    children: Any = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _walk(child)


def findings_of(pdf: bytes) -> list[str]:
    """What the PDF/UA-1 checker has to say; empty if nothing."""
    return [failure.message for failure in page.validate_pdf_bytes(pdf, profile="ua1").failures]


def smallest_letters(pdf: bytes) -> float:
    """The smallest letters of all pages, in points, from the text matrices of their content streams."""
    smallest = 1000.0
    reader = pypdf.PdfReader(io.BytesIO(pdf))

    def look(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        nonlocal smallest
        if text.strip():
            smallest = min(smallest, abs(size * tm[3] * cm[3]))

    for sheet in reader.pages:
        sheet.extract_text(visitor_text=look)
    return smallest


def laid_out(html: str, sheets: tuple[str, ...]) -> weasyprint.Document:
    """The document's pages with all their boxes."""
    return weasyprint.HTML(string=render._printable(html), url_fetcher=render.RefuseAll()).render(
        stylesheets=render.sheets_of(sheets), font_config=render.fonts()
    )


def words_on(document: weasyprint.Document) -> list[list[str]]:
    """The lines of text on each page, heads and feet among them."""
    return [
        [part.text for part in sheet._page_box.descendants(placeholders=True) if getattr(part, "text", "")]
        for sheet in document.pages
    ]


def letters(document: weasyprint.Document) -> Iterator[tuple[str, float]]:
    """Every text outside charts with the size of its letters in points."""
    for sheet in document.pages:
        for part in sheet._page_box.descendants(placeholders=True):
            if getattr(part, "text", "").strip():
                yield part.text, part.style["font_size"] * 0.75


def collisions(document: weasyprint.Document, frames: frozenset[str] = frozenset()) -> list[str]:
    """Texts and charts that leave the page or stand on one another, and parts that leave their frame or its neighbour.

    `frames` are the classes of elements of a fixed size, such as a card, whose parts have room of their own each.
    """
    found: list[str] = []
    for number, sheet in enumerate(document.pages, start=1):
        box = sheet._page_box
        paper = (0.0, 0.0, box.margin_width(), box.margin_height())
        marks = [(_name(part), _extent(part)) for part in box.descendants(placeholders=True) if _is_mark(part)]
        found += [f"{number}: {name} leaves the page" for name, at in marks if not _inside(at, paper)]
        found += [f"{number}: {a} on {b}" for a, b in _overlapping(marks)]
        for frame in (part for part in box.descendants(placeholders=True) if frames & _classes(part)):
            room = _extent(frame)
            held = [(_name(part), _extent(part)) for part in frame.children]
            inner = [(_name(part), _extent(part)) for part in frame.descendants(placeholders=True) if _is_mark(part)]
            found += [f"{number}: {name} leaves its frame" for name, at in held + inner if not _inside(at, room)]
            found += [f"{number}: {a} over {b}" for a, b in _overlapping(held)]
    return found


_Extent = tuple[float, float, float, float]
_SLACK = 1.0  # CSS pixels


def _is_mark(part: Box) -> bool:
    return bool(getattr(part, "text", "").strip()) or isinstance(part, ReplacedBox)


def _classes(part: Box) -> set[str]:
    element = getattr(part, "element", None)
    whole = part.element_tag and not part.element_tag.endswith(("::before", "::after", "::marker"))
    return set(element.get("class", "").split()) if element is not None and whole else set()


def _name(part: Box) -> str:
    return getattr(part, "text", "").strip() or f"{part.element_tag} {' '.join(sorted(_classes(part)))}"


def _extent(part: Box) -> _Extent:
    """Left, top, right and bottom; of a text a little less than its line, for letters reach neither edge of it."""
    if getattr(part, "text", ""):
        trim = part.height * 0.14
        return (
            part.position_x,
            part.position_y + trim,
            part.position_x + part.width,
            part.position_y + part.height - trim,
        )
    left, top = part.border_box_x(), part.border_box_y()
    return left, top, left + part.border_width(), top + part.border_height()


def _inside(inner: _Extent, outer: _Extent) -> bool:
    left, top = inner[0] - outer[0], inner[1] - outer[1]
    right, bottom = outer[2] - inner[2], outer[3] - inner[3]
    return min(left, top, right, bottom) >= -_SLACK


def _overlapping(marks: list[tuple[str, _Extent]]) -> Iterator[tuple[str, str]]:
    for (name, one), (other_name, other) in itertools.combinations(marks, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        if across > _SLACK and down > _SLACK:
            yield name, other_name


def marks_outside(html: str, sheets: tuple[str, ...]) -> list[str]:
    """Texts and charts that leave the column between the margins of 18 mm; the cover, which has none, is left out."""
    found: list[str] = []
    for sheet in laid_out(html, sheets).pages:
        box = sheet._page_box
        if box.margin_left == 0:
            continue
        left, right = box.margin_left - 1, box.margin_left + box.width + 1
        for part in box.descendants():
            text = getattr(part, "text", "").strip()
            if (
                text or isinstance(part, ReplacedBox)
            ) and not left <= part.position_x <= part.position_x + part.width <= right:
                found.append(text or "a chart")
    return found

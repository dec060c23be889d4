"""Looking into a PDF: its text, its tags, the sizes of its letters, and what a checker finds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import page
import pikepdf
import pypdf
import weasyprint
from weasyprint.formatting_structure.boxes import ReplacedBox

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


def marks_outside(html: str, sheets: tuple[str, ...]) -> list[str]:
    """Texts and charts that leave the column between the margins of 18 mm; the cover, which has none, is left out."""
    laid_out = weasyprint.HTML(string=render._printable(html), url_fetcher=render.RefuseAll()).render(
        stylesheets=render.sheets_of(sheets), font_config=render.fonts()
    )
    found: list[str] = []
    for sheet in laid_out.pages:
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

"""Filling in a form as different programs do: by two PDF libraries, and by a third one that clicks and types."""

from __future__ import annotations

import ctypes
import io
import warnings
from collections.abc import Callable, Mapping

import pikepdf
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf.form import CheckboxField, DefaultAppearanceStreamGenerator, Form, RadioButtonGroup, TextField

from a2p.definition.model import Questionnaire
from a2p.exchange import pdf_fields
from a2p.exchange.filled_form import Filled, filled_form
from a2p.exchange.pdf_form import RawForm, _raw
from tests.builders import definition, options, question, scale_question, section

Filler = Callable[[bytes, Mapping[str, str]], bytes]

EVERY_TYPE = definition(
    section(
        "a",
        scale_question("first", not_applicable=True, help="Think of last year."),
        question("pick", "choice", show_if={"first": ["level-3", "level-4"]}),
        question("many", "choices", options=options("red", "green", "blue"), not_applicable=True),
        question("count", "number", min=1, max=40_000, unit="people"),
        question("when", "date"),
        question("why"),
    ),
    section("wards", scale_question("heard", levels=2), answered_by=["councillors"]),
    section("bodies", scale_question("sat", levels=11), answered_by=["partners"]),
    section("facts", question("members", "number", min=0), answered_by=["coordinator"]),
)
"""A question of every type, with all that it may offer; parts for councillors, for others and for the coordinator."""


def by_pypdf(form: bytes, filled: Mapping[str, str]) -> bytes:
    """Filled in by pypdf. A tick is its value, a text what is written."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(form))
    buttons = {name for name, field in (writer.get_fields() or {}).items() if field.get("/FT") == "/Btn"}
    values: dict[str, str | list[str] | tuple[str, str, float]] = {
        name: f"/{value}" if name in buttons else value for name, value in filled.items()
    }
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, values, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_pikepdf(form: bytes, filled: Mapping[str, str]) -> bytes:
    """Filled in by pikepdf."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(form)) as document:
        fields = Form(document, DefaultAppearanceStreamGenerator)
        for name, value in filled.items():
            field = fields[name]
            if isinstance(field, RadioButtonGroup):
                field.value = pikepdf.Name(f"/{value}")
            elif isinstance(field, CheckboxField):
                field.checked = True
            elif isinstance(field, TextField):
                field.value = value
        document.save(out)
    return out.getvalue()


def by_hand(form: bytes, filled: Mapping[str, str]) -> bytes:
    """Filled in by clicking and typing in PDFium, the program that shows PDF files in Chromium."""
    document = pypdfium2.PdfDocument(form)
    document.init_forms()
    shown = document.formenv.raw
    pages = list(document)
    for number, name, value, (left, bottom, right, top) in _boxes(form):
        if name not in filled or (value and value != filled[name]):
            continue
        page = pages[number].raw
        x, y = (left + right) / 2, (bottom + top) / 2
        pdfium.FORM_OnMouseMove(shown, page, 0, x, y)
        pdfium.FORM_OnLButtonDown(shown, page, 0, x, y)
        pdfium.FORM_OnLButtonUp(shown, page, 0, x, y)
        if not value:
            text = (filled[name] + "\0").encode("utf-16-le")
            typed = ctypes.cast(ctypes.create_string_buffer(text), pdfium.FPDF_WIDESTRING)
            pdfium.FORM_ReplaceSelection(shown, page, typed)
        pdfium.FORM_ForceToKillFocus(shown)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _boxes(form: bytes) -> list[tuple[int, str, str, tuple[float, float, float, float]]]:
    """Every box that is shown: its page, its field, the value of its tick ("" where one writes), its rectangle."""
    found = []
    with pikepdf.open(io.BytesIO(form)) as document:
        for number, page in enumerate(document.pages):
            for box in page.get("/Annots", pikepdf.Array()):
                if box.get("/Subtype") != pikepdf.Name.Widget or int(box.F) & 2:
                    continue
                name = str(box.T if "/T" in box else box.Parent.T)
                states = [str(key)[1:] for key in box.AP.N if key != "/Off"] if "/AP" in box else [""]
                left, bottom, right, top = (float(edge) for edge in box.Rect)
                found.append((number, name, states[0], (left, bottom, right, top)))
    return found


def changed(form: bytes, change: Callable[[pikepdf.Pdf, dict[str, pikepdf.Object]], None]) -> bytes:
    """The form after a change to its fields, by name."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(form)) as document, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says what is wrong with some of these, and they are to be
        change(document, {str(field.T): field for field in document.Root.AcroForm.Fields})
        document.save(out)
    return out.getvalue()


def read_here(form: bytes) -> RawForm:
    """The fields, read in this process: for what is ours, and quicker than `read_form`."""
    return _raw(pdf_fields.read(form))


def said(form: bytes, asked: Questionnaire) -> Filled:
    """What a filled form says."""
    return filled_form(read_here(form), asked)

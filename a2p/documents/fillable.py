"""The fillable form of a questionnaire: the paper form with fields, and a mark by which a filled copy is recognised.

WeasyPrint makes a widget of each input; here they become fields that every program can fill in. All come as boxes, also
those for text: WeasyPrint would embed its whole font for a text field, which screen readers' checkers refuse.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from a2p.definition.canonical import sha256
from a2p.definition.form_fields import (
    COUNCILLOR,
    LONGEST_LINE,
    MARK,
    ORGANISATION,
    SECTOR,
    FormMark,
    fields_of,
    part_of,
    partners_questions,
)
from a2p.definition.model import Questionnaire
from a2p.definition.numbering import question_numbers
from a2p.documents import render
from a2p.documents.blank import BlankOptions, blank_html
from a2p.documents.field_font import field_font
from a2p.documents.language import gettext, in_its_language

HIDDEN, PRINTED = 2, 4
READ_ONLY, MULTILINE, RADIO = 1, 1 << 12, 1 << 15
_INK = "0.09 0.145 0.165 rg"
_ARC = 0.5523  # of the radius: how far a circle's control points lie from its quarters


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of a field beside its own name: a whole question for a group of radios; how long a text may be."""

    groups: dict[str, str]
    longest: dict[str, int]


@in_its_language
def fillable_form(
    definition: Questionnaire, options: BlankOptions | None = None, *, round_id: int = 0, site: str = ""
) -> bytes:
    """The form as PDF, made for one round of the installation with the mark `site` or, where `round_id` is 0, for any
    that asks this version. The same definition and options give the same bytes."""
    options = options or BlankOptions()
    large = ("large.css", "blank_large.css") if options.large_print else ()
    large_fields = ("fillable_large.css",) if options.large_print else ()
    html = blank_html(definition, options, fillable=True)
    made = render.pdf(html, sheets=("blank.css", *large, "fillable.css", *large_fields), forms=True)
    mark = FormMark(definition.questionnaire, definition.version, sha256(definition), round_id, site)
    return _with_fields(made, _said(definition), str(mark), 14 if options.large_print else 10)


def _said(definition: Questionnaire) -> _Said:
    numbers = question_numbers(definition)
    groups = {SECTOR: gettext("Your organisation’s sector"), COUNCILLOR: gettext("Do you answer as a councillor?")}
    longest = {ORGANISATION: LONGEST_LINE, "return-to": LONGEST_LINE, "return-by": LONGEST_LINE}
    for asked in partners_questions(definition):
        groups[part_of(asked, "a")] = gettext("Question %(number)s: %(ask)s", number=numbers[asked.id], ask=asked.ask)
        longest |= {each.name: each.longest for each in fields_of(definition, asked) if each.kind == "text"}
    return _Said(groups, longest)


def _with_fields(made: bytes, said: _Said, mark: str, size: int) -> bytes:
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as document:
        form = document.Root.AcroForm
        form.DR = Dictionary(Font=Dictionary(Arimo=field_font(document)))
        form.DA = String(f"/Arimo {size} Tf {_INK}")
        # asked to draw all anew, some programs draw the ticks away
        del form.NeedAppearances
        form.Fields = Array()
        groups: dict[str, Dictionary] = {}
        for widget in list(_widgets(document)):
            _straighten(widget)
            name = str(widget.T)
            if "/Parent" in widget:
                _join(document, groups, widget, said)
            elif name in said.longest:
                _as_text(widget, said.longest[name], form.DA)
                form.Fields.append(widget)
            else:
                _as_box(document, widget, name.rpartition("_")[2])
                form.Fields.append(widget)
        _put_mark(document, mark)
        document.save(whole, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return whole.getvalue()


def _widgets(document: Pdf) -> Iterator[Dictionary]:
    for page in document.pages:
        for annotation in page.get("/Annots", Array()):
            if isinstance(annotation, Dictionary) and annotation.get("/Subtype") == Name.Widget:
                yield annotation


def _straighten(widget: Dictionary) -> None:
    """The rectangle from its lower left to its upper right corner, and no border but that of the page."""
    left, top, right, bottom = (float(edge) for edge in widget.Rect)
    widget.Rect = Array([left, min(top, bottom), right, max(top, bottom)])
    widget.F = PRINTED
    widget.Border = Array([0, 0, 0])
    if "/MK" in widget:
        del widget.MK


def _join(document: Pdf, groups: dict[str, Dictionary], widget: Dictionary, said: _Said) -> None:
    """One group for all radios of a name, over pages too; each is known by its value, not by its place."""
    old = widget.Parent
    name = str(widget.T)
    # WeasyPrint numbers the radios of a page and keeps their values beside them
    place = next(int(str(key)[1:]) for key in widget.AP.N)
    value = str(old.Opt[place])
    group = groups.get(name)
    if group is None:
        group = groups[name] = document.make_indirect(
            Dictionary(FT=Name.Btn, Ff=RADIO, T=String(name), TU=String(said.groups[name]), V=Name.Off, Kids=Array())
        )
        document.Root.AcroForm.Fields.append(group)
    _as_box(document, widget, value, dot=True)
    for key in ("/T", "/FT", "/V"):
        if key in widget:
            del widget[key]
    widget.Parent = group
    group.Kids.append(widget)


def _as_box(document: Pdf, widget: Dictionary, value: str, *, dot: bool = False) -> None:
    """A box that is ticked by its value."""
    left, bottom, right, top = (float(edge) for edge in widget.Rect)
    width, height = right - left, top - bottom
    drawn = _dot(width, height) if dot else _cross(width, height)
    widget.AP = Dictionary(
        N=Dictionary({f"/{value}": _picture(document, width, height, drawn), "/Off": _picture(document, width, height)})
    )
    widget.AS = Name.Off
    if not dot:
        widget.V = Name.Off


def _picture(document: Pdf, width: float, height: float, drawn: str = "") -> pikepdf.Object:
    stream = document.make_stream(f"q {_INK} {drawn} Q".encode() if drawn else b"")
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, width, height])
    return document.make_indirect(stream)


def _dot(width: float, height: float) -> str:
    x, y, r = width / 2, height / 2, min(width, height) * 0.27
    arc = r * _ARC
    quarters = (
        (x + r, y + arc, x + arc, y + r, x, y + r),
        (x - arc, y + r, x - r, y + arc, x - r, y),
        (x - r, y - arc, x - arc, y - r, x, y - r),
        (x + arc, y - r, x + r, y - arc, x + r, y),
    )
    curves = " ".join(" ".join(f"{each:.3f}" for each in quarter) + " c" for quarter in quarters)
    return f"{x + r:.3f} {y:.3f} m {curves} f"


def _cross(width: float, height: float) -> str:
    near, far = 0.24, 0.76
    line = f"{min(width, height) * 0.14:.3f} w {_INK.replace('rg', 'RG')}"
    one = f"{width * near:.3f} {height * near:.3f} m {width * far:.3f} {height * far:.3f} l S"
    other = f"{width * near:.3f} {height * far:.3f} m {width * far:.3f} {height * near:.3f} l S"
    return f"{line} {one} {other}"


def _as_text(widget: Dictionary, longest: int, appearance: pikepdf.Object) -> None:
    """A box to write in; one that takes more than a line is told by its height."""
    for key in ("/AP", "/AS"):
        if key in widget:
            del widget[key]
    widget.FT, widget.V, widget.DA, widget.MaxLen = Name.Tx, String(""), appearance, longest
    left, bottom, right, top = (float(edge) for edge in widget.Rect)
    widget.Rect = Array([left + 2.5, bottom + 1, right - 2.5, top - 1])
    if top - bottom > 30:
        widget.Ff = MULTILINE


def _put_mark(document: Pdf, mark: str) -> None:
    """The mark in the document's properties, and in a hidden field that programs keep when they write the file anew."""
    document.docinfo["/A2PForm"] = String(mark)
    page = document.pages[0]
    hidden = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String(MARK),
            TU=String(gettext("Which form this is")),
            V=String(mark),
            DV=String(mark),
            Ff=READ_ONLY,
            F=HIDDEN,
            Rect=Array([0, 0, 0, 0]),
            P=page.obj,
        )
    )
    if "/Annots" not in page:
        page.Annots = Array()
    page.Annots.append(hidden)
    document.Root.AcroForm.Fields.append(hidden)

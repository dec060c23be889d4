"""Word files: headings, paragraphs, lists and tables on the styles of one blank document, as bytes that never vary.

Texts go in as plain runs: they are no fields, no markup and no formulas.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Emu, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from a2p.documents.docx_blank import LONG, MARGIN, SHORT, SMALL, blank
from a2p.documents.language import gettext
from a2p.documents.templating import printable, prose
from a2p.documents.words import language_tag

_EPOCH = (1980, 1, 1, 0, 0, 0)
_GAP = Pt(8)
_UNKNOWN_DAY = date(2000, 1, 1)
# Characters of private use that hold the places of fields in a sentence.
_PLACES = {"page": "\ue000", "pages": "\ue001"}
_FIELDS = {_PLACES["page"]: "PAGE", _PLACES["pages"]: "NUMPAGES"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a file is called, its language, what every page says at its head and foot, its day, and how it is laid
    out."""

    title: str
    language: str
    head: str
    foot: str
    day: date | None
    large: bool = False
    landscape: bool = False


class WordFile:
    """A Word document that is written from its top to its end."""

    def __init__(self, frame: Frame) -> None:
        self._document = docx.Document(io.BytesIO(blank(language_tag(frame.language), large=frame.large)))
        self._large = frame.large
        self._after_table = False
        self._room = (LONG if frame.landscape else SHORT) - 2 * MARGIN
        self._properties(frame)
        self._page(frame)

    def heading(self, text: str, level: int) -> None:
        """A heading of level 1 to 3."""
        self._document.add_paragraph(_line(text), style=f"Heading {level}")
        self._after_table = False

    def paragraph(self, text: str, *, lead: str = "") -> None:
        """A paragraph; `lead` stands before it in bold."""
        made = self._document.add_paragraph()
        if self._after_table:
            made.paragraph_format.space_before = _GAP
        self._after_table = False
        if lead:
            made.add_run(_line(lead) + (" " if text else "")).bold = True
        if text:
            made.add_run(_line(text))

    def prose(self, text: str) -> None:
        """Somebody's text: paragraphs, and lists where lines begin with `- `."""
        for part in prose(text):
            if part.items:
                self.bullets(part.items)
            else:
                self.paragraph(part.text)

    def bullets(self, items: Sequence[str]) -> None:
        """A list."""
        for item in items:
            self._document.add_paragraph(_line(item), style="List Bullet")
            self._after_table = False

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A table whose header row is repeated on every page; `widths` are the columns' shares of the line. Without
        a `head`, the first cell of each row is its header."""
        made = self._document.add_table(rows=0, cols=len(widths), style="Table Grid")
        made.autofit = False
        wide = [Emu(int(self._room * width / sum(widths))) for width in widths]
        for column, width in zip(made.columns, wide, strict=True):
            column.width = width
        for index, cells in enumerate([head, *rows] if head else rows):
            is_head = bool(head) and index == 0
            row = made.add_row()
            self._mark(row, head=is_head)
            for k, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = wide[k]
                self._fill(cell, text, bold=is_head or (k == 0 and not head))
        _look(made, has_head=bool(head))
        self._after_table = True

    def to_bytes(self) -> bytes:
        """The whole file. The same calls give the same bytes."""
        if self._after_table:  # Word wants a paragraph after the last table
            self.paragraph("")
        out = io.BytesIO()
        self._document.save(out)
        return _timeless(out.getvalue())

    def _fill(self, cell: _Cell, text: str, *, bold: bool) -> None:
        for k, line in enumerate(printable(text).split("\n")):
            paragraph = cell.paragraphs[0] if k == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(line)
            run.bold = bold or None
            run.font.size = Pt(SMALL[self._large])

    def _mark(self, row: _Row, *, head: bool) -> None:
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no other way
        properties.append(OxmlElement("w:cantSplit"))
        if head:
            properties.append(OxmlElement("w:tblHeader"))

    def _properties(self, frame: Frame) -> None:
        known = self._document.core_properties
        day = frame.day or _UNKNOWN_DAY
        moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - Word takes it as UTC
        known.title = printable(frame.title)[:255]
        known.created = known.modified = moment

    def _page(self, frame: Frame) -> None:
        section = self._document.sections[0]
        if frame.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = LONG, SHORT
        section.header.paragraphs[0].add_run(_line(frame.head))
        foot = section.footer.paragraphs[0]
        first, *rest = re.split(f"([{''.join(_FIELDS)}])", gettext("Page %(page)s of %(pages)s", **_PLACES))
        foot.add_run(f"{_line(frame.foot)} · {first}")
        for part in rest:
            if part in _FIELDS:
                _field(foot, _FIELDS[part])
            elif part:
                foot.add_run(part)


def _look(table: Table, *, has_head: bool) -> None:
    """Which rows and columns are headers, for those who hear the table read."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - the library has no other way
    if look is not None:
        look.attrib.clear()
        look.set(qn("w:val"), "0020" if has_head else "0080")
        look.set(qn("w:firstRow"), "1" if has_head else "0")
        look.set(qn("w:firstColumn"), "0" if has_head else "1")


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - the library has no other way


def _line(text: str) -> str:
    """One line of text, as a plain run takes it."""
    return " ".join(printable(text).split())


def _timeless(made: bytes) -> bytes:
    """The same archive with one date on every part."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(made)) as given, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for name in given.namelist():
            part = ZipInfo(name, _EPOCH)
            part.compress_type, part.external_attr = ZIP_DEFLATED, 0o600 << 16
            again.writestr(part, given.read(name))
    return out.getvalue()

"""The blank Word document that files are written into: A4, in a language, styles in ordinary and in large print.

It is made once in a process, so that making a file afterwards opens no other.
"""

from __future__ import annotations

import io
from functools import cache

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from a2p.documents.language import ENGLISH
from a2p.documents.words import language_tag

_INK, _SOFT = RGBColor(0x17, 0x25, 0x2A), RGBColor(0x4D, 0x5D, 0x63)
_FONT = "Arial"
SHORT, LONG, MARGIN = Mm(210), Mm(297), Mm(18)
# Sizes of text in points, in ordinary and in large print.
_SIZES = {"Normal": (11, 18), "Heading 1": (24, 32), "Heading 2": (16, 24), "Heading 3": (12.5, 20)}
SMALL = (9, 16)


def warm_up() -> None:
    """Make the blank documents now, rather than with the first file."""
    for large in (False, True):
        blank(language_tag(ENGLISH), large=large)


@cache
def blank(language: str, *, large: bool) -> bytes:
    """An empty A4 document with its styles, head and foot, in the language with this tag, such as `en-GB`."""
    made = docx.Document()
    _drop_thumbnail(made)
    for name, sizes in _SIZES.items():
        _style(made, name, sizes[large])
    for name in ("Header", "Footer"):
        _style(made, name, SMALL[large], colour=_SOFT)
    _style(made, "List Bullet", None)
    normal = made.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(6), 1.15
    for of_styles in made.styles.element.iter(qn("w:lang")):
        of_styles.set(qn("w:val"), language)
    for of_theme in made.settings.element.iter(qn("w:themeFontLang")):
        of_theme.set(qn("w:val"), language)
    section = made.sections[0]
    section.page_width, section.page_height = SHORT, LONG
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = Mm(22)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    known = made.core_properties
    known.author = known.last_modified_by = known.comments = known.keywords = known.subject = ""
    known.language, known.revision = language, 1
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _style(document: Document, name: str, size: float | None, *, colour: RGBColor = _INK) -> None:
    style = document.styles[name]
    style.font.name = _FONT
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), _FONT)
    style.font.color.rgb = colour
    if size:
        style.font.size = Pt(size)
    if name.startswith("Heading"):
        style.font.bold = True
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14), Pt(4)
        style.paragraph_format.keep_with_next = True


def _drop_thumbnail(document: Document) -> None:
    """The picture of an empty page that the library's own blank document brings."""
    related = document.part.package.rels
    for key in [key for key, each in related.items() if each.reltype.endswith("/thumbnail")]:
        del related[key]

"""Loading this module loads what every rendering needs: the PDF library, the fonts, the printed stylesheets and the
blank Word documents.

The process that others are started from imports it, so that they find it loaded.
"""

from __future__ import annotations

from a2p.documents import (
    blank,
    docx_blank,
    docx_plan,
    docx_record,
    docx_summary,
    field_font,
    fillable,
    making,
    material,
    own_copy,
    plan,
    record,
    regional,
    render,
    report,
    room,
)
from a2p.documents.pack import pdf as pack

__all__ = [
    "blank",
    "docx_plan",
    "docx_record",
    "docx_summary",
    "fillable",
    "making",
    "own_copy",
    "pack",
    "plan",
    "record",
    "regional",
    "report",
    "room",
]

_NOT_PRINTED = {"fonts.css", "preview.css"}

render.warm_up(
    sheet.name
    for sheet in render.ASSETS.glob("*.css")
    if sheet.name not in _NOT_PRINTED and not sheet.stem.endswith("screen")
)
field_font.warm_up()
docx_blank.warm_up()
material.program()

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
    making,
    material,
    own_copy,
    plan,
    record,
    render,
    report,
)

__all__ = ["blank", "docx_plan", "docx_record", "docx_summary", "making", "own_copy", "plan", "record", "report"]

_NOT_PRINTED = {"fonts.css", "preview.css", "screen.css", "record_screen.css"}

render.warm_up(sheet.name for sheet in render.ASSETS.glob("*.css") if sheet.name not in _NOT_PRINTED)
docx_blank.warm_up()
material.program()

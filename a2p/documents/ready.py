"""Loading this module loads what every rendering needs: the PDF library, the fonts and the printed stylesheets.

The process that others are started from imports it, so that they find it loaded.
"""

from __future__ import annotations

from a2p.documents import blank, field_font, fillable, making, own_copy, render, report, room
from a2p.documents.pack import pdf as pack

__all__ = ["blank", "fillable", "making", "own_copy", "pack", "report", "room"]

_NOT_PRINTED = {"fonts.css", "pack_screen.css", "preview.css", "room_screen.css", "screen.css"}

render.warm_up(sheet.name for sheet in render.ASSETS.glob("*.css") if sheet.name not in _NOT_PRINTED)
field_font.warm_up()

"""Loading this module loads what every rendering needs: the PDF library, the fonts and the printed stylesheets.

The process that others are started from imports it, so that they find it loaded.
"""

from __future__ import annotations

from a2p.documents import blank, field_font, fillable, making, own_copy, render, report

__all__ = ["blank", "fillable", "making", "own_copy", "report"]

_NOT_PRINTED = {"fonts.css", "preview.css", "screen.css"}

render.warm_up(sheet.name for sheet in render.ASSETS.glob("*.css") if sheet.name not in _NOT_PRINTED)
field_font.warm_up()

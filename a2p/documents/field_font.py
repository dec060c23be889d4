"""The font in which programs set what people write into a form's fields: simple enough for every one of them."""

from __future__ import annotations

import io
from functools import cache

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf

from a2p.documents.render import ASSETS

# Four codes that WinAnsi leaves free, for the Welsh letters that it has not.
_WELSH = {0x81: "Ŵ", 0x8D: "ŵ", 0x8F: "Ŷ", 0x90: "ŷ"}
_GLYPHS = {"Ŵ": "Wcircumflex", "ŵ": "wcircumflex", "Ŷ": "Ycircumflex", "ŷ": "ycircumflex"}


def field_font(document: Pdf) -> Object:
    """Arimo as a simple embedded font of one byte a letter: all that Western Europe writes, and Welsh."""
    program, widths, box = _font()
    stream = document.make_stream(program)
    stream.Length1 = len(program)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/AAAAAA+Arimo"),
        Flags=32,
        FontBBox=Array(box[:4]),
        ItalicAngle=0,
        Ascent=box[4],
        Descent=box[5],
        CapHeight=box[6],
        StemV=80,
        FontFile2=document.make_indirect(stream),
    )
    differences: list[object] = []
    for code, letter in _WELSH.items():
        differences += [code, Name(f"/{_GLYPHS[letter]}")]
    return document.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name("/AAAAAA+Arimo"),
            FirstChar=32,
            LastChar=255,
            Widths=Array(widths),
            FontDescriptor=document.make_indirect(descriptor),
            Encoding=Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(differences)),
        )
    )


def _letter(code: int) -> str:
    return _WELSH.get(code) or bytes([code]).decode("cp1252", errors="replace")


def warm_up() -> None:
    """Read and cut the font now, where files may still be opened."""
    _font()


@cache
def _font() -> tuple[bytes, tuple[int, ...], tuple[int, ...]]:
    """The font's file with those letters alone, the width of each code, and the box, ascent, descent and capitals."""
    letters = [_letter(code) for code in range(32, 256)]
    options = subset.Options(layout_features=[], notdef_outline=True, recalc_timestamp=False)
    with TTFont(ASSETS / "fonts" / "Arimo-Regular.ttf", recalcTimestamp=False) as font:
        whole = subset.Subsetter(options)
        whole.populate(text="".join(letters))
        whole.subset(font)
        out = io.BytesIO()
        font.save(out)
        scale = 1000 / font["head"].unitsPerEm
        known, metrics = font.getBestCmap(), font["hmtx"]
        widths = tuple(round(metrics[known.get(ord(each), ".notdef")][0] * scale) for each in letters)
        head, os2 = font["head"], font["OS/2"]
        box = (head.xMin, head.yMin, head.xMax, head.yMax, os2.sTypoAscender, os2.sTypoDescender, os2.sCapHeight)
    return out.getvalue(), widths, tuple(round(each * scale) for each in box)

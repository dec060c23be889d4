"""The workshop pack as tagged PDF."""

from __future__ import annotations

from a2p.documents import render
from a2p.documents.known import Known
from a2p.documents.pack.options import PackOptions
from a2p.documents.pack.page import pack_document
from a2p.scoring.disclosure import Disclosed

SHEETS = ("report.css", "pack.css")
LARGE_SHEETS = ("report.css", "large.css", "pack.css", "pack_large.css")


def workshop_pack(disclosed: Disclosed, options: PackOptions | None = None, known: Known | None = None) -> bytes:
    """The pack as PDF. The same inputs give the same bytes. ValueError for a topic that can't be one."""
    options = options or PackOptions()
    sheets = LARGE_SHEETS if options.large_print else SHEETS
    return render.pdf(pack_document(disclosed, options, known or Known()), sheets=sheets)

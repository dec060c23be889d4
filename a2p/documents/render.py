"""HTML to tagged PDF: the only module that imports WeasyPrint.

The font files and stylesheets of the package are all that a document can load; they are read once in a process. Use
processes, never threads, to render several documents at once: a font configuration shared by threads corrupts memory.
"""

from __future__ import annotations

import gc
import io
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pikepdf
import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

ASSETS = Path(__file__).parent / "assets"
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_FONTS = "fonts.css"
_BASE = ("palette.css", "print.css")


class RenderError(RuntimeError):
    """The renderer warned about something: a template or stylesheet is at fault, never what people wrote."""


class RefuseAll(URLFetcher):
    """For documents: whatever a text refers to, nothing is fetched."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        raise PermissionError(f"A document may load nothing, but asked for {url[:200]}")


class PackagedOnly(URLFetcher):
    """For our own stylesheets: the font files beside them and nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file"])
        self._allowed = {path.as_uri() for path in (ASSETS / "fonts").glob("*.ttf")}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url not in self._allowed:
            raise PermissionError(f"A stylesheet may load packaged fonts only, not {url[:200]}")
        return super().fetch(url, headers)


def pdf(html: str, *, sheets: tuple[str, ...] = (), forms: bool = False) -> bytes:
    """Render a whole HTML document as PDF/UA-1, with the base stylesheets and those of assets/ named by `sheets`.
    `forms` makes fields of its inputs.

    The same HTML gives the same bytes on every machine, because only packaged fonts are used: a character that none of
    them has is printed as U+FFFD. Raises RenderError where WeasyPrint would only warn.
    """
    with _no_garbage_collection(), _warnings_raised():
        document = weasyprint.HTML(string=_printable(html), url_fetcher=RefuseAll())
        made: bytes = document.write_pdf(
            stylesheets=sheets_of(sheets),
            font_config=fonts(),
            pdf_variant="pdf/ua-1",
            presentational_hints=False,
            pdf_forms=forms,
        )
    return _with_whole_maps(made) if _ARABIC.search(html) else made


def warm_up(sheets: Iterable[str]) -> None:
    """Load the fonts and these stylesheets now, rather than with the first document. Loading fonts writes to a folder
    of its own; what is made afterwards writes nothing."""
    _characters()
    sheets_of(tuple(sheets))


def _with_whole_maps(made: bytes) -> bytes:
    """The PDF with a text for every glyph. A dotted Arabic letter is two glyphs, and WeasyPrint leaves the second one
    without a text, which readers take for a broken map: it gets a zero-width space."""
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as document:
        for part in document.objects:
            if isinstance(part, pikepdf.Dictionary) and "/ToUnicode" in part:
                part.ToUnicode.write(part.ToUnicode.read_bytes().replace(b" <>\n", b" <200b>\n"))
        document.save(whole, deterministic_id=True)
    return whole.getvalue()


def _printable(html: str) -> str:
    missing = {ord(character): "\ufffd" for character in set(html) - _characters()}
    return html.translate(missing) if missing else html


@cache
def _characters() -> frozenset[str]:
    """What the packaged fonts can print, with the invisible characters that steer joining, direction and emoji."""
    found = set("\n\r\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f")
    found.update(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
    for path in sorted((ASSETS / "fonts").glob("*-Regular.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return frozenset(found)


@cache
def fonts() -> FontConfiguration:
    """The packaged fonts, read once in a process."""
    read = FontConfiguration()
    _parse(_FONTS, read)
    return read


def sheets_of(sheets: tuple[str, ...]) -> list[weasyprint.CSS]:
    """The base stylesheets and these, each read once in a process."""
    return [_sheet(name) for name in _BASE + sheets]


@cache
def _sheet(name: str) -> weasyprint.CSS:
    return _parse(name, fonts())


def _parse(name: str, fonts: FontConfiguration) -> weasyprint.CSS:
    return weasyprint.CSS(
        string=(ASSETS / name).read_text(encoding="utf-8"),
        base_url=(ASSETS / name).as_uri(),
        font_config=fonts,
        url_fetcher=PackagedOnly(),
    )


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A render makes many objects that live until its end: collecting in between costs time and frees nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _warnings_raised() -> Iterator[None]:
    heard = _Heard(level=logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    try:
        yield
    finally:
        logger.removeHandler(heard)
    if heard.said:
        raise RenderError("; ".join(heard.said))


class _Heard(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())

import gc

import pytest
from weasyprint.urls import URLFetcher

from a2p.documents import render
from a2p.documents.templating import Paragraph, prose
from tests.documents.pdf import text_of


def _page(body: str) -> str:
    return f'<html lang="en"><head><title>A page</title></head><body><h1>A page</h1>{body}</body></html>'


@pytest.mark.parametrize(
    "reference",
    [
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<img alt="x" src="https://example.org/x.png">',
        '<img alt="x" src="data:image/svg+xml,&lt;svg xmlns=%22http://www.w3.org/2000/svg%22/&gt;">',
        '<img alt="x" srcset="ftp://example.org/x.png 1x" src="ftp://example.org/x.png">',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<link rel="attachment" href="file:///etc/passwd">',
        "<style>@import url(http://127.0.0.1:9/x.css);</style>",
        '<style>@font-face { font-family: X; src: url("file:///etc/passwd") }</style>',
        '<p style="background: url(http://127.0.0.1:9/x.png)">x</p>',
        '<p style="list-style-image: url(file:///etc/passwd); display: list-item">x</p>',
        '<p><span style="content: url(http://127.0.0.1:9/x.png)">x</span></p>',
        '<object data="file:///etc/passwd" type="image/png">x</object>',
        '<embed src="http://127.0.0.1:9/x.png" type="image/png">',
        '<svg width="9" height="9"><title>x</title><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    ],
)
def test_whatever_a_document_refers_to_nothing_is_fetched(reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are escaped and can't say these; the renderer would refuse them even if a template let one through."""
    render.sheets_of(())  # reads the packaged fonts, once in a process
    asked: list[str] = []
    monkeypatch.setattr(URLFetcher, "fetch", lambda *call: asked.append(call[1]))
    try:
        made = render.pdf(_page(reference))
    except render.RenderError:
        made = b""
    assert asked == []
    assert b"root:" not in made


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://127.0.0.1:9/", "data:text/css,p{}", "../../../etc/passwd"]
)
def test_a_stylesheet_may_load_packaged_fonts_and_nothing_else(url: str) -> None:
    with pytest.raises(PermissionError):
        render.PackagedOnly().fetch(url)


def test_a_packaged_font_may_be_loaded() -> None:
    url = (render.ASSETS / "fonts" / "Arimo-Regular.ttf").as_uri()
    font = render.PackagedOnly().fetch(url)
    assert font.read(4) == b"\x00\x01\x00\x00"
    font.close()


def test_what_weasyprint_would_only_warn_of_is_an_error() -> None:
    with pytest.raises(render.RenderError, match="nowhere"):
        render.pdf(_page('<p><a href="#nowhere">A link</a></p>'))


def test_a_character_that_no_packaged_font_has_does_not_stop_the_document() -> None:
    assert "before \ufffd after" in text_of(render.pdf(_page("<p>before 中 after</p>")))


def test_garbage_collection_is_on_again_after_a_document_and_after_an_error() -> None:
    with pytest.raises(render.RenderError):
        render.pdf(_page('<p><a href="#nowhere">A link</a></p>'))
    assert gc.isenabled()


def test_stylesheets_are_read_once_in_a_process() -> None:
    assert render.sheets_of(()) == render.sheets_of(())
    assert render.fonts() is render.fonts()


def test_text_becomes_paragraphs_and_lists() -> None:
    assert prose("One line\ngoes on.\n\nThen:\n- first\n- second\n  goes on\n\nEnd.") == (
        Paragraph("One line goes on."),
        Paragraph("Then:"),
        Paragraph("", ("first", "second goes on")),
        Paragraph("End."),
    )
    assert prose(" \n\n ") == ()


def test_packaged_fonts_have_their_licences_beside_them() -> None:
    fonts = render.ASSETS / "fonts"
    for font in fonts.glob("*.ttf"):
        assert (fonts / f"OFL-{font.stem.split('-')[0]}.txt").read_text(encoding="utf-8").count("Open Font License")
    assert sum(font.stat().st_size for font in fonts.glob("*.ttf")) < 3_000_000

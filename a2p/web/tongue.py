"""Pages are in English, and what a questionnaire says on them may not be: its texts then say their language, so that
they are read aloud in it."""

from __future__ import annotations

from markupsafe import Markup, escape

PAGES = "en"


def told(text: str, language: str) -> Markup:
    """A text within a sentence or an element, marked with its language if that isn't the page's."""
    return escape(text) if language == PAGES else Markup('<span lang="{}">{}</span>').format(language, text)


def lang(language: str) -> Markup:
    """The attribute of an element that holds nothing but a text in this language; nothing for the page's own."""
    return Markup("") if language == PAGES else Markup(' lang="{}"').format(language)

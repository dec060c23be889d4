"""The fixed sentences of documents, in the language of the questionnaire: gettext, with a catalogue for each language.

Sentences are written in English where they are used, and looked up in `languages/LANGUAGE.po`; one that isn't there, or
can't be filled in as the English is, stays English. `languages/documents.pot` lists them all for translators, and a
test holds it to the sources.

Whatever makes a document from a result or a questionnaire is marked `in_its_language`; nothing else speaks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LANGUAGES = Path(__file__).parent / "languages"
ENGLISH = "en"

_NAMES = re.compile(r"%\((\w+)\)s")
_MARKS = re.compile(r"<[^>]*>")
_spoken: ContextVar[NullTranslations] = ContextVar("spoken", default=NullTranslations())  # noqa: B039 - has no state


class Worded(Protocol):
    """What a document is made from: it says in which language its texts are."""

    @property
    def language(self) -> str: ...


_Source = TypeVar("_Source", bound=Worded)
_P = ParamSpec("_P")
_Made = TypeVar("_Made")


def in_its_language(
    make: Callable[Concatenate[_Source, _P], _Made],
) -> Callable[Concatenate[_Source, _P], _Made]:
    """For what makes a document: its fixed sentences are in the language of what it is made from, its first argument,
    which must be given by its place."""

    @wraps(make)
    def made(source: _Source, /, *args: _P.args, **more: _P.kwargs) -> _Made:
        with speaking(source.language):
            return make(source, *args, **more)

    return made


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it, fixed sentences are in this language, as far as it has a catalogue."""
    before = _spoken.set(catalogue(language))
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> NullTranslations:
    """The catalogue of the language spoken."""
    return _spoken.get()


def gettext(message: str, **values: object) -> str:
    """The sentence in the language spoken, its `%(name)s` filled in; a percent sign is written `%%`."""
    return spoken().gettext(message) % values


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """The sentence for this number of things, `%(num)s`."""
    return spoken().ngettext(one, many, number) % {"num": number, **values}


def noted(message: str) -> str:
    """Marks a sentence that is kept in a table, so that translators see it; `gettext` says it where it is used."""
    return message


@cache
def catalogue(language: str) -> NullTranslations:
    """The sentences of a language; of none for English and for a language without a catalogue."""
    source = LANGUAGES / f"{language}.po"
    if language == ENGLISH or not source.exists():
        return NullTranslations()
    # Few need it, and pages load this module.
    from babel.messages.mofile import write_mo

    written = translation(source, language)
    for each in [each for each in written if each.id and not fits(each)]:
        written.delete(each.id)
    compiled = io.BytesIO()
    write_mo(compiled, written)
    compiled.seek(0)
    return GNUTranslations(compiled)


def translation(source: Path, language: str) -> Catalog:
    """What a file of translated sentences says."""
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        return read_po(file, locale=language)


def fits(message: Message) -> bool:
    """Whether a translation can be filled in as the English is, and has the same marks."""
    english = message.id if isinstance(message.id, str) else message.id[-1]
    said = (message.string,) if isinstance(message.string, str) else message.string or ()
    marks, values = sorted(_MARKS.findall(english)), dict.fromkeys(_NAMES.findall(english), "")
    try:
        filled = [each % values for each in said if each]
    except (KeyError, TypeError, ValueError):
        return False
    return all(sorted(_MARKS.findall(each)) == marks for each in filled)

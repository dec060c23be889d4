"""What `documents.pot` holds: every fixed sentence of documents with the files that say it, nothing of the day."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_python
from babel.messages.pofile import write_po
from jinja2.ext import babel_extract

from a2p.documents.language import LANGUAGES, fits, translation
from a2p.settings import ROOT

TEMPLATE = LANGUAGES / "documents.pot"
_HEADER = """\
# The fixed sentences of documents. Copy this file to LANGUAGE.po (cy.po), and translate what follows each msgid.
# Words like %(number)s and marks like <b> stay as they are, wherever the language wants them; %% is a percent sign.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
SAYING: dict[str, Any] = {"gettext": None, "ngettext": (1, 2), "noted": None}
_JINJA = {"trimmed": "true", "newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "no"}
_Reader: TypeAlias = Any  # the libraries describe their readers in two ways that do not agree


def template() -> bytes:
    """The file, in the order of the sentences."""
    written = io.BytesIO()
    write_po(written, listed(), width=120, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER.encode() + written.getvalue().lstrip()


def listed() -> Catalog:
    """Every sentence that the sources say."""
    found = Catalog(charset="utf-8")
    for path, reader, options in sources():
        place = path.relative_to(ROOT).as_posix()
        with path.open("rb") as file:
            for _, sentence, comments, context in extract(reader, file, SAYING, ("Translators:",), options):
                found.add(sentence, None, [(place, 1)], auto_comments=comments, context=context)
    return found


def standing(source: Path) -> Iterator[str]:
    """How far a translation is, in lines to print: how many sentences are left, and which do not fit the English."""
    found = translation(source, source.stem)
    said = {each.id: each for each in found if each.id and each.string and not each.fuzzy}
    wanted = [each.id for each in listed() if each.id]
    misfits = [each.id for each in said.values() if not fits(each)]
    yield f"{source.name}: {sum(each not in said for each in wanted)} of {len(wanted)} sentences are still in English"
    yield from (f"{source.name}: names or marks are not those of the English: {each}" for each in misfits)


def sources() -> Iterator[tuple[Path, _Reader, dict[str, str]]]:
    """Each file that may say any, with how it is read."""
    for path in sorted((ROOT / "a2p/documents").rglob("*.py")):
        yield path, extract_python, {}
    yield ROOT / "a2p/ordering/gathering.py", extract_python, {}
    for folder in ("templates/documents", "templates/macros"):
        for path in sorted((ROOT / folder).rglob("*.html")):
            yield path, babel_extract, _JINJA

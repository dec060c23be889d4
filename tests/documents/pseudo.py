"""A language that nobody speaks: vowels are doubled and accented, which makes texts and words some 40 % longer.

It shows what gives way when a questionnaire is translated, while one can still read it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from a2p.definition.model import Questionnaire
from a2p.definition.overlay import Overlay, parse_overlay
from a2p.definition.overlay_texts import overlaid, places
from a2p.documents import language
from tests.texts.template import listed

LANGUAGE = "cy"
_KEPT = re.compile(r"(%\(\w+\)s|%%|<[^>]*>|&\w+;)")
_PLAIN = re.compile(r"[wyAEIOUWY]|(?<![âÂ])a|(?<![êÊ])e|(?<![îÎ])i|(?<![ôÔ])o|(?<![ûÛ])u")
_LONGER = str.maketrans("aeiouwyAEIOUWY", "âêîôûŵŷÂÊÎÔÛŴŶ")


def longer(text: str) -> str:
    """The text in that language."""
    return "".join(each.translate(_LONGER) + (each.lower() if each.lower() in "aeiou" else "") for each in text)


def is_plain(text: str) -> bool:
    """Whether anything in it is not in that language."""
    return _PLAIN.search(text) is not None


def sentences() -> bytes:
    """Every fixed sentence of documents in that language, as the file of a translation."""
    made, written = Catalog(locale=LANGUAGE), io.BytesIO()
    for each in listed():
        match each.id:
            case tuple((one, many)):
                made.add((one, many), (_sentence(many),) * made.num_plurals)
            case str(said) if said:
                made.add(said, _sentence(said))
    write_po(written, made)
    return written.getvalue()


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Documents are translated into that language, by a file in this empty folder."""
    (folder / f"{LANGUAGE}.po").write_bytes(sentences())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "LANGUAGES", folder)
        language.catalogue.cache_clear()
        yield
    language.catalogue.cache_clear()


def _sentence(english: str) -> str:
    """What is filled in, and marks, stay as they are."""
    return "".join(part if _KEPT.fullmatch(part) else longer(part) for part in _KEPT.split(english))


def pseudo(definition: Questionnaire) -> Questionnaire:
    """The questionnaire with every text replaced, as the overlay of a language would."""
    texts = {place: longer(text) for place, text in places(definition).items() if text}
    return overlaid(definition, texts).model_copy(update={"language": LANGUAGE})


def overlay_file(definition: Questionnaire) -> bytes:
    """The file of an overlay in that language: `QUESTIONNAIRE.cy.yaml`."""
    overlay: dict[str, Any] = {"overlay": definition.questionnaire, "language": LANGUAGE}
    for place, text in places(definition).items():
        if text:
            _put(overlay, place, longer(text))
    return yaml.safe_dump(_with_lists(overlay), allow_unicode=True, sort_keys=False).encode()


def overlay_of(definition: Questionnaire) -> Overlay:
    """The overlay in that file."""
    return parse_overlay(overlay_file(definition), f"{definition.questionnaire}.cy.yaml", definition)


def _put(overlay: dict[Any, Any], place: tuple[str | int, ...], text: str) -> None:
    *groups, last = place
    for each in groups:
        overlay = overlay.setdefault(each, {})
    overlay[last] = text


def _with_lists(value: Any) -> Any:  # noqa: ANN401 - what YAML can hold
    """What is keyed by position becomes a list."""
    if not isinstance(value, dict):
        return value
    inside = {key: _with_lists(each) for key, each in value.items()}
    return list(inside.values()) if 0 in inside else inside

"""The one way to write a definition as bytes: sorted keys, UTF-8, no white space, defaults filled in, short decimals.

Two files mean the same if and only if their canonical JSON, and so their SHA-256, is the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal

from a2p.definition.model import Part, Questionnaire
from a2p.definition.tree import Value


def canonical_json(definition: Part) -> bytes:
    """The canonical JSON of a definition or an overlay; what is not given and has no default is left out."""
    return "".join(_written(definition.model_dump(by_alias=True, exclude_none=True))).encode()


def sha256(definition: Part) -> str:
    """The SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(definition)).hexdigest()


def from_canonical(data: bytes) -> Questionnaire:
    """The definition that `canonical_json` wrote. ValueError if the bytes are not that."""
    return Questionnaire.model_validate(_as_in_a_file(json.loads(data, parse_float=Decimal)), strict=True)


def _written(value: object) -> Iterator[str]:
    match value:
        case dict():
            for place, key in enumerate(sorted(value, key=str)):
                yield "," if place else "{"
                yield f"{json.dumps(str(key), ensure_ascii=False)}:"
                yield from _written(value[key])
            yield "}" if value else "{}"
        case list() | tuple():
            for place, each in enumerate(value):
                yield "," if place else "["
                yield from _written(each)
            yield "]" if value else "[]"
        case Decimal():
            yield _shortest(value)
        case _:
            yield json.dumps(value, ensure_ascii=False)


def _shortest(number: Decimal) -> str:
    """Without an exponent, a trailing zero or a negative zero: `2.50` is `2.5`, `1.0` is `1`."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _as_in_a_file(value: object) -> Value:
    """Lists as the reader of files gives them."""
    if isinstance(value, dict):
        return {str(key): _as_in_a_file(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return tuple(_as_in_a_file(inside) for inside in value)
    return value if isinstance(value, str | int | Decimal | bool) else None

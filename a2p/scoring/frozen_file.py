"""The frozen result as a file: one canonical run of bytes, its content hash, and reading what older versions wrote.

Canonical: UTF-8 JSON, sorted keys, no white space, exact values as text ("25/3", "2.5"). Sorting loses the order of
levels and options, so reading puts it back from the definition inside the document.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from pydantic import ValidationError

from a2p.definition.canonical import canonical_json
from a2p.scoring.frozen import FrozenResult

_Document: TypeAlias = dict[str, Any]
Upgrade: TypeAlias = Callable[[_Document], _Document]

NEWEST = 1
# From a format to the next one. Each entry stays for ever, so that every result ever frozen can be read.
UPGRADES: Mapping[int, Upgrade] = {}


class FrozenFileError(ValueError):
    """The bytes aren't a frozen result that this version can read; the text says why, for a person."""


def frozen_json(result: FrozenResult) -> bytes:
    """The canonical bytes of a result, its internal part included if it has one."""
    document = result.model_dump(mode="json", exclude={"definition"})
    document["definition"] = json.loads(canonical_json(result.definition), parse_float=str)
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def without_internal(result: FrozenResult) -> FrozenResult:
    """The result as it may leave the site, and as it stays once the round's people are erased."""
    return result.model_copy(update={"internal": None})


def content_hash(result: FrozenResult) -> str:
    """SHA-256 (hexadecimal) of the canonical bytes without the internal part: erasing people leaves it as it is."""
    return hashlib.sha256(frozen_json(without_internal(result))).hexdigest()


def read_frozen(data: bytes) -> FrozenResult:
    """A frozen result from its bytes, brought up to the newest format. FrozenFileError says what is wrong with them."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise FrozenFileError(f"not a frozen result: {problem}") from None
    if not isinstance(document, dict) or "format" not in document:
        raise FrozenFileError("not a frozen result: it has no format number")
    try:
        return FrozenResult.model_validate(_in_order(upgraded(document)))
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FrozenFileError(f"not a whole frozen result: {where}: {first['msg']}") from None


def upgraded(document: _Document, upgrades: Mapping[int, Upgrade] = UPGRADES, newest: int = NEWEST) -> _Document:
    """Bring a document to the newest format, step by step. FrozenFileError for a format that isn't known."""
    format_ = document["format"]
    if not isinstance(format_, int) or not 1 <= format_ <= newest:
        raise FrozenFileError(f"this frozen result has format {format_}; this version of a2p reads 1 to {newest}")
    while format_ < newest:
        document = {**upgrades[format_](document), "format": format_ + 1}
        format_ += 1
    return document


def _in_order(document: _Document) -> _Document:
    """Put levels and options back into the definition's order; whatever doesn't fit is left to validation."""
    try:
        order = _orders(document["definition"])
        for section in document["sections"]:
            for question in section["questions"]:
                question["levels"] = _sorted(question["levels"], order[question["id"]])
            for value in section["values"]:
                value["options"] = _sorted(value["options"], order[value["id"]])
        for comparison in document["comparisons"]:
            for group in comparison["groups"]:
                group["levels"] = _sorted(group["levels"], order[comparison["question"]])
    except (KeyError, TypeError, AttributeError):
        return document
    return document


def _orders(definition: _Document) -> dict[str, list[str]]:
    """Question id -> ids of its levels or options, in order. Descriptors are put in that order on the way."""
    found: dict[str, list[str]] = {}
    for section in definition["sections"]:
        for question in section["questions"]:
            parts = definition["scales"][question["scale"]] if "scale" in question else question.get("options", [])
            found[question["id"]] = [part["id"] for part in parts]
            if "scale" in question:
                question["levels"] = _sorted(question["levels"], found[question["id"]])
    return found


def _sorted(counts: dict[str, Any], order: list[str]) -> dict[str, Any]:
    return dict(sorted(counts.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))

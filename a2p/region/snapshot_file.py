"""The snapshot as a file: one canonical run of bytes, its content hash, and reading it back."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import ValidationError

from a2p.region.snapshot import Snapshot


class SnapshotFileError(ValueError):
    """The bytes aren't a snapshot that this version can read; the text says why, for a person."""


def snapshot_json(snapshot: Snapshot) -> bytes:
    """The canonical bytes: UTF-8 JSON, sorted keys, no white space, exact values as text ("25/3")."""
    document = snapshot.model_dump(mode="json")
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def snapshot_hash(snapshot: Snapshot) -> str:
    """SHA-256 (hexadecimal) of the canonical bytes."""
    return hashlib.sha256(snapshot_json(snapshot)).hexdigest()


def read_snapshot(data: bytes | str) -> Snapshot:
    """A snapshot from its bytes, with bands in their order again. SnapshotFileError says what is wrong with them."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise SnapshotFileError(f"not a snapshot: {problem}") from None
    if not isinstance(document, dict) or document.get("format") != 1 or "pictures" not in document:
        raise SnapshotFileError("not a snapshot of format 1")
    try:
        return Snapshot.model_validate(_in_order(document))
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SnapshotFileError(f"not a whole snapshot: {where}: {first['msg']}") from None


def _in_order(document: dict[str, Any]) -> dict[str, Any]:
    """Put the counts of bands back into the order of the bands; whatever doesn't fit is left to validation."""
    try:
        for picture in document["pictures"]:
            order = [band["id"] for band in picture["bands"]]
            for group in picture["groups"]:
                for figures in (section["figures"] for section in group["sections"] if section.get("figures")):
                    figures["bands"] = dict(sorted(figures["bands"].items(), key=lambda item: order.index(item[0])))
    except (KeyError, TypeError, AttributeError, ValueError):
        return document
    return document

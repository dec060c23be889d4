"""What stands in the fields of a PDF's form: the part that opens the file, and a program of its own.

The file may come from anybody, and a small one can unpack to gigabytes or lead in circles. So `pdf_form.py` runs this
in a process that may use only so much memory and time: a hostile file ends that process and nothing else. It imports
nothing of a2p, reads the PDF from standard input and writes a JSON object: `fields`, `mark` and `pages`, or `refused`.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Name, Object, Pdf

MOST_MEMORY = 768 * 1024 * 1024
MOST_SECONDS = 10  # of processor time
MOST_FIELDS = 5_000
MOST_WIDGETS = 20_000
MOST_PAGES = 500
MOST_TEXT = 100_000
DEEPEST = 12

Found: TypeAlias = dict[str, str | list[str]]


class TooMuch(Exception):
    """More fields, pages or levels than any form of ours has."""


def main() -> None:
    """Read one file, within limits that the system keeps."""
    for limit, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)


def read(data: bytes) -> dict[str, object]:
    """What a file holds, or the word for why it is refused: "encrypted", "too much", "damaged"."""
    try:
        # where the table of contents is broken nothing is guessed: an older state of the file could come out
        with pikepdf.open(BytesIO(data), attempt_recovery=False, inherit_page_attributes=False) as document:
            return {"refused": "encrypted"} if document.is_encrypted else _form(document)
    except pikepdf.PasswordError:
        return {"refused": "encrypted"}
    except TooMuch:
        return {"refused": "too much"}
    except Exception:
        # a damaged or hostile file fails in any of a library's many ways: for the reader they are one
        return {"refused": "damaged"}


def _form(document: Pdf) -> dict[str, object]:
    if len(document.pages) > MOST_PAGES:
        raise TooMuch
    form = document.Root.get("/AcroForm")
    fields = list(_fields(form.get("/Fields", Array()), "", {}, 0)) if form is not None else []
    about = document.trailer.get("/Info")
    mark = about.get("/A2PForm") if about is not None else None
    return {"fields": fields, "mark": _text(mark), "pages": len(document.pages)}


def _fields(found: Object, above: str, inherited: Mapping[str, Object], depth: int) -> Iterator[Found]:
    """Every field that has no fields below it, with what it holds."""
    if depth > DEEPEST or len(found) > MOST_FIELDS:
        raise TooMuch
    count = 0
    for each in found:
        name = ".".join(part for part in (above, _text(each.get("/T"))) if part)
        here = {**inherited, **{key: each[key] for key in ("/FT", "/V") if key in each}}
        boxes = each.get("/Kids", Array())
        below = Array([kid for kid in boxes if "/T" in kid])
        for one in _fields(below, name, here, depth + 1) if len(below) else [_field(name, each, boxes, here)]:
            count += 1
            if count > MOST_FIELDS:
                raise TooMuch
            yield one


def _field(name: str, field: Object, boxes: Object, here: Mapping[str, Object]) -> Found:
    kind = str(here.get("/FT", "/"))[1:]
    if kind == "Btn":
        return {"name": name, "kind": kind, "on": _on(field, boxes, here.get("/V"))}
    return {"name": name, "kind": kind, "text": _text(here.get("/V"))}


def _on(field: Object, boxes: Object, value: Object | None) -> list[str]:
    """What is ticked, by the field's value and by what its boxes show: more than one where they contradict."""
    if len(boxes) > MOST_WIDGETS:
        raise TooMuch
    shown = [box.get("/AS") for box in boxes] if len(boxes) else [field.get("/AS")]
    said = [each for each in (value, *shown) if each is not None and each != Name.Off]
    return list(dict.fromkeys(str(each).removeprefix("/")[:200] for each in said))


def _text(value: Object | str | None) -> str:
    """A text, which may stand in a stream. Longer than any field takes it is cut, and so refused later."""
    if value is None:
        return ""
    if isinstance(value, pikepdf.Stream):
        return str(pikepdf.String(value.read_bytes()))[: MOST_TEXT + 1]
    return str(value)[: MOST_TEXT + 1]


if __name__ == "__main__":
    main()

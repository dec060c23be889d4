"""The fields of a PDF that somebody sent, read safely: in a process of its own with little memory and time.

Why not here: a PDF of a few kilobytes can unpack to gigabytes while the library opens it, before anything can be
counted. A process costs about a second's start, and forms come one at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from a2p.definition.form_fields import MARK, FormMark

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
PATIENCE = 30.0  # seconds by the clock: a busy machine may make the program wait
_PROGRAM = Path(__file__).with_name("pdf_fields.py")

NOT_PDF = "this is not a PDF file"
DAMAGED = "the file is damaged: open it, save it again as a PDF, and try once more"
_REFUSED = {
    "encrypted": "the file is protected by a password: save it without one",
    "too much": "there is more in the file than in any form of ours",
    "damaged": DAMAGED,
}
_PRINTED = (
    "this is one of our forms, but its fields are gone: it was printed or flattened after it was filled in. "
    "Ask for the file as it was saved, or key it in by hand"
)
_NO_FORM = "there are no fields to read in it: it is not a fillable form, or it was printed or scanned"
_FOREIGN = "it is a form, but not one of ours"
_TWICE = "it names itself in two ways, so it was changed by somebody: key it in by hand"


class FormError(ValueError):
    """A file that can't be used as a filled form; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class RawForm:
    """What a file's fields hold: texts by name, what is ticked by name, and which form it says it is."""

    mark: FormMark
    texts: Mapping[str, str]
    ticked: Mapping[str, tuple[str, ...]]


def read_form(data: bytes) -> RawForm:
    """The fields of one of our forms. FormError for anything else."""
    if len(data) > MOST_BYTES:
        raise FormError(f"the file has {len(data) / MEGABYTE:.1f} megabytes; the most is {MOST_BYTES // MEGABYTE}")
    if b"%PDF-" not in data[:1024]:
        raise FormError("the file is empty" if not data.strip() else NOT_PDF)
    return _raw(_read_apart(data))


def _read_apart(data: bytes) -> dict[str, object]:
    """What the program says of the file. If it ends in any other way than well, the file is more than it can take."""
    try:
        done = subprocess.run(  # noqa: S603 - this Python, and a program of the package
            [sys.executable, "-I", str(_PROGRAM)], input=data, capture_output=True, timeout=PATIENCE, check=True
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise FormError(_REFUSED["too much"]) from None
    if not isinstance(found, dict) or "refused" in found:
        raise FormError(_REFUSED.get(str(found.get("refused")), DAMAGED))
    return found


def _raw(found: dict[str, object]) -> RawForm:
    texts: dict[str, str] = {}
    ticked: dict[str, tuple[str, ...]] = {}
    fields = found["fields"]
    for each in fields if isinstance(fields, list) else []:
        name = each["name"]
        if name in texts or name in ticked:
            raise FormError(f"the field {name[:60]} stands in it twice: key it in by hand")
        if each["kind"] == "Btn":
            ticked[name] = tuple(each["on"])
        else:
            texts[name] = each["text"]
    mark = _mark(str(found["mark"]), texts, any_fields=len(texts) + len(ticked) > 0)
    return RawForm(mark, texts, ticked)


def _mark(in_properties: str, texts: Mapping[str, str], *, any_fields: bool) -> FormMark:
    said = {text for text in (in_properties, texts.get(MARK, "")) if text}
    marks = [FormMark.read(text) for text in said]
    if not any_fields:
        raise FormError(_PRINTED if any(marks) else _NO_FORM)
    if len(said) > 1:
        raise FormError(_TWICE)
    if not marks or marks[0] is None:
        raise FormError(_FOREIGN)
    return marks[0]

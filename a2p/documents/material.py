"""What the documents of a closed questionnaire are made from, and the hash of all of it: same hash, same document."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from a2p.definition.support import Module
from a2p.documents.known import NOTHING_KNOWN, Known
from a2p.documents.order import Order
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.named import NamedLevels
from a2p.scoring.remarks import Remark

_PACKAGE = Path(__file__).parent
_TEMPLATES = _PACKAGE.parents[1] / "templates"
_MADE_WITH = ("weasyprint", "pydyf", "pikepdf", "fonttools", "python-docx")


@dataclass(frozen=True, slots=True)
class Material:
    """A result as its reader may see it, with what may be printed beside it: remarks, what else is known, the
    region's support modules, and in an open round where each organisation stands. `others` are the round's other
    questionnaires, for a document that is of several."""

    disclosed: Disclosed
    remarks: tuple[Remark, ...] = ()
    known: Known = NOTHING_KNOWN
    support: tuple[Module, ...] = ()
    named: NamedLevels | None = None
    others: tuple[Material, ...] = ()

    @property
    def language(self) -> str:
        """The language of the document: that of the first questionnaire's texts."""
        return self.disclosed.language

    def digest(self, order: Order) -> str:
        """SHA-256 over all that the document is made from, the program included: 64 hexadecimal digits."""
        parts = [
            self.disclosed.result.model_dump_json(by_alias=True),
            [repr(remark) for remark in self.remarks],
            sorted((question, repr(settled)) for question, settled in self.known.settled.items()),
            [repr(action) for action in self.known.actions],
            [repr(self.known.since), repr(self.known.beside), self.known.hidden_remarks],
            [repr(held) for held in self.known.workshops],
            [module.model_dump_json() for module in self.support],
            repr(self.named) if order.names else "",
            order.to_json(),
            program(),
            [other.digest(order) for other in self.others],
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def program() -> str:
    """A hash of the code, styles, fonts, templates and libraries that documents are made with."""
    made = hashlib.sha256()
    for path in sorted([*_PACKAGE.rglob("*.*"), *_TEMPLATES.rglob("*.html")]):
        if path.suffix != ".pyc":
            made.update(path.read_bytes())
    made.update(" ".join(version(library) for library in _MADE_WITH).encode())
    return made.hexdigest()

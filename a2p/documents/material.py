"""What the documents of a closed questionnaire are made from, and the hash of all of it: same hash, same document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from a2p.definition.support import Module
from a2p.documents.agreed_view import Settlement
from a2p.documents.order import Order
from a2p.scoring.change import RoundChange
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.remarks import Remark

_PACKAGE = Path(__file__).parent
_TEMPLATES = _PACKAGE.parents[1] / "templates"
_MADE_WITH = ("weasyprint", "pydyf", "pikepdf", "fonttools", "python-docx")


@dataclass(frozen=True, slots=True)
class Planned:
    """An action as it is printed: texts and days in words, empty where nothing was recorded."""

    what: str
    cause: str = ""
    owner: str = ""
    cost: str = ""
    due: str = ""
    measure: str = ""
    status: str = ""
    carried_from: str = ""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the round before, which is called `earlier`; without a change, why nothing is compared."""

    earlier: str
    change: RoundChange | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """A result as its reader may see it, with what may be printed beside it: remarks, what a workshop settled (by
    question id), actions, the change since the round before, and the region's support modules."""

    disclosed: Disclosed
    remarks: tuple[Remark, ...] = ()
    hidden_remarks: int = 0
    settled: Mapping[str, Settlement] = field(default_factory=dict)
    actions: tuple[Planned, ...] = ()
    since: Since | None = None
    support: tuple[Module, ...] = ()

    def digest(self, order: Order) -> str:
        """SHA-256 over all that the document is made from, the program included: 64 hexadecimal digits."""
        parts = [
            self.disclosed.result.model_dump_json(by_alias=True),
            [repr(remark) for remark in self.remarks],
            self.hidden_remarks,
            sorted((question, repr(settled)) for question, settled in self.settled.items()),
            [repr(action) for action in self.actions],
            repr(self.since),
            [module.model_dump_json() for module in self.support],
            order.to_json(),
            program(),
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

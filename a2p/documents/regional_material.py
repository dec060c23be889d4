"""What the region's documents are made from, and the hash of all of it: same hash, same document.

The snapshot holds figures of groups. The rest is handed over beside it, read when the document is made: what is shown
by name is what is released by name at that moment.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from a2p.definition.model import Kind
from a2p.documents.language import ENGLISH
from a2p.documents.material import program
from a2p.documents.order import Order
from a2p.region.snapshot import Snapshot
from a2p.scoring.frozen import FrozenBand

Stage: TypeAlias = Literal["not-for", "none", "planned", "open", "closed", "released"]
"""How far a partnership ever came with a questionnaire; `not-for` where it isn't made for its kind."""


@dataclass(frozen=True, slots=True)
class Place:
    """A partnership by name, with its kind and the name of its county area: that of the partnership at its top."""

    name: str
    kind: Kind
    area: str


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Where one partnership stands with each questionnaire, in the order of `RegionalMaterial.asked`."""

    place: Place
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time by its title, such as a quarter: partnerships that closed a round in it, and that released
    something in it."""

    title: str
    closed: int
    released: int


@dataclass(frozen=True, slots=True)
class NamedScore:
    """A section of one partnership as it is released by name: score 0-100 and band id, each where there is one. With
    `waits` it is not shown yet, and this says why, in a few words."""

    score: Fraction | None
    band: str | None
    waits: str = ""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A partnership that released section scores by name: one for each section of its table, None where none is
    released. `closed` is the day on which its round closed; None where nothing is released."""

    place: Place
    scores: tuple[NamedScore | None, ...]
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class NamedTable:
    """The partnerships that released a questionnaire's section scores by name; apart and together have tables each."""

    questionnaire: str
    together: bool
    sections: tuple[str, ...]
    bands: tuple[FrozenBand, ...]
    rows: tuple[NamedRow, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """What a partnership released in its own words, about the round called `round`."""

    place: Place
    round: str
    text: str


@dataclass(frozen=True, slots=True)
class Demand:
    """How much need there is for a support module. The first three count partnerships in the region's figures, each in
    that section of those it serves where there are most (None: withheld); `asks` are partnerships that ask for help on
    one of them, `requests` those that ask for the module, whatever they released. `invite` are those in need that may
    be named; `unnamed` more score below 50."""

    title: str
    format: str
    length: str
    below_half: int | None
    wide: int | None
    gaps: int | None
    asks: int
    requests: int
    invite: tuple[str, ...] = ()
    unnamed: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """How many partnerships ask for help on a section, and how many offer it."""

    questionnaire: str
    section: str
    asks: int
    offers: int


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section's median before and after, over the `n` partnerships in both snapshots; or why it is not shown."""

    section: str
    n: int | None
    before: Fraction | None = None
    after: Fraction | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PictureChange:
    """What changed on one questionnaire over the partnerships in both."""

    questionnaire: str
    together: bool
    both: int
    bands: tuple[FrozenBand, ...]
    sections: tuple[SectionChange, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since the snapshot called `earlier`."""

    earlier: str
    made: date
    pictures: tuple[PictureChange, ...]


@dataclass(frozen=True, slots=True)
class RegionalMaterial:
    """A snapshot with what is printed beside it. `asked` are the titles of the questionnaires whose take-up is told;
    `demand` comes in order of need. Without an earlier snapshot there is no change. `language` is that of
    all questionnaires, else English."""

    snapshot: Snapshot
    asked: tuple[str, ...] = ()
    take_up: tuple[TakeUp, ...] = ()
    periods: tuple[Period, ...] = ()
    demand: tuple[Demand, ...] = ()
    sections: tuple[Asked, ...] = ()
    change: Change | None = None
    named: tuple[NamedTable, ...] = ()
    themes: tuple[Theme, ...] = ()
    language: str = ENGLISH

    def for_order(self, order: Order) -> RegionalMaterial:
        """What this order is made from: nothing of the names, unless it is for the region's team with names."""
        return self if order.names else self.without_names()

    def without_names(self) -> RegionalMaterial:
        """Of figures of groups and counts alone: nothing that is released by name, and nobody's name."""
        nobody = Counter(replace(each, place=Place("", each.place.kind, "")) for each in self.take_up)
        rows = sorted(nobody.elements(), key=repr)
        demand = tuple(replace(each, invite=()) for each in self.demand)
        return replace(self, take_up=tuple(rows), demand=demand, named=(), themes=())

    def digest(self, order: Order) -> str:
        """SHA-256 over all that the document is made from, the program included: 64 hexadecimal digits."""
        used = self.for_order(order)
        beside = (used.asked, used.take_up, used.periods, used.demand, used.sections, used.change)
        by_name = (used.named, used.themes)
        parts = [
            used.snapshot.model_dump_json(),
            repr(beside),
            repr(by_name),
            used.language,
            order.to_json(),
            program(),
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def stages(self, questionnaire: int) -> Mapping[Stage, int]:
        """How many partnerships are how far with the questionnaire at this place in `asked`."""
        return Counter(each.stages[questionnaire] for each in self.take_up)

"""What a facilitator chooses for a workshop pack, and what is known already that its sheets are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Literal, TypeAlias

from a2p.documents.agreed_view import Settlement

Length: TypeAlias = Literal["board", "ninety", "half-day"]
PackPart: TypeAlias = Literal["prepare", "discuss", "decide", "cards", "posters"]

PARTS: tuple[PackPart, ...] = ("prepare", "discuss", "decide")  # of a pack, unless others are asked for
PART_NAMES: dict[PackPart, str] = {
    "prepare": "Prepare",
    "discuss": "Discuss",
    "decide": "Decide",
    "cards": "Question cards",
    "posters": "Wall posters, A3",
}
LENGTH_NAMES: dict[Length, str] = {
    "board": "Board item, 20 minutes",
    "ninety": "90 minutes",
    "half-day": "Half a day",
}


@dataclass(frozen=True, slots=True)
class PackOptions:
    """`topics`: the ids of the questions to talk about, in this order, or none for those that the result calls for.

    `parts`: cards have a topic each in 28 pt, posters (A3) all its levels and room for dots; both only if asked for.
    `start` is when the workshop begins, by the clock in the room; without it the agenda counts minutes.
    ValueError for parts that there aren't, or none.
    """

    length: Length = "ninety"
    topics: tuple[str, ...] = ()
    parts: tuple[PackPart, ...] = PARTS
    start: time | None = None
    large_print: bool = False

    def __post_init__(self) -> None:
        if not self.parts or not set(self.parts) <= set(PART_NAMES):
            raise ValueError(f"a pack has at least one of the parts {', '.join(PART_NAMES)}")
        if self.length not in LENGTH_NAMES:
            raise ValueError(f"a pack is for one of {', '.join(LENGTH_NAMES)}")


@dataclass(frozen=True, slots=True)
class KnownAction:
    """An action as it is printed, all in words. `about` is the id of its question, or empty."""

    what: str
    cause: str = ""
    owner: str = ""
    cost: str = ""
    due: str = ""
    measure: str = ""
    review: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier talks settled, by question id, and the actions there are, in the order to print them."""

    settled: Mapping[str, Settlement] = field(default_factory=dict)
    actions: tuple[KnownAction, ...] = ()

"""What a facilitator chooses for a workshop pack, and what is known already that its sheets are filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Literal, TypeAlias, get_args

from a2p.documents.agreed_view import Settlement

Length: TypeAlias = Literal["board", "ninety", "half-day"]
PackPart: TypeAlias = Literal["prepare", "discuss", "decide"]

PARTS: tuple[PackPart, ...] = get_args(PackPart)
PART_NAMES: dict[PackPart, str] = {"prepare": "Prepare", "discuss": "Discuss", "decide": "Decide"}
LENGTH_NAMES: dict[Length, str] = {
    "board": "Board item, 20 minutes",
    "ninety": "90 minutes",
    "half-day": "Half a day",
}


@dataclass(frozen=True, slots=True)
class PackOptions:
    """`topics`: the ids of the questions to talk about, in this order, or none for those that the result calls for.

    `start` is when the workshop begins, by the clock in the room; without it the agenda counts minutes.
    ValueError for parts that there aren't, or none.
    """

    length: Length = "ninety"
    topics: tuple[str, ...] = ()
    parts: tuple[PackPart, ...] = PARTS
    start: time | None = None
    large_print: bool = False

    def __post_init__(self) -> None:
        if not self.parts or not set(self.parts) <= set(PARTS):
            raise ValueError(f"a pack has at least one of the parts {', '.join(PARTS)}")
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

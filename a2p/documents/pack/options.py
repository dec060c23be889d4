"""What a facilitator chooses for a workshop pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Literal, TypeAlias

from a2p.documents.language import noted

Length: TypeAlias = Literal["board", "ninety", "half-day"]
PackPart: TypeAlias = Literal["prepare", "discuss", "decide"]

PARTS: tuple[PackPart, ...] = ("prepare", "discuss", "decide")
PART_NAMES: dict[PackPart, str] = {
    "prepare": noted("Prepare"),
    "discuss": noted("Discuss"),
    "decide": noted("Decide"),
}
LENGTH_NAMES: dict[Length, str] = {
    "board": noted("Board item, 20 minutes"),
    "ninety": noted("90 minutes"),
    "half-day": noted("Half a day"),
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
        if not self.parts or not set(self.parts) <= set(PART_NAMES):
            raise ValueError(f"a pack has at least one of the parts {', '.join(PART_NAMES)}")
        if self.length not in LENGTH_NAMES:
            raise ValueError(f"a pack is for one of {', '.join(LENGTH_NAMES)}")

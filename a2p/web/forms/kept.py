"""A stored answer as a form shows it, and the mark by which the form remembers what it showed."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Self

from a2p.scoring.answers import Answer, State

BLANK = Answer(State.BLANK)


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored answer with its edition (0: nothing is stored)."""

    answer: Answer = BLANK
    edition: int = 0

    @property
    def mark(self) -> str:
        """What the form carries: the edition, and a checksum that tells whether the answer was changed on the page."""
        return f"{self.edition}-{_checksum(self.answer)}"


@dataclass(frozen=True, slots=True)
class Seen:
    """A mark read back from a posted form. Nonsense reads as edition 0 of an answer that is like no other."""

    edition: int
    checksum: str

    @classmethod
    def read(cls, mark: str) -> Self:
        """The mark, whatever was posted for it."""
        edition, _, checksum = mark.partition("-")
        known = edition.isascii() and edition.isdigit() and len(edition) < 10
        return cls(int(edition) if known else 0, checksum)

    def was(self, answer: Answer) -> bool:
        """Whether this is the answer that the page showed: it was not touched."""
        return self.checksum == _checksum(answer)


def _checksum(answer: Answer) -> str:
    return f"{zlib.crc32(repr((answer.state.value, answer.value, answer.comment)).encode()):08x}"

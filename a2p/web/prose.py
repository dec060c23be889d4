"""Plain text of definitions and people as paragraphs and lists. Texts are data: nothing in them is markup."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ITEM = re.compile(r"^\s*[-*•]\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph's text, or the items of a list; one of the two is empty."""

    text: str = ""
    items: tuple[str, ...] = ()


def paragraphs(text: str) -> tuple[Block, ...]:
    """Blocks of a text: empty lines part them, lines that all begin with a dash or bullet are a list."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return tuple(_block(block) for block in blocks if block)


def _block(block: str) -> Block:
    lines = block.splitlines()
    if all(_ITEM.match(line) for line in lines):
        return Block(items=tuple(_ITEM.sub("", line) for line in lines))
    return Block(text=block)

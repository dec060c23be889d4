"""How wide text is in the packaged letters and where its lines end, so that a size is chosen that fits the text's box.

Lengths are in points. A line is taken to be 3 % wider than its letters' advances, for kerning and joined letters. Lines
end at spaces and after hyphens; a word that is wider than its box ends anywhere, as `overflow-wrap: anywhere` has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "assets" / "fonts"
SIZES = (10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 40, 48, 56, 64, 72)  # what a step of sizes may be, in points
MM = 72 / 25.4
_SLACK = 1.03
_UNKNOWN = 1.3  # ems, wider than any letter: for what only a fallback or no font has
_WORDS = re.compile(r"[^\s-]*-+|[^\s-]+")


@dataclass(frozen=True, slots=True)
class Room:
    """A box for text: width and height in points, the height of a line in ems, and whether the text is bold."""

    across: float
    down: float
    line: float = 1.2
    bold: bool = False

    def holds(self, size: float) -> int:
        """So many lines of this size; at least one, so that text always gets on."""
        return max(1, int((self.down + 0.01) / (size * self.line)))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text in its size, in points. More `parts` than one: it goes on in further boxes of the same room."""

    size: int
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text at `index` in a list; `first` and `last` where it begins and ends it."""

    index: int
    text: str
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Flowed:
    """A list of texts in one size, dealt out over boxes."""

    size: int
    boxes: tuple[tuple[Part, ...], ...]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Of the text on one line."""
    return sum(map(_advances(bold).get, map(ord, text), [_UNKNOWN] * len(text))) * size * _SLACK


def lines(text: str, size: float, across: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text as it is broken into lines of at most this width; runs of white space are one space."""
    return tuple(line.text for line in _lines(text, size, across, bold=bold))


def height(text: str, size: float, room: Room) -> float:
    """Of the text in a room of this width, whatever the room's height."""
    return len(lines(text, size, room.across, bold=room.bold)) * size * room.line


def fit(text: str, sizes: Sequence[int], room: Room) -> Fitted:
    """The text in the largest of these sizes in which it fits without breaking a word.

    Where there is none it takes the smallest size, breaks words that are wider than the room, and goes on in further
    parts where it is longer. No text: no part.
    """
    for size in sorted(sizes, reverse=True):
        broken = lines(text, size, room.across, bold=room.bold)
        if len(broken) <= room.holds(size) and not _cuts_words(text, size, room):
            return Fitted(size, _parts(text, size, room))
    size = min(sizes)
    return Fitted(size, _parts(text, size, room))


def flow(texts: Sequence[str], sizes: Sequence[int], room: Room, *, gap: float = 0.5) -> Flowed:
    """The texts one under another, `gap` ems apart, in the largest size in which all fit in one box.

    Else they take the smallest and go on in further ones; only a text longer than a box is parted.
    """
    for size in sorted(sizes, reverse=True):
        made = _dealt(texts, size, room, gap)
        if len(made) <= 1 and not any(_cuts_words(text, size, room) for text in texts):
            return Flowed(size, made)
    return Flowed(min(sizes), _dealt(texts, min(sizes), room, gap))


def shortened(text: str, size: float, across: float, *, most: int = 1, bold: bool = False) -> str:
    """For heads and lists, whose full text stands elsewhere: at most so many lines, ending with an ellipsis if cut."""
    broken = _lines(text, size, across, bold=bold)
    if len(broken) <= most:
        return _joined(broken)
    kept = _joined(broken[:most])
    while kept and len(lines(kept + "…", size, across, bold=bold)) > most:
        kept = kept.rsplit(" ", 1)[0] if " " in kept else kept[:-1]
    return kept.rstrip(" ,;:.") + "…"


def tall(points: float) -> int:
    """The class `tall-N` of the greatest height, in millimetres, that is not above this one in points."""
    return max(10, min(235, int(points / MM)))


def sizes_css() -> str:
    """Classes `pt-N` for the steps of sizes, `of-N` for N columns of equal width, `tall-N` for heights in mm."""
    made = [f".pt-{size} {{ font-size: {size}pt }}\n" for size in SIZES]
    made += [f".of-{k} {{ grid-template-columns: repeat({k}, minmax(0, 1fr)) }}\n" for k in range(1, 14)]
    made += [f".tall-{n} {{ height: {n}mm }}\n" for n in range(10, 236)]
    return "".join(made)


def _cuts_words(text: str, size: float, room: Room) -> bool:
    return any(width(word, size, bold=room.bold) > room.across for word, _ in _words(text))


def _parts(text: str, size: int, room: Room) -> tuple[str, ...]:
    broken, most = _lines(text, size, room.across, bold=room.bold), room.holds(size)
    return tuple(_joined(broken[k : k + most]) for k in range(0, len(broken), most))


@dataclass(slots=True)
class _Line:
    """A line, and whether a space stood before it in the text."""

    text: str
    spaced: bool


def _lines(text: str, size: float, across: float, *, bold: bool) -> list[_Line]:
    made: list[_Line] = []
    for word, spaced in _words(text):
        if made:
            longer = f"{made[-1].text} {word}" if spaced else made[-1].text + word
            if width(longer, size, bold=bold) <= across:
                made[-1].text = longer
                continue
        for k, piece in enumerate(_broken(word, size, across, bold=bold)):
            made.append(_Line(piece, spaced and k == 0))
    return made


def _joined(broken: Sequence[_Line]) -> str:
    return "".join((" " if k and line.spaced else "") + line.text for k, line in enumerate(broken))


def _dealt(texts: Sequence[str], size: int, room: Room, gap: float) -> tuple[tuple[Part, ...], ...]:
    boxes: list[list[Part]] = []
    left = 0.0
    for index, text in enumerate(texts):
        parts = _parts(text, size, room)
        for k, part in enumerate(parts):
            needs = height(part, size, room)
            if not boxes or needs > left + 0.01:
                boxes.append([])
                left = room.down
            boxes[-1].append(Part(index, part, first=k == 0, last=k == len(parts) - 1))
            left -= needs + gap * size
    return tuple(map(tuple, boxes))


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether a space stands before it."""
    for chunk in text.split():
        for k, found in enumerate(_WORDS.findall(chunk)):
            yield found, k == 0


def _broken(word: str, size: float, across: float, *, bold: bool) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, size, bold=bold) > across:
            pieces.append("")
        pieces[-1] += character
    return pieces


@cache
def _advances(bold: bool) -> dict[int, float]:
    """Widths of characters in ems; Arimo's own where it has them."""
    names = ("NotoEmoji-Regular", "NotoSansArabic-Regular", "Arimo-Bold" if bold else "Arimo-Regular")
    found: dict[int, float] = {}
    for name in names:
        with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
            em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
            found.update({code: widths[glyph][0] / em for code, glyph in font.getBestCmap().items()})
    return found
